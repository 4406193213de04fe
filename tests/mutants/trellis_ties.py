"""Mistakes with roles, schools and relationships, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from variants.trellis import Trellis
from variants.trellis_graph import Key, Node
from variants.trellis_growth import Growth, Record, Relation

from harness.demo.registry import mutant


@mutant(
    "addresses-end-at-a-plus",
    sees="mail goes to somebody's other mailbox",
    mistake="stores addresses without what comes after a plus sign",
    cause="removes-tags",
    breaks={"R2"},
)
class AddressesEndAtAPlus(Trellis):
    """Tags made people sign up twice."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            name, at, domain = (values.get("email") or "").partition("@")
            address = f"{name.partition('+')[0]}{at}{domain}" if at else values.get("email")
            super().write(node, {**values, "email": address} if "email" in values else values)


@mutant(
    "kin-needs-a-word",
    sees="some guardians have no child",
    mistake="leaves out relationships that Clever does not name",
    cause="relationships-skipped",
    breaks={"G4"},
)
class KinNeedsAWord(Trellis):
    """An edge has a label."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            for relation in super().relations(key, record):
                if relation.name != "kin" or relation.values["relationship"]:
                    yield relation


@mutant(
    "guardians-without-children",
    sees="no guardian has a child",
    mistake="draws no edges between contacts and their students",
    cause="nobody-has-any:student",
    breaks={"G4"},
)
class GuardiansWithoutChildren(Trellis):
    """Guardians came with the portal, and the graph was full."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            return (each for each in super().relations(key, record) if each.name != "kin")
