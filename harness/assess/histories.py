"""Histories: record by record, what Clever shared and what the app held, from day to day.

There is one for everybody in the cast of an edge case and for every record that a finding is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from harness.assess import record_views
from harness.assess.check_result import CheckResult
from harness.assess.holdings import Holdings
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.assess.results import EdgeCaseResult, HistoryEntry, RecordHistory
from harness.contract.snapshot import Held, Status
from harness.district.data_model.records import Record
from harness.district.data_model.roster import Roster

MOST_OTHERS = 300
"""Histories of records that are in no cast: a defect that hits everybody is shown on as many."""

_Members = Mapping[str, Sequence[str]]
"""Clever ID → the sections a person is in."""
_State = tuple[Record | None, Sequence[Held] | None, Sequence[str], Sequence[str]]
_Views = tuple[record_views.View | None, tuple[record_views.View, ...] | None]


def histories(
    index: RecordingIndex, edge_cases: Sequence[EdgeCaseResult], checks: Sequence[CheckResult]
) -> tuple[RecordHistory, ...]:
    """The casts first, then the records of findings, each once, `MOST_OTHERS` of these at most."""
    casts = [(member.district, member.clever_id) for case in edge_cases for member in case.members]
    accused = dict.fromkeys(
        (finding.district, finding.clever_id)
        for check in checks
        for finding in check.findings
        if finding.clever_id
    )
    others = [key for key in accused if key not in {*casts}][:MOST_OTHERS]
    return _HistoryMaker(index, [*dict.fromkeys(casts), *others]).made()


@dataclass(frozen=True, slots=True)
class _Look:
    """One day of a district: what Clever shares, what the app holds, and who is in which class."""

    day: str
    roster: Roster
    holdings: Holdings | None
    at_clever: _Members
    in_app: _Members

    def at(self, record: RecordRef) -> _State:
        """A record on this day; what it is made of is the same as long as nothing changes."""
        kind, clever_id = record.kind, record.clever_id
        return (
            self.roster.of(kind).get(clever_id),
            None if self.holdings is None else self.holdings.all_of(kind, clever_id),
            self.at_clever.get(clever_id, ()),
            self.in_app.get(clever_id, ()),
        )


class _HistoryMaker:
    def __init__(self, index: RecordingIndex, wanted: Sequence[tuple[str, str]]) -> None:
        self._index, self._wanted = index, wanted
        people: dict[str, set[str]] = defaultdict(set)
        for district, clever_id in wanted:
            people[district].add(clever_id)
        self._looks = {
            district: [_look(index, district, day, ids) for day in index.days_of(district)]
            for district, ids in people.items()
        }

    def made(self) -> tuple[RecordHistory, ...]:
        made = []
        for district, clever_id in self._wanted:
            try:
                kind = self._index.kind_of(district, clever_id)
            except NotReachedError:
                continue  # an account of the app's own, or of another district
            record = self._index.record_of(kind, clever_id)
            made.append(
                RecordHistory(
                    district=district,
                    clever_id=clever_id,
                    kind=str(kind),
                    name=record.name,
                    entries=tuple(self._entries(district, record)),
                )
            )
        return tuple(made)

    def _entries(self, district: str, record: RecordRef) -> Iterator[HistoryEntry]:
        """One for each run of days that show the same, from the first day it is known."""
        before: _State | None = None
        runs: list[tuple[str, _Views]] = []
        ends: list[str] = []
        for look in self._looks[district]:
            now = look.at(record)
            if now != before:
                before, views = now, self._views(now)
                if runs[-1][1] != views if runs else views[0] is not None or views[1]:
                    runs.append((look.day, views))
                    ends.append(look.day)
            if runs:
                ends[-1] = look.day
        for (day, (shared, held)), until in zip(runs, ends, strict=True):
            request = self._request(district, day, record.clever_id)
            yield HistoryEntry(day=day, until=until, shared=shared, held=held, request=request)

    def _views(self, state: _State) -> _Views:
        shared, rows, at_clever, in_app = state
        held = None
        if rows is not None:
            held = tuple(
                record_views.of_row(self._index, row, in_app if row.status is Status.ACTIVE else ())
                for row in rows
            )
        view = None if shared is None else record_views.of_record(self._index, shared, at_clever)
        return view, held

    def _request(self, district: str, day: str, clever_id: str) -> str:
        """The request of this day that delivered the record, if one did."""
        if not self._index.deliveries_known:
            return ""
        deliveries = self._index.deliveries
        request = deliveries.delivered(district, day).get(clever_id)
        if request is None or request.day != day:
            return ""
        return deliveries.request_words(district, request)


def _look(index: RecordingIndex, district: str, day: str, people: set[str]) -> _Look:
    roster = index.roster(district, day)
    shared = ((s["id"], chain(s["teachers"], s["students"])) for s in roster.sections.values())
    try:
        holdings = index.holdings(district, day)
    except NotReachedError:
        return _Look(day, roster, None, _by_member(people, shared), {})
    held = (
        (row.clever_id, chain(row.teachers, row.students))
        for row in holdings.snapshot.sections
        if row.status is Status.ACTIVE
    )
    return _Look(day, roster, holdings, _by_member(people, shared), _by_member(people, held))


def _by_member(wanted: set[str], sections: Iterable[tuple[str, Iterable[str]]]) -> _Members:
    members: dict[str, list[str]] = defaultdict(list)
    for section, people in sections:
        for clever_id in wanted.intersection(people):
            members[clever_id].append(section)
    return members
