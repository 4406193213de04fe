"""Snapshots of one app from plain documents, in order: an unchanged row is the same object again.

Most of a district is the same from snapshot to snapshot. Whoever compares two snapshots may take
one object for one state, and reading a snapshot costs what has changed in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.contract.decode import from_dict
from harness.contract.snapshot import Snapshot

_LISTS = ("schools", "terms", "courses", "sections", "users")

_Key = tuple[str, object, object]


class SnapshotDecoder:
    """Reads one snapshot after another."""

    def __init__(self) -> None:
        self._rows: dict[_Key, tuple[dict[str, Any], object]] = {}
        """List, Clever id and app id → the row as it was last read, plain and as a value."""

    def decode(self, document: object) -> Snapshot:
        """The snapshot that a plain document describes; raises ShapeError."""
        if not isinstance(document, dict):
            return from_dict(Snapshot, document)
        lists = {name: rows for name in _LISTS if isinstance(rows := document.get(name), list)}
        known = {name: [self._known(name, row) for row in rows] for name, rows in lists.items()}
        snapshot = from_dict(Snapshot, {**document, **known})
        for name, rows in lists.items():
            for row, before, value in zip(rows, known[name], getattr(snapshot, name), strict=True):
                if before is not value:
                    self._rows[name, row["clever_id"], row["app_id"]] = row, value
        return snapshot

    def completed(self, part: Snapshot, whole: Snapshot) -> Snapshot | None:
        """What was decoded of the `unread` part, with the rows that are as they were.

        None when the rows cannot be told apart by their ids.
        """
        lists: dict[str, Any] = {}
        for name in _LISTS:
            rows = getattr(whole, name)
            lists[name] = tuple(self._last(name, row) for row in rows)
            if lists[name] != rows:
                return None
        return replace(part, **lists)

    def unread(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot that came as a value, without the rows that are as they were last read."""
        fresh: dict[str, Any] = {
            name: tuple(row for row in getattr(snapshot, name) if self._last(name, row) != row)
            for name in _LISTS
        }
        return replace(snapshot, **fresh)

    def _last(self, name: str, row: Any) -> object:
        """The value last read of the row with these ids, if any."""
        try:
            return self._rows[name, row.clever_id, row.app_id][1]
        except (KeyError, TypeError, AttributeError):
            return None

    def _known(self, name: str, row: Any) -> object:
        """The value of a row that is as it was, or the row."""
        try:
            before, value = self._rows[name, row["clever_id"], row["app_id"]]
        except (KeyError, TypeError):  # a new row, or none at all: decoding it says what is wrong
            return row
        return value if before == row else row
