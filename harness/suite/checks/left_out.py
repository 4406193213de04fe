"""Left out: newcomers who are absent like others of their sort, whom an earlier sync left out.

One mistake is reported once, by those whom it kept out first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from harness.assess.recording_index import KINDS, RecordingIndex, RecordRef
from harness.district.data_model.records import Kind
from harness.suite.checks.every_day.days import calm_days
from harness.suite.checks.merged_records import merged
from harness.suite.checks.reading import Sort, sort_of
from harness.suite.checks.rejected_records import rejected

_FEW = 3
"""Newcomers of a sort from which on it shows whether most of them arrive."""


@dataclass(slots=True, kw_only=True)
class Newcomers:
    """The records of one sort that are new on a calm day, and reached the app."""

    district: str
    day: str
    first: bool
    """Whether it is the first day of the district, on which everything is new."""
    arrived: int = 0
    absent: list[RecordRef] = field(default_factory=list)
    """Those that are not in use, for no reason that is known."""


def left_out_before(
    index: RecordingIndex, district: str, day: str, record: RecordRef
) -> tuple[Newcomers, ...]:
    """The earlier days on which others were left out as this newcomer is; empty if it is news.

    Some of a sort were missing since the first share, while most who came later are there; or
    most of the sort who came on earlier days are missing.
    """
    sort = sort_of(index.roster(district, day).of(record.kind).get(record.clever_id))
    days = _newcomers(index).get((record.kind, sort), ())
    first = [newcomers for newcomers in days if newcomers.first and newcomers.absent]
    later = [newcomers for newcomers in days if not newcomers.first]
    if first and _mostly_arrive(later):
        return tuple(first)
    before = index.before(district, day)
    earlier = [
        newcomers
        for newcomers in later
        if newcomers.district == district and newcomers.day in before
    ]
    absent = tuple(newcomers for newcomers in earlier if newcomers.absent)
    return absent if absent and not _mostly_arrive(earlier, few=1) else ()


def changed_like_those(
    index: RecordingIndex, district: str, day: str, kind: Kind, lost: Collection[str]
) -> frozenset[str]:
    """Those lost that Clever has changed, where others of their sort are missing since the start.

    Unless most that changed alike are lost: what the app refuses anew is no matter of changes.
    """
    earlier = index.before(district, day)
    if not lost or not earlier:
        return frozenset()
    before, now = index.roster(district, earlier[-1]).of(kind), index.roster(district, day).of(kind)
    held = index.holdings(district, day, "sync").active_ids[kind]
    excused: set[str] = set()
    for sort in {sort_of(now[clever_id]) for clever_id in lost}:
        days = _newcomers(index).get((kind, sort), ())
        alike = [i for i in now if i in before and before[i] != now[i] and sort_of(now[i]) == sort]
        gone = {i for i in alike if i in lost}
        kept = sum(i in held for i in alike)
        if any(newcomers.first and newcomers.absent for newcomers in days) and kept > len(gone):
            excused |= gone
    return frozenset(excused)


def _mostly_arrive(days: Collection[Newcomers], few: int = _FEW) -> bool:
    """Whether most of these newcomers are in use, or they are too few to tell."""
    arrived, absent = (
        sum(newcomers.arrived for newcomers in days),
        sum(len(newcomers.absent) for newcomers in days),
    )
    return arrived + absent < few or arrived > absent


def _newcomers(index: RecordingIndex) -> dict[tuple[Kind, Sort], Sequence[Newcomers]]:
    return index.cached("newcomers", lambda: _newcomers_by_sort(index))


def _newcomers_by_sort(index: RecordingIndex) -> dict[tuple[Kind, Sort], Sequence[Newcomers]]:
    by_sort: dict[tuple[Kind, Sort], list[Newcomers]] = defaultdict(list)
    for district in index.districts:
        known: set[str] = set()
        for day in [calm.day for calm in calm_days(index, district)]:
            for kind in KINDS:
                for sort, newcomers in _of_kind(index, district, day, kind, known).items():
                    by_sort[kind, sort].append(newcomers)
            for each in (*index.before(district, day), day):
                known.update(*(index.roster(district, each).of(kind) for kind in KINDS))
    return dict(by_sort)


def _of_kind(
    index: RecordingIndex, district: str, day: str, kind: Kind, known: Collection[str]
) -> dict[Sort, Newcomers]:
    roster = index.roster(district, day)
    new = [i for i in index.expectations.expected_ids(kind, roster) if i not in known]
    held = index.holdings(district, day, "sync").active_ids[kind]
    delivered = index.deliveries.delivered(district, day) if not held.issuperset(new) else {}
    explained: set[str] = set()
    if delivered:
        explained = {*rejected(index, district, day, kind), *merged(index, district, day, kind)}
    by_sort: dict[Sort, Newcomers] = {}
    for clever_id in new:
        sort = sort_of(roster.of(kind)[clever_id])
        if sort not in by_sort:
            first = index.days_of(district)[0] == day
            by_sort[sort] = Newcomers(district=district, day=day, first=first)
        if clever_id in held:
            by_sort[sort].arrived += 1
        elif clever_id in delivered and clever_id not in explained:
            by_sort[sort].absent.append(index.record_of(kind, clever_id))
    return by_sort
