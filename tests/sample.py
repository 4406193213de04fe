"""The sample: the apps of the matrix that the gate rehearses. `./check --all` rehearses every app.

Nobody picks them. The kill matrix, the mutants and the profiles say what each app shows: which
requirements it breaks, where in the year it fails, what it declares. An app is in the sample if it
shows what every gate has to show and no other app of the sample does, and the rest of the budget
goes to those that add the most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from apps import MUTANTS, QUICK, VARIANTS, app_of, mode_of
from rehearsing import CATALOGUE

from harness.catalogue.kill_matrix import load_kill_matrix
from harness.contract.adapter import capabilities
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.demo.adapter import LanternAdapter
from harness.demo.registry import Mutant, Variant
from harness.plan.plan import PlannedScenario
from harness.resources import REPORTS

MISTAKES, DESIGNS = 28, 12
"""So many mutants and variants are rehearsed in the gate, or as many as it takes."""
Traits = frozenset[Hashable]


@dataclass(frozen=True)
class Shows:
    """What the rehearsal of an app shows."""

    needed: Traits
    """What every gate has to show."""
    welcome: Traits = frozenset()
    """What a gate shows as far as the budget goes."""


@cache
def sampled() -> frozenset[str]:
    """The names of the apps that the gate rehearses; the demo and the quick ones are among them."""
    failed = _failed()
    mutants = {name: of_mutant(MUTANTS[name], failed[name]) for name in _in_order(MUTANTS)}
    variants = {name: of_variant(VARIANTS[name]) for name in _in_order(VARIANTS)}
    return frozenset({"demo", *cover(mutants, MISTAKES), *cover(variants, DESIGNS)})


def _in_order(apps: Iterable[str]) -> list[str]:
    """Names of apps, those first that are rehearsed without a socket, which takes half the time."""
    return sorted(apps, key=lambda name: (not issubclass(app_of(name), LanternAdapter), name))


def cover(apps: Mapping[str, Shows], size: int = 0) -> list[str]:
    """A greedy set cover: apps that show all that is needed, and up to `size` what is welcome."""
    taken = [name for name in QUICK if name in apps]
    needed = {name: app.needed for name, app in apps.items()}
    welcome = {name: app.welcome for name, app in apps.items()}

    while missing := _of(needed, apps) - _of(needed, taken):
        taken.append(_best(needed, missing))
    taken = _without_spare(needed, taken)
    while len(taken) < min(size, len(apps)):
        rest = {name: traits for name, traits in welcome.items() if name not in taken}
        taken.append(_best(rest, _of(welcome, apps) - _of(welcome, taken)))
    return taken


def _of(shown: Mapping[str, Traits], names: Iterable[str]) -> Traits:
    """What these apps show together."""
    return Traits().union(*(shown[name] for name in names))


def _best(shown: Mapping[str, Traits], missing: Traits) -> str:
    """The app that shows the most of what is missing, the first of several."""
    return max(shown, key=lambda name: len(shown[name] & missing))


def _without_spare(shown: Mapping[str, Traits], names: Sequence[str]) -> list[str]:
    """The same without apps, the last ones first, of which others show all they show."""
    kept = list(names)
    for name in reversed(names):
        others = [other for other in kept if other != name]
        if name not in QUICK and shown[name] <= _of(shown, others):
            kept = others
    return kept


def of_mutant(mutant: Mutant, failed: list[PlannedScenario]) -> Shows:
    """The requirements it breaks, and where in the year it fails."""
    at_once = mutant.breaks | mutant.blocks
    return Shows(
        needed=frozenset(
            (
                *(("breaks", key) for key in mutant.breaks),
                *(("feature", row.feature) for row in failed),
                *(("district", row.district) for row in failed),
                *(("plays", district) for district in mutant.plays),
                ("size", mutant.size),
                ("mode", mode_of(mutant.name)),
            )
        ),
        welcome=frozenset(
            (
                *(("breaks alone", key) for key in mutant.breaks if len(at_once) == 1),
                *(("blocks", key) for key in mutant.blocks),
                *(("incident", name) for row in failed for name in row.incidents),
            )
        ),
    )


def of_variant(variant: Variant) -> Shows:
    """What it declares, in which part it is built otherwise, and what its adapter can do."""
    profile = getattr(variant.app, "profile", None) or Profile()
    return Shows(
        needed=frozenset(
            (
                ("mode", mode_of(variant.name)),
                ("shares code", issubclass(variant.app, LanternAdapter)),
                *(("not held", key) for key in profile.not_held),
                *(("rows", key) for key in profile.rows),
                *(("accounts", key) for key in profile.accounts),
                *(("declares", key) for key in profile.declares),
                (
                    "waits for absences",
                    bool(profile.archiving and profile.archiving.after_absences),
                ),
                ("waits for days", bool(profile.archiving and profile.archiving.after_days)),
            )
        ),
        welcome=frozenset({("theme", variant.app.__module__), ("can", capabilities(variant.app))}),
    )


def _failed() -> Mapping[str, list[PlannedScenario]]:
    """Mutant → the checks that it fails, by the kill matrix."""
    checks = load_kill_matrix(REPORTS / "kill-matrix.json").checks
    rows = {
        row.id: row
        for mode in (Mode.FULL, Mode.EVENTS)
        for row in CATALOGUE.plan(mode=mode).scenarios
    }
    failed: defaultdict[str, list[PlannedScenario]] = defaultdict(list)
    for check, mutants in checks.items():
        for name in mutants if check in rows else ():
            failed[name].append(rows[check])
    return failed
