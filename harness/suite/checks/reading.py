"""Reading: whether the app read where a record stands, so that its absence is its own.

An app that never read a page is reported for that, once, and not again for everyone on it. Whoever
stands around a record in Clever's list tells: the ordinary people and classes of its kind and
role, who are in no cast.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection

from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, Record

_NEAR = 3
"""How many neighbours on each side are asked; one may be missing for its own reasons."""


def read_around(
    index: RecordingIndex,
    district: str,
    day: str,
    kind: Kind,
    asked: Collection[str],
    besides: Collection[str] = (),
) -> frozenset[str]:
    """Which of these records have, on both sides, a near ordinary one that the app holds.

    `besides` are records that tell nothing, because they lack what the asked ones lack.
    """
    published = index.published(district, day)
    records = published.roster.of(kind)
    held = index.holdings(district, day).active_ids[kind]
    casts = {i for members in published.cast.values() for i in members.values()}
    wanted = {role_of(records[i]) for i in asked if i in records}
    ordinary: dict[str, list[str]] = {role: [] for role in wanted}
    for clever_id, record in records.items():
        role = role_of(record)
        if role in wanted and clever_id not in casts and clever_id not in besides:
            ordinary[role].append(clever_id)
    return frozenset(
        clever_id
        for clever_id in asked
        if clever_id in records
        and _between_held(clever_id, ordinary[role_of(records[clever_id])], held)
    )


def _between_held(clever_id: str, ordinary: list[str], held: Collection[str]) -> bool:
    place = bisect(ordinary, clever_id)
    before = [i for i in ordinary[max(0, place - _NEAR) : place] if i != clever_id]
    sides = [side for side in (before, ordinary[place : place + _NEAR]) if side]
    return bool(sides) and all(any(i in held for i in side) for side in sides)


def role_of(record: Record) -> str:
    """The first role of a user, "" for everything else."""
    roles = record.get("roles")
    return next(iter(roles), "") if isinstance(roles, dict) else ""
