"""Record names: what people would call a record, and which Clever IDs are one person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from harness.district.data_model.records import Kind, full_name
from harness.recording.recording import Published


class RecordNames:
    """Names and people of everything that was ever published, worked out when first asked for."""

    def __init__(self, published: Iterable[Published]) -> None:
        self._published = published

    def name(self, clever_id: str) -> str:
        """The name in the cast, or the one at Clever; an ID that Clever never shared is itself."""
        return self._names.get(clever_id, clever_id)

    def linked_clever_ids(self, district: str, clever_id: str) -> frozenset[str]:
        """The Clever IDs of the person behind one, this one included."""
        return self._linked.get((district, clever_id)) or frozenset({clever_id})

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(_names_of_records(tuple(self._published)))

    @cached_property
    def _linked(self) -> Mapping[tuple[str, str], frozenset[str]]:
        return _linked_clever_ids(tuple(self._published))


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


def _names_of_records(rosters: Sequence[Published]) -> Iterator[tuple[str, str]]:
    """Clever ID and name: the one in the cast comes last and so wins."""
    for published in rosters:
        roster = published.roster
        for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS):
            for clever_id, record in roster.of(kind).items():
                yield clever_id, str(record.get("name") or record.get("number") or clever_id)
        yield from ((user_id, full_name(user)) for user_id, user in roster.users.items())
    for published in rosters:
        for members in published.cast.values():
            for name, clever_id in members.items():
                if clever_id not in published.roster.schools:  # shared with everybody else
                    yield clever_id, name
