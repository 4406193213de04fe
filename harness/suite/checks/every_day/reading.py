"""Reading: whether a record that is not as Clever has it reached the app at all.

What a first sync leaves unread, such as every page but the first, is reported of that sync; later
days say nothing new about the records there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from harness.assess.recording_index import RecordingIndex
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind, Record
from harness.recording.deliveries import RecordNumbers
from harness.recording.recording import LoggedRequest, Published

_NEAR = 3
"""How many neighbours on each side are asked; one may be missing for its own reasons."""


def reached(
    index: RecordingIndex, district: str, day: str, kind: Kind, ids: Collection[str]
) -> frozenset[str]:
    """Those of these records that are not among what the app leaves unread in every sync."""
    first = index.days_of(district)[0]
    expected = index.expectations.expected_ids(kind, index.roster(district, first))
    if index.holdings(district, first, "sync").active_ids[kind].issuperset(expected):
        return frozenset(ids)  # it left nothing unread
    delivered = _delivered(index)
    if delivered and index.recording.header.mode is Mode.FULL:
        ids = frozenset(ids) & delivered.get((district, day), frozenset())
    return frozenset(_among_held(index, district, day, kind, ids))


def _among_held(
    index: RecordingIndex, district: str, day: str, kind: Kind, ids: Collection[str]
) -> Iterator[str]:
    """Those that stand in Clever's list between near ones of their role that the app holds."""
    records = index.roster(district, day).of(kind)
    held = index.holdings(district, day, "sync").active_ids[kind]
    lists: dict[str, list[str]] = defaultdict(list)
    for clever_id, record in records.items():
        lists[_role(record)].append(clever_id)
    for clever_id in ids:
        alike = lists[_role(records[clever_id])]
        place = alike.index(clever_id)
        sides = alike[max(0, place - _NEAR) : place], alike[place + 1 : place + 1 + _NEAR]
        if all(not held.isdisjoint(side) for side in sides):
            yield clever_id


def _role(record: Record) -> str:
    """The first role of a user, "" for everything else."""
    roles = record.get("roles")
    return next(iter(roles), "") if isinstance(roles, dict) else ""


def _delivered(index: RecordingIndex) -> dict[tuple[str, str], frozenset[str]]:
    """District and day → the records that answers delivered; empty for earlier recordings."""

    def work() -> dict[tuple[str, str], frozenset[str]]:
        numbers, found = RecordNumbers(), dict[tuple[str, str], set[str]]()
        for entry in index.breakdowns.last_attempt:
            match entry:
                case Published():
                    numbers.learn(entry.district, entry.roster)
                case LoggedRequest() if entry.delivered:
                    known = found.setdefault((entry.district, entry.day), set())
                    known.update(numbers.unpack(entry.district, entry.delivered))
        return {key: frozenset(ids) for key, ids in found.items()}

    return index.cached("delivered by day", work)
