"""The graph in which Trellis keeps a district: nodes, the edges between them, and references."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.contract.account import Account
from harness.contract.snapshot import LocalRecord

Key = tuple[str, str]
"""A kind of record and a Clever ID."""
ROOT: Key = ("district", "")
LISTS = "lists"
"""The relation from the district to each record in use."""
NUMBERS = itertools.count(1)


@dataclass
class Node:
    """A record of ours; it is awake while somebody refers to it."""

    number: int = field(default_factory=lambda: next(NUMBERS))
    references: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    """What is shown of it, without what edges show."""
    work: list[str] = field(default_factory=list)

    @property
    def awake(self) -> bool:
        return self.references > 0


@dataclass
class Edge:
    """What relates two records, and the last sync that implied it."""

    generation: int
    values: Mapping[str, Any]


@dataclass
class Guest:
    """Somebody whom no list names."""

    node: Node
    name: str
    account: Account | None = None
    """What is known of an account from before Clever."""


@dataclass
class Graph:
    """One district."""

    nodes: dict[Key, Node] = field(default_factory=dict)
    edges: dict[Key, dict[tuple[str, Key], Edge]] = field(default_factory=dict)
    """Source → relation and target → edge."""
    generation: int = 0
    guests: list[Guest] = field(default_factory=list)
    groups: list[LocalRecord] = field(default_factory=list)

    def draw(self, source: Key, relation: str, target: Key, values: Mapping[str, Any]) -> None:
        """An edge of this generation, with these values."""
        edges = self.edges.setdefault(source, {})
        if (relation, target) not in edges:
            self.refer(relation, target, 1)
        edges[relation, target] = Edge(self.generation, values)

    def erase(self, source: Key, relation: str, target: Key) -> None:
        del self.edges[source][relation, target]
        self.refer(relation, target, -1)

    def refer(self, relation: str, target: Key, change: int) -> None:
        """Count a reference to a record: only the district keeps records in use."""
        if relation == LISTS:
            self.nodes[target].references += change

    def targets(self, source: Key, relation: str) -> list[tuple[Key, Edge]]:
        """What a record is related to by edges of one name."""
        every = self.edges.get(source, {}).items()
        return [(target, edge) for (name, target), edge in every if name == relation]

    def awake(self, kind: str) -> Iterator[tuple[Key, Node]]:
        """The records of a kind that are in use."""
        return ((key, node) for key, node in self.nodes.items() if key[0] == kind and node.awake)
