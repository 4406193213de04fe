"""Record names: what people would call a record, and which Clever IDs are one person's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import cast

from harness.district.data_model.records import Kind, Record, User, full_name
from harness.recording.recording import Published

_LAST_FIRST = (Kind.USERS, Kind.SECTIONS, Kind.COURSES, Kind.TERMS, Kind.SCHOOLS)
"""Of records that have the same ID: that of a user names them."""


class RecordNames:
    """Names and people of everything that was ever published, worked out when first asked for."""

    def __init__(self, published: Iterable[Published]) -> None:
        self._published = tuple(published)
        self._known: dict[str, str] = {}

    def name(self, clever_id: str) -> str:
        """The name in the cast, or the one at Clever; an ID that Clever never shared is itself."""
        known = self._known.get(clever_id)
        if known is None:
            known = self._known[clever_id] = self._cast.get(clever_id) or self._shared(clever_id)
        return known

    def linked_clever_ids(self, district: str, clever_id: str) -> frozenset[str]:
        """The Clever IDs of the person behind one, this one included."""
        return self._linked.get((district, clever_id)) or frozenset({clever_id})

    def _shared(self, clever_id: str) -> str:
        """The name of a record on the last day that has it."""
        for published in reversed(self._published):
            for kind in _LAST_FIRST:
                if record := published.roster.of(kind).get(clever_id):
                    return _name(kind, record)
        return clever_id

    @cached_property
    def _cast(self) -> Mapping[str, str]:
        """Clever ID → the name in the cast."""
        return {
            clever_id: name
            for published in self._published
            for members in published.cast.values()
            for name, clever_id in members.items()
            if clever_id not in published.roster.schools  # shared with everybody else
        }

    @cached_property
    def _linked(self) -> Mapping[tuple[str, str], frozenset[str]]:
        return _linked_clever_ids(self._published)


def _linked_clever_ids(rosters: Sequence[Published]) -> Mapping[tuple[str, str], frozenset[str]]:
    """District and Clever ID → all Clever IDs of that person, for cast members with several."""
    known: dict[tuple[str, str, str], set[str]] = {}
    for published in rosters:
        for edge_case, members in published.cast.items():
            for name, clever_id in members.items():
                known.setdefault((published.district, edge_case, name), set()).add(clever_id)
    linked: dict[tuple[str, str], frozenset[str]] = {}
    for (district, _, _), ids in known.items():
        for clever_id in ids if len(ids) > 1 else ():
            others = linked.get((district, clever_id), frozenset())
            linked[district, clever_id] = others | ids
    return linked


def _name(kind: Kind, record: Record) -> str:
    if kind is Kind.USERS:
        return full_name(cast(User, record))
    return str(record.get("name") or record.get("number") or record["id"])
