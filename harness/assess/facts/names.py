"""Facts about names: that an app shows long ones cut, as it can stand in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.whole_names import is_cut, names_of, whole_names, without_blanks
from harness.contract.snapshot import Held, HeldUser
from harness.district.data_model.records import Kind, Record
from harness.prose import counted

_NAMED = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.USERS)
"""An app may have its own names for sections."""


def names_cut(index: RecordingIndex) -> str:
    """How many names were shown cut after the first sync of each district, or ""."""
    cut = [length for district in index.districts for length in _lengths(index, district)]
    if not cut:
        return ""
    number = f"{counted(len(cut), 'name')} in our rehearsal"
    return f"Long names are shown cut, after {min(cut)} characters at the earliest ({number})."


def _lengths(index: RecordingIndex, district: str) -> Iterator[int]:
    try:
        day = index.days_of(district)[0]
        roster, held = index.roster(district, day), index.holdings(district, day)
    except (NotReachedError, IndexError):
        return
    for kind in _NAMED:
        for clever_id, record in roster.of(kind).items():
            row = held.active(kind, clever_id)
            shown = _cut(record, row) if row is not None else ""
            if shown:
                yield len(shown)


def _cut(record: Record, row: Held) -> str:
    """What a row shows of a name, or of a part of it, that is cut; or ""."""
    fields = cast(Mapping[str, Any], record)
    if not isinstance(row, HeldUser):
        pairs = [(str(fields.get("name") or ""), row.name or "")]
    elif row.name and not (row.first_name or row.last_name):
        name = without_blanks(row.name)
        wholes = [whole for name in names_of(fields) for whole in whole_names(name)]
        pairs = [] if name in wholes else [(whole, name) for whole in wholes]
    else:
        pairs = [
            (str(name.get(key) or ""), shown or "")
            for name in names_of(fields)
            for key, shown in (("first", row.first_name), ("last", row.last_name))
        ]
    return next((shown for wanted, shown in pairs if is_cut(wanted, shown)), "")
