"""The circumstances of two rehearsals that are compared: what differs, and what that means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.assess.results import Run
from harness.prose import joined

_NAMES = {
    "app": "app",
    "company": "company",
    "app_version": "version of the app",
    "adapter": "adapter",
    "config": "configuration file",
    "profile": "profile",
    "mode": "update mode",
    "selected": "selection",
    "seed": "seed",
    "salt": "salt",
    "run_date": "run date",
    "rosterready": "rosterready",
    "requirement_set": "requirements",
    "plan_hash": "scenarios",
    "ended": "ended",
}
"""Field of a run → what it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """Something in which two runs differ, as both have it; "" where one has nothing."""

    name: str
    before: str
    after: str


def circumstances(before: Run, after: Run) -> Iterator[Circumstance]:
    """Whatever differs between two runs that can change their outcomes."""
    for field, name in _NAMES.items():
        old, new = _text(getattr(before, field)), _text(getattr(after, field))
        if old != new:
            yield Circumstance(name=name, before=old, after=new)


def same_people(before: Run, after: Run) -> bool:
    """Whether both played the same year to the same district, so that findings can be compared."""
    return (before.seed, before.plan_hash, before.mode) == (after.seed, after.plan_hash, after.mode)


def why_not_run(check: str, before: Run, after: Run) -> tuple[bool, str]:
    """Why a run lacks a check that the earlier one has, and whether that excuses it.

    What was not selected, and what is no part of other requirements, is nobody's loss.
    """
    if after.selected:
        return True, f"The later run rehearsed {joined(after.selected)} only."
    if after.mode != before.mode:
        return False, f"It is no part of the update mode {after.mode}."
    if _other_rules(before, after) or _other_scenarios(before, after):
        return True, f"{check} is not among the checks of {after.requirement_set}."
    return False, "The profile of the later run leaves it out."


def caveats(before: Run, after: Run) -> Iterator[str]:
    """What a reader of the comparison has to know."""
    if before.app != after.app:
        yield f"These are runs of two apps, {before.app} and {after.app}."
    if before.mode != after.mode:
        yield f"The update mode was {before.mode}, now it is {after.mode}: other checks apply."
    for run, which in ((before, "earlier"), (after, "later")):
        if run.selected:
            yield f"Of the {which} run only {joined(run.selected)} was rehearsed."
    if before.ended != "completed":
        yield (
            f"The earlier run ended early ({before.ended}): what is broken beyond its end counts "
            "as new."
        )
    if _other_rules(before, after):
        yield (
            "The runs were judged by different requirements. To compare the app alone, judge the "
            "earlier recording with the rosterready of the later run: "
            "`rosterready judge RECORDING --output DIR`."
        )
    elif _other_scenarios(before, after):
        yield (
            "The runs played different scenarios: what is broken in those that the earlier run did "
            "not play counts as new."
        )
    if before.seed != after.seed:
        yield "The seeds differ, so of a check that is broken in both, findings are not compared."


def _other_rules(before: Run, after: Run) -> bool:
    return before.requirement_set != after.requirement_set


def _other_scenarios(before: Run, after: Run) -> bool:
    """Whether rosterready, and neither the vendor nor whoever ran it, chose other scenarios."""
    chosen = [(run.selected, run.mode, run.profile) for run in (before, after)]
    versions = before.rosterready != after.rosterready
    return versions or (before.plan_hash != after.plan_hash and chosen[0] == chosen[1])


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
