"""Snapshots of one app from plain documents, in order: an unchanged row is the same object again.

Most of a district is the same from snapshot to snapshot. Whoever compares two snapshots may take
one object for one state, and reading a snapshot costs what has changed in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from harness.contract.decode import from_dict
from harness.contract.snapshot import (
    HeldCourse,
    HeldRole,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    Status,
    StudentRelationship,
)

ROWS = ("schools", "terms", "courses", "sections", "users")
"""The lists of a snapshot whose rows have a Clever id."""

_Key = tuple[str, object, object]
Known = Mapping[str, Sequence[object]]
"""List → the value of each row that is as it was last read, or None."""
_SCALARS = frozenset({str, type(None), Status})
_SHAPES = {
    shape: attrgetter(*(field.name for field in fields(shape)))
    for shape in (
        HeldSchool,
        HeldTerm,
        HeldCourse,
        HeldSection,
        HeldUser,
        HeldRole,
        StudentRelationship,
    )
}


class SnapshotDecoder:
    """Reads one snapshot after another."""

    def __init__(self) -> None:
        self._rows: dict[_Key, tuple[dict[str, Any], object]] = {}
        """List, Clever id and app id → the row as it was last read, plain and as a value."""
        self._lasting: dict[int, object] = {}
        """The rows that came as values which nobody can change, by `id`."""

    def decode(self, document: object) -> Snapshot:
        """The snapshot that a plain document describes; raises ShapeError."""
        if not isinstance(document, dict):
            return from_dict(Snapshot, document)
        lists = {name: rows for name in ROWS if isinstance(rows := document.get(name), list)}
        known = {name: [self._known(name, row) for row in rows] for name, rows in lists.items()}
        snapshot = from_dict(Snapshot, {**document, **known})
        for name, rows in lists.items():
            for row, before, value in zip(rows, known[name], getattr(snapshot, name), strict=True):
                if before is not value:
                    self._rows[name, row["clever_id"], row["app_id"]] = row, value
        return snapshot

    def unread(self, snapshot: Snapshot) -> tuple[Snapshot, Known]:
        """A snapshot that came as a value, without the rows that are as they were last read.

        And those rows, each in its place, with None for the others.
        """
        fresh: dict[str, Any] = {}
        known: dict[str, list[object]] = {}
        for name in ROWS:
            rows = tuple(getattr(snapshot, name))
            last = known[name] = [
                self._lasting.get(id(row)) or self._last(name, row) for row in rows
            ]
            fresh[name] = tuple(row for row, value in zip(rows, last, strict=True) if value is None)
        return replace(snapshot, **fresh), known

    def completed(self, fresh: Snapshot, part: Snapshot, known: Known) -> Snapshot:
        """What was decoded of the `unread` part, with the rows that are as they were."""
        lists: dict[str, Any] = {}
        for name, last in known.items():
            if not getattr(fresh, name):
                lists[name] = tuple(last)
                continue
            given = zip(getattr(fresh, name), getattr(part, name), strict=True)
            decoded = (self._kept(name, row, value) for row, value in given)
            lists[name] = tuple(next(decoded) if row is None else row for row in last)
        return replace(part, **lists)

    def _kept(self, name: str, row: Any, value: Any) -> object:
        """What stands for a row from now on: itself, if it stays as it is, or its value."""
        if row != value or not _lasts(row):
            return value
        key = name, row.clever_id, row.app_id
        self._rows[key] = self._rows[key][0], row
        self._lasting[id(row)] = row
        return row

    def _last(self, name: str, row: Any) -> object:
        """The value last read of a row that is as it was, or None."""
        try:
            value = self._rows[name, row.clever_id, row.app_id][1]
        except (KeyError, TypeError, AttributeError):
            return None
        return value if value == row else None

    def _known(self, name: str, row: Any) -> object:
        """The value of a row that is as it was, or the row."""
        try:
            before, value = self._rows[name, row["clever_id"], row["app_id"]]
        except (KeyError, TypeError):  # a new row, or none at all: decoding it says what is wrong
            return row
        return value if before == row else row


def _lasts(value: object) -> bool:
    """Whether a value holds nothing that could be another the next time it is looked at."""
    shape = type(value)
    if shape in _SCALARS:
        return True
    if shape is tuple:
        return all(map(_lasts, value))  # type: ignore[call-overload]
    return shape in _SHAPES and all(map(_lasts, _SHAPES[shape](value)))
