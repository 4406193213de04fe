"""Mistakes with the members of classes, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from variants.trellis import Trellis
from variants.trellis_graph import Graph, Key
from variants.trellis_growth import Growth, Record, Relation

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
