"""One line of a recording: an entry as JSON, keyed by what it is, and back.

Only a published roster is not written as it is: a line holds its difference to the one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import orjson

from harness.contract.decode import ShapeError, from_dict
from harness.contract.snapshot import Snapshot
from harness.contract.snapshot_decoder import ROWS, SnapshotDecoder
from harness.district.data_model.roster import Roster
from harness.recording.recording import (
    AccountCreated,
    Act,
    BisectResult,
    EditMade,
    Entry,
    Killed,
    LessonFinished,
    LoggedRequest,
    Published,
    Restarted,
    RunInterrupted,
    SnapshotTaken,
    Synced,
)
from harness.recording.rosters import difference, restore

MARK = "rosterready_recording"
"""Key of the format number in the first line."""

ENTRIES: Mapping[str, type[Entry]] = {
    "published": Published,
    "request": LoggedRequest,
    "sync": Synced,
    "snapshot": SnapshotTaken,
    "lesson": LessonFinished,
    "account": AccountCreated,
    "edit": EditMade,
    "restart": Restarted,
    "kill": Killed,
    "interruption": RunInterrupted,
    "bisect": BisectResult,
}
"""What an entry is called in the file, whatever its class is called."""
FORMER_ENTRIES: Mapping[str, str] = {
    "synced": "sync",
    "look": "snapshot",
    "restarted": "restart",
    "trouble": "interruption",
    "isolated": "bisect",
}
"""What an entry was called in recordings of earlier versions."""
_FORMER_ACTS = ("act", "acted")
"""What the three kinds of act were called in recordings of earlier versions."""
_FORMER_FIELDS: Mapping[str, Mapping[str, str]] = {
    "lesson": {"lesson": "lesson"},
    "account": {"what": "kind", "lesson": "lesson", "app_id": "app_id"},
    "edit": {"what": "kind", "section": "section", "lesson": "name"},
}
"""Kind of act → former field → the field of today; what all acts have kept its name."""
_OF_ALL_ACTS = tuple(field.name for field in fields(Act))
_NAMES: Mapping[type[Entry], str] = {shape: name for name, shape in ENTRIES.items()}
_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS


class Lines:
    """The lines of one recording in order; remembers each district's latest roster."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        """How many entries of each name there were, for the footer."""
        self._rosters: dict[str, Roster] = {}
        self._snapshots = SnapshotDecoder()
        self._rows: dict[int, orjson.Fragment] = {}
        """The JSON of rows of snapshots, by `id`: most are in one snapshot after another."""
        self._kept: list[object] = []
        """Those rows, so that no other object gets their `id`."""

    def dump(self, entry: Entry) -> bytes:
        """The line of an entry, newline included."""
        row: object = entry
        if isinstance(entry, Published):
            row = _shallow(entry)
            row["roster"] = difference(self._rosters.get(entry.district), entry.roster)
            self._rosters[entry.district] = entry.roster
        elif isinstance(entry, SnapshotTaken):
            row = {**_shallow(entry), "snapshot": self._snapshot(entry.snapshot)}
        name = _NAMES[type(entry)]
        self.counts[name] += 1
        return dump({name: row})

    def _snapshot(self, snapshot: Snapshot) -> dict[str, Any]:
        document = _shallow(snapshot)
        known = self._rows
        for name in ROWS:
            rows = document[name]
            document[name] = [known.get(id(row)) or self._row(row) for row in rows]
        return document

    def _row(self, row: object) -> orjson.Fragment:
        self._kept.append(row)
        written = self._rows[id(row)] = orjson.Fragment(dump(row).rstrip())
        return written

    def load(self, line: bytes) -> Entry:
        """The entry of a line; raises ShapeError or orjson.JSONDecodeError."""
        document = orjson.loads(line)
        if not isinstance(document, dict) or len(document) != 1:
            raise ShapeError("found no object with one key, expected an entry")
        [(name, row)] = document.items()
        self.counts[name] += 1
        name = FORMER_ENTRIES.get(name, name)
        if name in _FORMER_ACTS and isinstance(row, dict):
            name, row = _former_act(row)
        if name not in ENTRIES:
            raise ShapeError(f"found {name!r}, expected one of {', '.join(ENTRIES)}")
        if name == "published":
            return self._published(row)
        if name == "snapshot" and isinstance(row, dict) and "snapshot" in row:
            row["snapshot"] = self._snapshots.decode(row["snapshot"])
        return from_dict(ENTRIES[name], row)

    def _published(self, row: dict[str, Any]) -> Published:
        try:
            district = row["district"]
            roster = restore(self._rosters.get(district), row["roster"])
            self._rosters[district] = roster
            faults = tuple(row.get("faults", ()))
            day = from_dict(date, row["date"]) if row.get("date") else None
            return Published(**{**row, "roster": roster, "faults": faults, "date": day})
        except (TypeError, KeyError) as error:
            raise ShapeError(f"found no published roster ({error})") from None


def _shallow(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by their names."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _former_act(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Name and fields of today for an act that was recorded when all three were one entry."""
    kind = str(row.get("kind", "lesson"))
    names = {name: name for name in _OF_ALL_ACTS} | dict(_FORMER_FIELDS.get(kind, {}))
    return kind, {new: row[old] for old, new in names.items() if old in row}


def dump(document: object) -> bytes:
    """Any line as JSON, newline included."""
    return orjson.dumps(document, default=_as_dict, option=_OPTIONS)


def _as_dict(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a recording")
