"""Mistakes with generations, references and edges, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from variants.trellis import Trellis
from variants.trellis_graph import LISTS, Graph, Key, Node
from variants.trellis_growth import Growth, Lists, Record, Relation, Wire

from harness.contract.connection import Connection
from harness.demo.registry import mutant


@mutant(
    "resumes-where-it-broke-off",
    sees="after a night of trouble, people have yesterday's names for a day",
    mistake="reads only the lists that its last sync could not read",
    cause="list-read-once",
    breaks={"T6"},
)
class ResumesWhereItBrokeOff(Trellis):
    """Half of the work is done already."""

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.kept: dict[tuple[str, str], list[Record]] = {}

    def records(self, wire: Wire, connection: Connection, kind: str, token: str) -> list[Record]:
        key = connection.district, kind
        if key not in self.kept:
            self.kept[key] = super().records(wire, connection, kind, token)
        return self.kept[key]

    def read(self, connection: Connection) -> Lists:
        lists = super().read(connection)
        for kind in lists:
            self.kept.pop((connection.district, kind), None)
        return lists


@mutant(
    "classes-hold-their-people",
    sees="who left the district is still in the app",
    mistake="keeps a user in use as long as any section, even an archived one, refers to it",
    cause="keeps-active",
    breaks={"R6"},
)
class ClassesHoldTheirPeople(Trellis):
    """A reference is a reference."""

    class graph(Graph):
        def refer(self, relation: str, target: Key, change: int) -> None:
            if relation in (LISTS, "teaches", "enrols") and target in self.nodes:
                self.nodes[target].references += change


@mutant(
    "keeps-the-first-rank",
    sees="the former primary teacher still comes first",
    mistake="never changes the place of a teacher in a section",
    cause="order-kept:teacher",
    breaks={"R9"},
)
class KeepsTheFirstRank(Trellis):
    """An edge that is there needs a new stamp and nothing else."""

    class graph(Graph):
        def draw(self, source: Key, relation: str, target: Key, values: Mapping[str, Any]) -> None:
            known = self.edges.get(source, {}).get((relation, target))
            kept = known.values if known and relation == "teaches" else values
            super().draw(source, relation, target, kept)


@mutant(
    "wakes-twice",
    sees="who has come back once is never archived again",
    mistake="counts a reference more for every record that is listed again",
    cause="keeps-active",
    breaks={"R6"},
)
class WakesTwice(Trellis):
    """One part wakes the sleeper, and so does another."""

    class growth(Growth):
        def plant(self, key: Key, record: Record) -> None:
            node = self.graph.nodes.get(key)
            if node and not node.awake:
                node.references += 1
            super().plant(key, record)


@mutant(
    "new-term-new-class",
    sees="the work of a class is gone when it moves to another term",
    mistake="creates a section anew when its term has changed",
    cause="new-record-for-known",
    breaks={"R1", "R6"},
)
class NewTermNewClass(Trellis):
    """A class is a course in a term."""

    class growth(Growth):
        def plant(self, key: Key, record: Record) -> None:
            terms = [target[1] for target, _ in self.graph.targets(key, "term_id")]
            if key[0] == "sections" and terms and terms != [record.get("term_id")]:
                known = self.graph.nodes[key]
                self.graph.nodes[key] = replace(Node(), references=known.references)
            super().plant(key, record)


@mutant(
    "wakes-as-it-was",
    sees="who comes back under another name has the former one for a day",
    mistake="restores a record with the values it had, and writes today's in the next sync",
    cause="never-updates",
    breaks={"R5"},
)
class WakesAsItWas(Trellis):
    """Waking up and changing are two things."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            if node.awake or not node.values:
                super().write(node, values)


@mutant(
    "what-has-ended-stays-ended",
    sees="a student who comes back to a class does not see it",
    mistake="marks an ended membership as deleted, and finds it there when it begins again",
    cause="membership-stays-ended:student",
    breaks={"R9"},
)
class WhatHasEndedStaysEnded(Trellis):
    """An edge is unique, and one that was erased is kept for the statistics."""

    class graph(Graph):
        def draw(self, source: Key, relation: str, target: Key, values: Mapping[str, Any]) -> None:
            if (source, relation, target) not in self.ended:
                super().draw(source, relation, target, values)

        def erase(self, source: Key, relation: str, target: Key) -> None:
            super().erase(source, relation, target)
            if relation in ("teaches", "enrols"):
                self.ended.add((source, relation, target))

        @property
        def ended(self) -> set[tuple[Key, str, Key]]:
            ended: set[tuple[Key, str, Key]] = self.__dict__.setdefault("_ended", set())
            return ended


@mutant(
    "classes-before-people",
    sees="newcomers are in no class until the next day, and at first that is everybody",
    mistake="relates sections to users before it creates the new ones",
    cause="members-a-sync-late",
    breaks={"R9"},
    blocks={"D1", "R1", "R5", "R8"},
)
class ClassesBeforePeople(Trellis):
    """Edges are drawn between nodes that are there."""

    class growth(Growth):
        def grow(self, lists: Lists) -> None:
            self.known = set(self.graph.nodes)
            super().grow(lists)

        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            for relation in super().relations(key, record):
                if relation.name not in ("teaches", "enrols") or relation.target in self.known:
                    yield relation


@mutant(
    "graph-for-all-districts",
    sees="a district is empty after another one's night",
    mistake="keeps all districts in one graph, and archives what its last sync did not list",
    cause="touches-another-district",
    breaks={"G5", "G6"},
    blocks={"T1"},
)
class GraphForAllDistricts(Trellis):
    """There was one district for years."""

    def graph_of(self, connection: Connection) -> Graph:
        return self._graphs.setdefault("", self.graph())


@mutant(
    "days-of-another-zone",
    sees="every term begins and ends a day early",
    mistake="takes the dates of terms for midnight in UTC, and shows them in local time",
    cause="shifted-dates",
    breaks={"R2"},
)
class DaysOfAnotherZone(Trellis):
    """A date without an hour has midnight's."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            dates = {
                name: (date.fromisoformat(value) - timedelta(days=1)).isoformat()
                for name, value in values.items()
                if name.endswith("_date") and value
            }
            super().write(node, {**values, **dates})


@mutant(
    "edges-of-latin-letters",
    sees="names have question marks where they had letters",
    mistake="stores names in an encoding of Western Europe",
    cause="changes-characters",
    breaks={"R2"},
)
class EdgesOfLatinLetters(Trellis):
    """The graph's file format is older than the app."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            stored = {
                name: value.encode("latin-1", "replace").decode("latin-1") if value else value
                for name, value in values.items()
            }
            super().write(node, stored)


@mutant(
    "values-grow-and-never-fall",
    sees="mail goes to an address that somebody has lost",
    mistake="writes the values that Clever sends, and leaves those that it no longer sends",
    cause="never-clears:email",
    breaks={"R5"},
)
class ValuesGrowAndNeverFall(Trellis):
    """What is not in a record has not changed."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            sent = {name: value for name, value in values.items() if value}
            super().write(node, {**values, **node.values, **sent})


@mutant(
    "token-of-the-first-day",
    sees="a district that was connected anew is never synced again",
    mistake="keeps a district's first token and never asks for another",
    cause="dead-token",
    breaks={"G1"},
    blocks={"G6"},
)
class TokenOfTheFirstDay(Trellis):
    """A token lasts."""

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.tokens: dict[str, str] = {}

    def token(self, connection: Connection) -> str:
        if connection.district not in self.tokens:
            self.tokens[connection.district] = super().token(connection)
        return self.tokens[connection.district]


@mutant(
    "grows-by-full-pages",
    sees="everybody behind a page that is not full is missing",
    mistake="reads a list up to the first page with fewer records than it asked for",
    cause="stops-at-short-pages",
    breaks={"G10"},
    plays={"lists-fail"},
)
class GrowsByFullPages(Trellis):
    """Where a page is not full, nothing follows."""

    class wire(Wire):
        def pages(self, kind: str, token: str) -> Iterator[Record]:
            for page in super().pages(kind, token):
                yield page
                if len(page["data"]) < 200:
                    return
