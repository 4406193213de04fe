"""One line of a recording: an entry as JSON, keyed by its type, and back.

Only a published roster is not written as it is: a line holds its difference to the one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, get_args

import orjson

from harness.contract.plain import ShapeError, build
from harness.district.data_model.roster import Roster
from harness.recording.recording import Entry, Published
from harness.recording.rosters import difference, restore

MARK = "rosterready_recording"
"""Key of the format number in the first line."""

_TYPES: dict[str, Any] = {kind.__name__.lower(): kind for kind in get_args(Entry)}
_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS


class Lines:
    """The lines of one recording in order; remembers each district's latest roster."""

    def __init__(self) -> None:
        self._rosters: dict[str, Roster] = {}

    def dump(self, entry: Entry) -> bytes:
        """The line of an entry, newline included."""
        row: object = entry
        if isinstance(entry, Published):
            row = {field.name: getattr(entry, field.name) for field in fields(entry)}
            row["roster"] = difference(self._rosters.get(entry.district), entry.roster)
            self._rosters[entry.district] = entry.roster
        return dump({_name(entry): row})

    def load(self, line: bytes) -> Entry:
        """The entry of a line; raises ShapeError or orjson.JSONDecodeError."""
        document = orjson.loads(line)
        if not isinstance(document, dict) or len(document) != 1:
            raise ShapeError("found no object with one key, expected an entry")
        [(name, row)] = document.items()
        if name not in _TYPES:
            raise ShapeError(f"found {name!r}, expected one of {', '.join(_TYPES)}")
        if name == "published":
            return self._published(row)
        entry: Entry = build(_TYPES[name], row)
        return entry

    def _published(self, row: dict[str, Any]) -> Published:
        try:
            district = row["district"]
            roster = restore(self._rosters.get(district), row["roster"])
            self._rosters[district] = roster
            faults = tuple(row.get("faults", ()))
            return Published(**{**row, "roster": roster, "faults": faults})
        except (TypeError, KeyError) as error:
            raise ShapeError(f"found no published roster ({error})") from None


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many entries of each type there are, for the footer."""
    return dict(Counter(map(_name, entries)))


def dump(document: object) -> bytes:
    """Any line as JSON, newline included."""
    return orjson.dumps(document, default=_as_dict, option=_OPTIONS)


def _name(entry: Entry) -> str:
    return type(entry).__name__.lower()


def _as_dict(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a recording")
