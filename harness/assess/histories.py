"""Histories: record by record, what Clever shared and what the app held, from day to day.

There is one for everybody in the cast of an edge case and for every record that a finding is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from harness.assess.check_result import CheckResult
from harness.assess.holdings import Holdings
from harness.assess.record_views import View, Viewer
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.assess.results import EdgeCaseResult, HistoryEntry, RecordHistory
from harness.assess.united_rows import united
from harness.contract.snapshot import Held, Status
from harness.district.data_model.records import Kind, Record
from harness.district.data_model.roster import Roster

MOST_OTHERS = 300
"""Histories of records that are in no cast: a defect that hits everybody is shown on as many."""

_Members = Mapping[str, Sequence[str]]
"""Clever ID → the sections a person is in."""
_State = tuple[Record | None, Sequence[Held] | None, Sequence[str], Sequence[str], str]
_Views = tuple[View | None, tuple[View, ...] | None, str]


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
    expected: frozenset[str]
    """The users whom the app should hold."""
    apart: frozenset[str]
    """Those whom Clever shares as well."""


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
            now = self._state(district, look, record)
            if now != before:
                viewer = Viewer(self._index, record.kind, look.expected, look.apart)
                before, views = now, _views(viewer, now)
                if runs[-1][1] != views if runs else views[0] is not None or views[1]:
                    runs.append((look.day, views))
                    ends.append(look.day)
            if runs:
                ends[-1] = look.day
        for (day, (shared, held, declared)), until in zip(runs, ends, strict=True):
            yield HistoryEntry(
                day=day,
                until=until,
                shared=shared,
                held=held,
                declared=declared,
                request=self._request(district, day, record.clever_id),
            )

    def _state(self, district: str, look: _Look, record: RecordRef) -> _State:
        """A record on a day; what it is made of is the same as long as nothing changes."""
        kind, clever_id = record.kind, record.clever_id
        shared = look.roster.of(kind).get(clever_id)
        if shared is None:
            declared = self._index.expectations.waits_to_archive(district, look.day)
        elif clever_id in look.expected:
            declared = ""
        else:
            declared = self._index.expectations.left_out(kind, clever_id, look.roster)
        return (
            shared,
            None if look.holdings is None else self._rows(look.holdings, record),
            look.at_clever.get(clever_id, ()),
            look.in_app.get(clever_id, ()),
            declared,
        )

    def _rows(self, holdings: Holdings, record: RecordRef) -> Sequence[Held]:
        """The rows of a record; several that the vendor declares are one."""
        rows = holdings.all_of(record.kind, record.clever_id)
        if len(rows) > 1 and record.kind in self._index.profile.rows:
            active = holdings.active(record.kind, record.clever_id)
            return [united(rows) if active is None else active]
        return rows

    def _request(self, district: str, day: str, clever_id: str) -> str:
        """The request of this day that delivered the record, if one did."""
        if not self._index.deliveries_known:
            return ""
        deliveries = self._index.deliveries
        request = deliveries.delivered(district, day).get(clever_id)
        if request is None or request.day != day:
            return ""
        return deliveries.request_words(district, request)


def _views(viewer: Viewer, state: _State) -> _Views:
    shared, rows, at_clever, in_app, declared = state
    held = None
    if rows is not None:
        held = tuple(viewer.of_row(row, in_app if _is_in_use(row) else (), shared) for row in rows)
    view = None if shared is None else viewer.of_record(shared, at_clever)
    return view, held, declared


def _is_in_use(row: Held) -> bool:
    return row.status is Status.ACTIVE


def _look(index: RecordingIndex, district: str, day: str, people: set[str]) -> _Look:
    """A day, with the classes of some people: those that the app should hold, and those it has."""
    roster, expected = index.roster(district, day), index.expectations
    users = frozenset(expected.expected_ids(Kind.USERS, roster))
    apart = frozenset(roster.users) - users
    sections = (roster.sections[key] for key in expected.expected_ids(Kind.SECTIONS, roster))
    fields = [key for key in ("teachers", "students") if expected.holds(f"sections.{key}")]
    shared = ((s["id"], chain(*(s[key] for key in fields))) for s in sections)  # type: ignore[literal-required]
    waits = expected.waits_to_archive(district, day)
    try:
        holdings = index.holdings(district, day, "sync")  # later, people may have edited it
    except NotReachedError:
        return _Look(day, roster, None, _by_member(people, shared), {}, users, apart)
    held = (
        (row.clever_id, chain(row.teachers, row.students))
        for row in holdings.snapshot.sections
        if _is_in_use(row) and not (waits and row.clever_id not in roster.sections)
    )
    members = _by_member(people, shared), _by_member(people, held)
    return _Look(day, roster, holdings, *members, users, apart)


def _by_member(wanted: set[str], sections: Iterable[tuple[str, Iterable[str]]]) -> _Members:
    members: dict[str, list[str]] = defaultdict(list)
    for section, people in sections:
        for clever_id in wanted.intersection(people):
            if section not in members[clever_id]:
                members[clever_id].append(section)
    return members
