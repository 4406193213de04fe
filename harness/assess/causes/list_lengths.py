"""List lengths: classes that nobody joins who are full, or whose number of students stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.causes.members import Sides, findings_of, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import Status
from harness.prose import counted

_FULL = 20
"""No class of fewer students is taken for one that an app thinks full."""


@dataclass(frozen=True, slots=True)
class _ChangedClass:
    """What changed about the students of a class that the app has, and whether it has that."""

    district: str
    day: str
    section: str
    before: int
    """How many there were."""
    stays: bool
    """Whether there are as many now."""
    ends: bool
    """Whether the first and the last are as before."""
    joined: bool
    arrived: bool
    """Whether all who joined are there."""


def full(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Whoever is missing joined a class larger than any other that somebody has joined."""
    lists, missed = _missed(index, findings)
    if not lists:
        return
    smallest = min(change.before for change in missed)
    others = [change.before for change in _joined(index) if change.arrived]
    if smallest >= _FULL and others and max(others) < smallest:
        yield LikelyCause(
            "fixed-number:student",
            f"Nobody joins a section in your app that has {smallest} students already "
            f"({counted(len(missed), 'case')}); in sections of up to {max(others)}, all who joined "
            f"are there ({counted(len(others), 'case')}).",
            "Give a section as many students as Clever names.",
            findings_of(lists),
        )


def of_one_length(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Whoever is missing took the place of somebody, so that the class has as many as before.

    Perhaps it is not the first or the last of the list either.
    """
    lists, missed = _missed(index, findings)
    joined = _joined(index) if lists else ()
    for words, looks_alike in _ALIKE.items():
        others = [change for change in joined if change.arrived and not looks_alike(change)]
        refuted = any(change.arrived for change in joined if looks_alike(change))
        if lists and others and not refuted and all(map(looks_alike, missed)):
            yield LikelyCause(
                "never-updates",
                f"Your app leaves the students of {counted(len(missed), 'section')} as they were: "
                f"{words} as before. Where somebody joined and that was not so, they are there "
                f"({counted(len(others), 'case')}).",
                "Compare whole lists of students, not their lengths or their ends; or write them "
                "in every sync.",
                findings_of(lists),
            )
            return


_ALIKE: Mapping[str, Callable[[_ChangedClass], bool]] = {
    "their number is": lambda change: change.stays,
    "their number, the first and the last are": lambda change: change.stays and change.ends,
}
"""What an app may look at → whether a change does not show there."""


def _missed(
    index: RecordingIndex, findings: Sequence[Finding]
) -> tuple[list[Sides], list[_ChangedClass]]:
    """The lists that lack somebody who joined on that very day; nothing if one lacks others."""
    lists = [one for one in sides(index, shaped(findings, FindingKind.STUDENT)) if one.missing]
    late = {
        (change.district, change.day, change.section): change
        for change in _joined(index)
        if not change.arrived
    }
    keys = [(one.finding.district, one.finding.day, one.finding.clever_id) for one in lists]
    missed = [late[key] for key in keys if key in late]
    return (lists, missed) if lists and len(missed) == len(lists) else ([], [])


def _joined(index: RecordingIndex) -> Sequence[_ChangedClass]:
    """Every time that somebody joined a class which the app had before."""
    return index.cached("joined classes", lambda: [c for c in _changes(index) if c.joined])


def _changes(index: RecordingIndex) -> Iterator[_ChangedClass]:
    for district in index.districts:
        for then, day in pairwise(index.days_of(district)):
            try:
                held = index.holdings(district, day).snapshot.sections
            except NotReachedError:
                continue
            now, before = (index.roster(district, each) for each in (day, then))
            for row in held:
                new, old = (each.sections.get(row.clever_id) for each in (now, before))
                if new is None or old is None or new is old or row.status is not Status.ACTIVE:
                    continue
                joined = {*new["students"]} - {*old["students"]}
                joined &= now.users.keys()
                yield _ChangedClass(
                    district=district,
                    day=day,
                    section=row.clever_id,
                    before=len(old["students"]),
                    stays=len(new["students"]) == len(old["students"]),
                    ends=_ends(new["students"]) == _ends(old["students"]),
                    joined=bool(joined),
                    arrived=joined <= {*row.students},
                )


def _ends(students: Sequence[str]) -> Sequence[str]:
    return [*students[:1], *students[-1:]]
