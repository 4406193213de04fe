"""Comparison: what became of every check between two rehearsals, and whether the later is worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import Results, Verdict
from harness.assess.runs_compared import (
    Circumstance,
    caveats,
    circumstances,
    same_people,
    why_not_run,
)
from harness.prose import counted


class OutcomeChange(StrEnum):
    """What became of a check. A broken one fails or warns, without a waiver."""

    REGRESSED = "regressed"  # it held, or was broken less badly
    NEW = "new"  # it is broken, and the earlier run did not judge it
    WIDER = "wider"  # it was broken, and now is so in more ways
    NO_LONGER_JUDGED = "no longer judged"  # the later run blocked it, or did not run it
    WAIVED = "waived"  # it was not waived, and is now
    FIXED = "fixed"
    STILL_BROKEN = "still broken"


class Standing(StrEnum):
    """What a comparison comes to."""

    WORSE = "worse"
    NOT_PROVEN = "not proven"  # nothing is known to be worse, but not everything was judged
    NO_WORSE = "no worse"


EXIT_CODES: Mapping[Standing, int] = {
    Standing.NO_WORSE: 0,
    Standing.WORSE: 1,
    Standing.NOT_PROVEN: 3,
}
_WORSE = (OutcomeChange.REGRESSED, OutcomeChange.NEW, OutcomeChange.WIDER)
_READY = (Verdict.READY, Verdict.READY_WITH_CONDITIONS)
_BROKEN = (Outcome.WARN, Outcome.FAIL)
"""The mildest first."""
_UNJUDGED = (Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckChange:
    """One check of which the runs say different things, or which is broken in both."""

    check: str
    name: str
    requirements: tuple[str, ...]
    change: OutcomeChange
    before: str
    """Its outcome in the earlier run; "" when it is not among its checks."""
    after: str
    why: str
    """What the later run says about it, or why it has nothing to say."""
    unproven: bool = False
    """It held, and the later run should have judged it but could not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementChange:
    """A requirement whose verdict is another one now; "" where a run has none."""

    id: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two rehearsals, the earlier and the later."""

    before: str
    """The last line of the earlier run."""
    after: str
    standing: Standing
    why: str
    """What it stands for, in one sentence."""
    circumstances: tuple[Circumstance, ...]
    checks: tuple[CheckChange, ...]
    """The worst changes first."""
    requirements: tuple[RequirementChange, ...]
    compared: int
    """How many checks both runs judged."""
    caveats: tuple[str, ...]
    """What keeps the runs from being compared as a whole."""

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.standing]

    @property
    def counts(self) -> Mapping[OutcomeChange, int]:
        """How many checks changed in each way."""
        return {change: len(self.of(change)) for change in OutcomeChange}

    def of(self, change: OutcomeChange) -> Sequence[CheckChange]:
        """The checks that changed in this way."""
        return [row for row in self.checks if row.change is change]


def compare(
    before: Results,
    after: Results,
    *,
    check_today: Callable[[str], str] = str,
    circumstances_of: Sequence[Circumstance] = (),
) -> Comparison:
    """Set the later of two rehearsals against the earlier.

    `check_today` gives the name that a check has today; `circumstances_of` are differences between
    the runs that their results do not show.
    """
    old = {check_today(check.id): check for check in before.checks}
    new = {check_today(check.id): check for check in after.checks}
    rows = [
        row
        for name in dict.fromkeys((*new, *old))
        if (row := _change(name, old.get(name), new.get(name), before, after))
    ]
    rows.sort(key=lambda row: list(OutcomeChange).index(row.change))
    both = sum(_judged(old.get(name)) and _judged(check) for name, check in new.items())
    standing, why = _standing(before, after, rows, both)
    return Comparison(
        before=before.last_line,
        after=after.last_line,
        standing=standing,
        why=why,
        circumstances=(*circumstances(before.run, after.run), *circumstances_of),
        checks=tuple(rows),
        requirements=tuple(_requirements(before, after)),
        compared=both,
        caveats=tuple(caveats(before.run, after.run)),
    )


def _change(
    name: str, old: CheckResult | None, new: CheckResult | None, before: Results, after: Results
) -> CheckChange | None:
    """What became of one check; None when there is nothing to say about it."""
    change = _kind(old, new, wider=same_people(before.run, after.run))
    check = new or old
    if change is None or check is None:
        return None
    excused, why = (False, new.reason) if new else why_not_run(name, before.run, after.run)
    held = old is not None and not _broken(old)
    lost = change is OutcomeChange.NO_LONGER_JUDGED and held and not excused
    if change is OutcomeChange.REGRESSED and old and old.waived:
        why = f"It is no longer waived. {why}"
    return CheckChange(
        check=name,
        name=check.name,
        requirements=check.requirements,
        change=change,
        before=_word(old),
        after=_word(new),
        why=why,
        unproven=lost and (new is None or new.outcome in _UNJUDGED),
    )


def _kind(old: CheckResult | None, new: CheckResult | None, *, wider: bool) -> OutcomeChange | None:
    if new is None or not _judged(new):
        return OutcomeChange.NO_LONGER_JUDGED if _judged(old) else None
    if _broken(new):
        return _broken_now(old, new, wider=wider)
    if new.waived and new.outcome in _BROKEN:
        return (
            OutcomeChange.STILL_BROKEN
            if old and old.waived and _judged(old)
            else OutcomeChange.WAIVED
        )
    wrong = old is not None and old.outcome in (*_BROKEN, Outcome.BLOCKED, Outcome.ERROR)
    return OutcomeChange.FIXED if wrong else None  # what was not run was not wrong


def _broken_now(old: CheckResult | None, new: CheckResult, *, wider: bool) -> OutcomeChange:
    if old is None or not _judged(old):
        return OutcomeChange.NEW
    if not _broken(old) or _BROKEN.index(new.outcome) > _BROKEN.index(old.outcome):
        return OutcomeChange.REGRESSED
    return OutcomeChange.WIDER if wider and _ways(new) - _ways(old) else OutcomeChange.STILL_BROKEN


def _ways(check: CheckResult) -> set[tuple[str, ...]]:
    """In which ways a check is broken, whoever it is about."""
    return {
        (row.district, row.day, row.finding_kind, row.kind, row.field) for row in check.findings
    }


def _judged(check: CheckResult | None) -> bool:
    return check is not None and check.outcome in (Outcome.PASS, *_BROKEN)


def _broken(check: CheckResult) -> bool:
    return check.outcome in _BROKEN and not check.waived


def _word(check: CheckResult | None) -> str:
    if check is None:
        return ""
    return f"{check.outcome}, waived" if check.waived else str(check.outcome)


def _requirements(before: Results, after: Results) -> list[RequirementChange]:
    old = {row.id: row for row in before.requirements}
    new = {row.id: row for row in after.requirements}
    part = before.run.selected or after.run.selected  # which has the rows of its checks alone
    return [
        RequirementChange(
            id=name,
            title=(new.get(name) or old[name]).title,
            before=str(old[name].state) if name in old else "",
            after=str(new[name].state) if name in new else "",
        )
        for name in dict.fromkeys((*new, *old))
        if (not part if name not in old or name not in new else old[name].state != new[name].state)
    ]


def _standing(
    before: Results, after: Results, rows: Sequence[CheckChange], compared: int
) -> tuple[Standing, str]:
    worse = [row for row in rows if row.change in _WORSE]
    lost = [row for row in rows if row.unproven]
    if worse:
        more = f", and {counted(len(worse) - 1, 'more', 'more')}" if worse[1:] else ""
        return Standing.WORSE, f"{worse[0].name} ({worse[0].change}){more}."
    if before.verdict in _READY and after.verdict is Verdict.NOT_READY:
        return Standing.WORSE, "The earlier run is ready, and the later one is not."
    if after.run.ended != "completed":
        return Standing.NOT_PROVEN, f"The later run ended early: {after.run.ended}"
    if not compared:
        return Standing.NOT_PROVEN, "There is no check that both runs judged."
    if lost:
        return Standing.NOT_PROVEN, f"It held, and could not be judged: {lost[0].name}."
    if before.verdict in _READY and after.verdict is Verdict.INCOMPLETE:
        return Standing.NOT_PROVEN, "The earlier run is ready, and the later one is incomplete."
    return Standing.NO_WORSE, "Nothing that held in the earlier run is broken in the later one."
