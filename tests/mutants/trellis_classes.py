"""Mistakes with the members of classes, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from variants.trellis import Trellis
from variants.trellis_graph import Graph, Key
from variants.trellis_growth import Growth, Lists, Record, Relation

from harness.demo.registry import mutant

LISTS = ("teacher", "teachers", "students")


@mutant(
    "what-is-left-of-the-class-before",
    sees="a class without students shows those of another one",
    mistake="gives a class of which Clever names nobody the members of the one it read before",
    cause="members-of-another-class",
    breaks={"R9"},
)
class WhatIsLeftOfTheClassBefore(Trellis):
    """A variable is set where there is something to set it to."""

    class growth(Growth):
        def __init__(self, graph: Graph) -> None:
            super().__init__(graph)
            self.last: dict[str, Any] = {}

        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            if key[0] == "sections":
                self.last |= {name: record[name] for name in LISTS if record.get(name)}
                record = {**record, **self.last}
            return super().relations(key, record)


@mutant(
    "prunes-nothing-it-cannot-see-whole",
    sees="whoever joins a class never appears in it, because the class lists somebody unknown",
    mistake="leaves a known class as it was while it lists somebody who is not shared",
    cause="classes-left-for-strangers",
    breaks={"R9"},
    blocks={"R5"},
)
class PrunesNothingItCannotSeeWhole(Trellis):
    """A class grows as a whole, or it stays as it is."""

    class growth(Growth):
        shared: frozenset[str] = frozenset()

        def grow(self, lists: Lists) -> None:
            self.shared = frozenset(user["id"] for user in lists["users"])
            super().grow(lists)

        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            grown = self.graph.edges.get(key)
            if key[0] != "sections" or not grown or self.is_whole(record):
                yield from super().relations(key, record)
                return
            for (relation, target), edge in list(grown.items()):
                yield Relation(relation, target, edge.values)

        def is_whole(self, section: Record) -> bool:
            return self.shared >= {
                *(section.get("students") or ()),
                *(section.get("teachers") or ()),
            }
