"""Record names: what people would call a record, and which Clever IDs are one person's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.district.data_model.records import Kind, full_name
from harness.recording.recording import Published


def linked_clever_ids(rosters: Sequence[Published]) -> Mapping[tuple[str, str], frozenset[str]]:
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


def names_of_records(rosters: Sequence[Published]) -> Iterator[tuple[str, str]]:
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
