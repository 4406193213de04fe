"""Snapshots of one app from plain documents, in order: an unchanged row is the same object again.

Most of a district is the same from snapshot to snapshot. Whoever compares two snapshots may take
one object for one state, and reading a snapshot costs what has changed in it.
"""

from __future__ import annotations

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

    def _known(self, name: str, row: Any) -> object:
        """The value of a row that is as it was, or the row."""
        try:
            before, value = self._rows[name, row["clever_id"], row["app_id"]]
        except (KeyError, TypeError):  # a new row, or none at all: decoding it says what is wrong
            return row
        return value if before == row else row
