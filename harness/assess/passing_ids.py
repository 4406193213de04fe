"""Passing ids: records of which an app has new ids after every sync, as its vendor declares.

They are judged like records of an app without ids of its own: by their Clever IDs, and people by
their work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from harness.contract.profile import Profile
from harness.contract.snapshot import (
    HeldCourse,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    Work,
)
from harness.district.data_model.records import Kind
from harness.recording.recording import Entry, SnapshotTaken

Row = TypeVar("Row", HeldSchool, HeldTerm, HeldCourse, HeldSection, HeldUser)
_KINDS = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS)


def key_of(kind: str) -> str:
    """The key of `HOLDABLE` by which the ids of a kind are declared to change."""
    return f"{kind}.lasting-id"


def without_passing_ids(entries: Iterable[Entry], profile: Profile) -> Iterator[Entry]:
    """The same entries, with Clever IDs in place of ids that are declared to change."""
    kinds = [kind for kind in _KINDS if key_of(kind) in profile.not_held]
    known: dict[object, object] = {}  # an unchanged row is the same object in each snapshot
    for entry in entries:
        if kinds and isinstance(entry, SnapshotTaken):
            yield replace(entry, snapshot=_lasting(entry.snapshot, kinds, known))
        else:
            yield entry


def _lasting(held: Snapshot, kinds: Iterable[Kind], known: dict[object, object]) -> Snapshot:
    lists: dict[str, Any] = {}
    for kind in kinds:
        rows = getattr(held, kind)
        lasting = _by_clever_id(rows)
        lists[kind] = tuple(known.setdefault(row, row) for row in lasting)
        if kind is Kind.USERS:
            ids = {row.app_id: new.app_id for row, new in zip(rows, lasting, strict=True)}
            lists["progress"] = tuple(_of(work, ids) for work in held.progress)
    return replace(held, **lists)


def _by_clever_id(rows: Iterable[Row]) -> list[Row]:
    """The rows with their Clever ID for an id; a second one of a record has a number behind it."""
    times: dict[str, int] = {}
    lasting = []
    for row in rows:
        number = times[row.clever_id] = times.get(row.clever_id, 0) + 1
        own = row.clever_id if number == 1 else f"{row.clever_id}-{number}"
        lasting.append(replace(row, app_id=own))
    return lasting


def _of(work: Work, ids: Mapping[str, str]) -> Work:
    return replace(work, account=ids.get(work.account, work.account))
