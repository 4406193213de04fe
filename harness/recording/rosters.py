"""Rosters as a recording stores them: the first in full, each later one as a difference.

Reading them back gives unchanged records as the same objects from day to day, so that identity
stays a sound shortcut for whoever compares two days.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.contract.decode import ShapeError
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster

KINDS = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS)

Rows = Mapping[str, Any]
Document = dict[str, Any]


def difference(before: Roster | None, after: Roster) -> Document:
    """What to store of a roster when the one before it is known: records set, ids removed."""
    stored: Document = {"set": {}, "removed": {}}
    if before is None or not _same(before.district, after.district):
        stored["district"] = after.district
    for kind in KINDS:
        old, new = ({} if before is None else before.of(kind)), after.of(kind)
        if changed := [row for key, row in new.items() if not _same(old.get(key), row)]:
            stored["set"][kind.value] = changed
        if removed := [key for key in old if key not in new]:
            stored["removed"][kind.value] = removed
    return stored


def restore(before: Roster | None, stored: object) -> Roster:
    """The roster a stored difference describes; raises ShapeError when it cannot be one."""
    if not isinstance(stored, dict) or not isinstance(stored.get("set"), dict):
        raise ShapeError("found no roster, expected what was set and what was removed in it")
    district = stored.get("district", before and before.district)
    if district is None:
        raise ShapeError("found a difference, expected the district's first roster in full")
    removed = stored.get("removed", {})
    rows = {
        kind.value: _rows(
            {} if before is None else before.of(kind),
            stored["set"].get(kind.value, ()),
            removed.get(kind.value, ()),
        )
        for kind in KINDS
    }
    return Roster(district=district, **rows)


def _rows(before: Rows, changed: list[Any], removed: list[str]) -> Rows:
    if not changed and not removed:
        return before
    gone = set(removed)
    rows = {key: row for key, row in before.items() if key not in gone}
    try:
        rows.update((row["id"], row) for row in changed)
    except (TypeError, KeyError):
        raise ShapeError("found a record without an id") from None
    return dict(sorted(rows.items()))


def _same(before: object, after: object) -> bool:
    return before is after or before == after
