"""Raw: what an edge case changes of a record as it is sent, beyond what a SIS can say.

Clever's description allows null wherever it says `x-nullable`, its recorded answers show "" or
nothing at all for the same, and later minor versions may add fields and values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, TypeVar

_Record = TypeVar("_Record")
_ABSENT = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Dotted paths into a record (`roles.student.dob`) and what becomes of the values there."""

    absent: tuple[str, ...] = ()
    """Keys that are left out."""
    nulls: tuple[str, ...] = ()
    """Keys whose value is null."""
    twice: tuple[str, ...] = ()
    """Lists whose first entry is there a second time, at the end."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Keys, known ones or not, with another value."""
    breaks: tuple[str, ...] = ()
    """Words of the invariants this breaks on purpose."""

    def __bool__(self) -> bool:
        return bool(self.absent or self.nulls or self.twice or self.values)


AS_IT_IS = Raw()


def as_sent(record: _Record, raw: Raw) -> _Record:
    """The record as it goes over the wire; the same object when there is nothing to change."""
    if not raw:
        return record
    sent: Any = record
    for path in raw.absent:
        sent = _changed(sent, path, _ABSENT)
    for path in raw.nulls:
        sent = _changed(sent, path, None)
    for path in raw.twice:
        entries = reduce(lambda held, key: held[key], path.split("."), sent)
        sent = _changed(sent, path, [*entries, *entries[:1]])
    for path, value in raw.values.items():
        sent = _changed(sent, path, value)
    result: _Record = sent
    return result


def _changed(record: Any, path: str, value: object) -> Any:
    changed = _put(record, path.split("."), value)
    # A student's role repeats the e-mail address of the user, in whatever form it is there.
    if path == "email" and "student" in changed.get("roles", {}):
        changed = _put(changed, ["roles", "student", "email"], value)
    return changed


def _put(record: Any, keys: list[str], value: object) -> Any:
    key, *below = keys
    kept = {name: record[name] for name in record if name != key}
    if below:
        return {**kept, key: _put(record.get(key) or {}, below, value)}
    return kept if value is _ABSENT else {**record, key: value}
