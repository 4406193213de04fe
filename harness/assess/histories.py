"""Histories: record by record, what Clever shared and what the app held, from day to day.

There is one for everybody in the cast of an edge case and for every record that a finding is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from harness.assess import record_views
from harness.assess.check_result import CheckResult
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.assess.results import EdgeCaseResult, HistoryEntry, RecordHistory
from harness.contract.snapshot import Held, Status
from harness.district.data_model.records import Kind, Record

MOST_OTHERS = 300
"""Histories of records that are in no cast: a defect that hits everybody is shown on as many."""

_Members = Mapping[str, Sequence[str]]


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
    return _Histories(index, [*dict.fromkeys(casts), *others]).made()


class _Histories:
    def __init__(self, index: RecordingIndex, wanted: Sequence[tuple[str, str]]) -> None:
        self._index, self._wanted = index, wanted
        self._people: dict[str, set[str]] = defaultdict(set)
        for district, clever_id in wanted:
            self._people[district].add(clever_id)
        self._classes: dict[tuple[str, str], tuple[_Members, _Members]] = {}

    def made(self) -> tuple[RecordHistory, ...]:
        made = []
        for district, clever_id in self._wanted:
            try:
                kind = self._index.kind_of(district, clever_id)
            except NotReachedError:
                continue  # an account of the app's own, or of another district
            record = self._index.record_of(kind, clever_id)
            entries = _joined(self._entries(district, record))
            made.append(
                RecordHistory(
                    district=district,
                    clever_id=clever_id,
                    kind=str(kind),
                    name=record.name,
                    entries=tuple(entries),
                )
            )
        return tuple(made)

    def _entries(self, district: str, record: RecordRef) -> Iterator[HistoryEntry]:
        """One for each day the district was played."""
        before: tuple[Record | None, Sequence[Held] | None, object] | None = None
        entry: HistoryEntry | None = None
        for day in self._index.days_of(district):
            shared = self._index.record(district, day, record)
            rows = self._rows(district, day, record)
            classes = self._classes_of(district, day, record)
            now = shared, rows, classes
            if entry is None or now != before:
                entry = self._entry(day, shared, rows, classes)
            before = now
            yield HistoryEntry(
                day=day,
                until=day,
                shared=entry.shared,
                held=entry.held,
                request=self._request(district, day, record.clever_id),
            )

    def _entry(
        self,
        day: str,
        shared: Record | None,
        rows: Sequence[Held] | None,
        classes: tuple[Sequence[str], Sequence[str]],
    ) -> HistoryEntry:
        at_clever, in_app = classes
        held = None
        if rows is not None:
            held = tuple(
                record_views.of_row(self._index, row, in_app if row.status is Status.ACTIVE else ())
                for row in rows
            )
        view = None if shared is None else record_views.of_record(self._index, shared, at_clever)
        return HistoryEntry(day=day, until=day, shared=view, held=held)

    def _rows(self, district: str, day: str, record: RecordRef) -> Sequence[Held] | None:
        try:
            return self._index.holdings(district, day).all_of(record.kind, record.clever_id)
        except NotReachedError:
            return None

    def _request(self, district: str, day: str, clever_id: str) -> str:
        """The request of this day that delivered the record, if one did."""
        if not self._index.deliveries_known:
            return ""
        deliveries = self._index.deliveries
        request = deliveries.delivered(district, day).get(clever_id)
        if request is None or request.day != day:
            return ""
        return deliveries.request_words(district, request)

    def _classes_of(
        self, district: str, day: str, record: RecordRef
    ) -> tuple[Sequence[str], Sequence[str]]:
        """The sections a person is in, at Clever and in the app."""
        if record.kind is not Kind.USERS:
            return (), ()
        key = district, day
        if key not in self._classes:
            wanted = self._people[district]
            sections = self._index.roster(district, day).sections.values()
            shared = _by_member(
                wanted, ((s["id"], chain(s["teachers"], s["students"])) for s in sections)
            )
            self._classes[key] = shared, _by_member(wanted, self._held_sections(district, day))
        shared, held = self._classes[key]
        return shared.get(record.clever_id, ()), held.get(record.clever_id, ())

    def _held_sections(self, district: str, day: str) -> Iterator[tuple[str, Iterable[str]]]:
        try:
            sections = self._index.holdings(district, day).snapshot.sections
        except NotReachedError:
            return
        for row in sections:
            if row.status is Status.ACTIVE:
                yield row.clever_id, chain(row.teachers, row.students)


def _by_member(wanted: set[str], sections: Iterable[tuple[str, Iterable[str]]]) -> _Members:
    members: dict[str, list[str]] = defaultdict(list)
    for section, people in sections:
        for clever_id in wanted.intersection(people):
            members[clever_id].append(section)
    return members


def _joined(entries: Iterable[HistoryEntry]) -> Iterator[HistoryEntry]:
    """The same, days on which nothing changed with the day before, and none before it is known."""
    last: HistoryEntry | None = None
    for entry in entries:
        if last is None:
            last = entry if entry.shared is not None or entry.held else None
        elif (last.shared, last.held) == (entry.shared, entry.held):
            last = HistoryEntry(
                day=last.day,
                until=entry.day,
                shared=last.shared,
                held=last.held,
                request=last.request,
            )
        else:
            yield last
            last = entry
    if last is not None:
        yield last
