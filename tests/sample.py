"""The sample: the apps of the matrix that the gate rehearses. `./check --all` rehearses every app.

Nobody picks them. The kill matrix, the mutants and the profiles say what each app shows: which
requirements it breaks, where in the year it fails, what it declares. An app is in the sample if it
shows what every gate has to show and no other app of the sample does, and the rest of the budget
goes to those that add the most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from apps import MUTANTS, QUICK, VARIANTS, mode_of
from rehearsing import CATALOGUE

from harness.catalogue.kill_matrix import load_kill_matrix
from harness.contract.adapter import capabilities
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.demo.adapter import LanternAdapter
from harness.demo.registry import Mutant, Variant
from harness.plan.plan import PlannedScenario
from harness.resources import REPORTS

MISTAKES = 42
"""So many mutants are rehearsed in the gate."""
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
    mutants = {name: of_mutant(row, failed[name]) for name, row in MUTANTS.items()}
    variants = {name: of_variant(row) for name, row in VARIANTS.items()}
    return frozenset({"demo", *cover(mutants, MISTAKES), *cover(variants)})


def cover(apps: Mapping[str, Shows], size: int = 0) -> list[str]:
    """A greedy set cover: apps that show all that is needed, and up to `size` what is welcome."""
    taken = [name for name in QUICK if name in apps]
    shown = [apps[name] for name in taken]
    needed = _all(app.needed for app in apps.values()) - _all(app.needed for app in shown)
    welcome = _all(app.welcome for app in apps.values()) - _all(app.welcome for app in shown)

    def adds(name: str) -> tuple[int, int]:
        return len(apps[name].needed & needed), len(apps[name].welcome & welcome)

    while needed or len(taken) < min(size, len(apps)):
        best = max(sorted(apps.keys() - set(taken)), key=adds)
        taken.append(best)
        needed -= apps[best].needed
        welcome -= apps[best].welcome
    return taken


def _all(traits: Iterable[Traits]) -> Traits:
    return Traits().union(*traits)


def of_mutant(mutant: Mutant, failed: list[PlannedScenario]) -> Shows:
    """The requirements it breaks, alone or among others, and where in the year it fails."""
    at_once = mutant.breaks | mutant.blocks
    return Shows(
        needed=frozenset(
            (
                *(("breaks", key) for key in mutant.breaks),
                *(("breaks alone", key) for key in mutant.breaks if len(at_once) == 1),
                *(("blocks", key) for key in mutant.blocks),
                *(("feature", row.feature) for row in failed),
                *(("district", row.district) for row in failed),
                *(("incident", name) for row in failed for name in row.incidents),
                *(("plays", district) for district in mutant.plays),
                ("size", mutant.size),
                ("mode", mode_of(mutant.name)),
            )
        ),
        welcome=frozenset(
            {
                ("cause", mutant.cause.partition(":")[0]),
                ("theme", mutant.app.__module__),
            }
        ),
    )


def of_variant(variant: Variant) -> Shows:
    """What it declares, what its adapter can do, and in which part it is built otherwise."""
    profile = getattr(variant.app, "profile", None) or Profile()
    return Shows(
        needed=frozenset(
            (
                ("theme", variant.app.__module__),
                ("mode", mode_of(variant.name)),
                ("shares code", issubclass(variant.app, LanternAdapter)),
                ("can", capabilities(variant.app)),
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
