"""Own labels: what an app writes where Clever has nothing.

Terms and courses need no name at Clever, and users no address, but a list of an app may need one:
a course's number, "(no name)", an address of the app's own. What Clever has for any record of the
district, or had, is none: that is somebody else's value, or an old one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from harness.assess.recording_index import RecordingIndex
from harness.assess.whole_names import normalized, whole_names
from harness.district.data_model.records import Kind, Record

EMAIL = "email"
NAME = "name"


def may_show(index: RecordingIndex, district: str, kind: Kind, field: str, held: str) -> bool:
    """Whether a text that an app shows, where Clever has nothing, is a label of its own."""

    def shared() -> frozenset[str]:
        days = index.days_of(district)
        records = (row for day in days for row in index.roster(district, day).of(kind).values())
        return frozenset(_alike(text) for record in records for text in _texts(record, field))

    return _alike(held) not in index.cached(("shared texts", district, kind, field), shared)


def _texts(record: Record, field: str) -> Iterator[str]:
    value = cast("dict[str, Any]", record).get(field)
    if isinstance(value, dict):
        yield from whole_names(value)
        yield from (str(part) for part in value.values() if part)
    elif value:
        yield str(value)


def _alike(text: str) -> str:
    return normalized(text).casefold()
