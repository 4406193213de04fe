"""Arrived values: which values changed at Clever and are in the app as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from harness.assess.findings import Finding
from harness.assess.optional_values import OPTIONAL_VALUES, WORDS, agrees
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.written_values import LINKS, shows_now
from harness.contract.snapshot import Held
from harness.district.data_model.records import Kind, Record

_WORDS = {"email": "e-mail address", **WORDS}
Value = tuple[str, str]
"""Kind and field."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that is another than on the day before, or should be."""

    district: str
    day: str
    kind: Kind
    clever_id: str
    field: str

    @classmethod
    def missed(cls, finding: Finding) -> FieldChange:
        return cls(
            finding.district, finding.day, Kind(finding.kind), finding.clever_id, finding.field
        )


def in_words(field: str) -> str:
    return _WORDS.get(field, field.replace("_", " "))


def arrived(index: RecordingIndex, behind: Sequence[Finding]) -> Counter[Value]:
    """How many values that changed at Clever on the same days the app has as they are now."""
    days = {(f.district, f.day) for f in behind}
    return Counter((change.kind, change.field) for change in taken_over(index, behind, days))


def taken_over(
    index: RecordingIndex, behind: Sequence[Finding], days: Iterable[tuple[str, str]]
) -> Iterator[FieldChange]:
    """The changes of these kinds of records, on these days of districts, that the app has."""
    kinds = {Kind(f.kind) for f in behind}
    for district, day in days:
        if not (earlier := index.before(district, day)):
            continue
        now, then = (index.roster(district, each) for each in (day, earlier[-1]))
        try:
            held, before = (index.holdings(district, each) for each in (day, earlier[-1]))
        except NotReachedError:
            continue
        for kind in kinds:
            for clever_id in now.of(kind).keys() & then.of(kind).keys():
                new, old = now.of(kind)[clever_id], then.of(kind)[clever_id]
                row = held.active(kind, clever_id) if new is not old else None
                if row is None:
                    continue
                was = before.active(kind, clever_id)
                stayed = {*_as_now(index, kind, old, new, was)} if was else set()
                for field in _as_now(index, kind, old, new, row):
                    if field not in stayed:
                        yield FieldChange(district, day, kind, clever_id, field)


def _as_now(
    index: RecordingIndex, kind: Kind, old: Record, new: Record, row: Held
) -> Iterator[str]:
    """The fields in which a record changed and a row of the app has the new value.

    A row that had it the day before is up to date only by chance: Clever is back where it stayed.
    """
    then, now = cast(Mapping[str, Any], old), cast(Mapping[str, Any], new)
    links = LINKS if kind is Kind.SECTIONS else {}
    for field, key in {"name": "name", "email": "email", **links}.items():
        changed = (now.get(key) or "") != (then.get(key) or "")
        if changed and shows_now(index, kind, new, row, field):
            yield field
    for value in (each for each in OPTIONAL_VALUES if each.kind is kind):
        shared = value.shared(new)
        if shared and shared != value.shared(old) and value.held(row):
            yield from [value.field] if agrees(index, value, new, row) else []
