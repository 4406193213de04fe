"""Mistakes with records that came after the first sync of a district."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Importer
from variants.coursebridge_site import VALUES, Record, Row
from variants.harbor import Harbor, Run
from variants.trellis import Trellis
from variants.trellis_graph import Key, Node
from variants.trellis_growth import Growth, roles_of
from variants.trellis_growth import Record as Listed

from harness.contract.sync import Mode
from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Relationship, Role
from harness.demo.schema import SCHEMA
from harness.demo.store import Row as Columns
from harness.demo.store import Store

HERE = {"comings-and-goings"}


class Entering(Store):
    """A store that notes which records it created in a district that had users already."""

    schema = SCHEMA + (
        "CREATE TABLE IF NOT EXISTS latecomers ("
        " kind TEXT, record_id INTEGER, UNIQUE (kind, record_id));"
    )
    began: frozenset[int] | None = None
    """The districts with users when the store was opened, which is for one sync."""

    def create(self, table: str, district: int, row: Columns) -> int:
        if self.began is None:
            query = "SELECT DISTINCT district_id FROM users WHERE clever_id IS NOT NULL"
            self.began = frozenset(each["district_id"] for each in self.db.execute(query))
        created = super().create(table, district, row)
        if district in self.began:
            self.insert("latecomers", {"kind": table, "record_id": created})
        return created

    def came_late(self, table: str, record: int) -> bool:
        query = "SELECT 1 FROM latecomers WHERE kind = ? AND record_id = ?"
        return self.value(query, table, record) is not None


@mutant(
    "enters-newcomers-by-hand",
    sees="who came in the year keeps the name and the address of the first day",
    mistake="updates names, addresses and links of records of a district's first sync alone",
    cause="never-updates",
    breaks={"R5"},
    plays=HERE,
)
class EntersNewcomersByHand(DemoAdapter):
    """The first list is kept in step with Clever, later ones were typed off it."""

    class store(Entering):
        def update(self, table: str, known: int, row: Columns) -> None:
            super().update(table, known, {} if self.came_late(table, known) else row)


@mutant(
    "seats-newcomers-once",
    sees="who came in the year stays at the school, and in the class, of the first day",
    mistake="writes roles, children and members of a record that came later only on creation",
    cause="never-updates",
    breaks={"R9", "G2", "G3", "G4"},
    plays=HERE,
)
class SeatsNewcomersOnce(DemoAdapter):
    """Whoever comes late is shown to a seat, and stays there."""

    class store(Entering):
        fresh: frozenset[tuple[str, int]] = frozenset()

        def create(self, table: str, district: int, row: Columns) -> int:
            created = super().create(table, district, row)
            self.fresh |= {(table, created)}
            return created

        def is_seated(self, table: str, record: int) -> bool:
            return (table, record) not in self.fresh and self.came_late(table, record)

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if not self.is_seated("users", user):
                super().set_roles(user, roles, schools)

        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            if not self.is_seated("users", contact):
                super().set_relationships(contact, relationships, users)

        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            if not self.is_seated("sections", section):
                super().set_members(section, role, people)


@mutant(
    "keeps-new-schools-open",
    sees="a school that opened in the year and has closed is still there",
    mistake="archives schools of a district's first run alone",
    cause="keeps-active",
    breaks={"R6"},
    plays=HERE,
)
class KeepsNewSchoolsOpen(Harbor):
    """Schools are part of the contract; a new one is on the bill until somebody takes it off."""

    tables = Harbor.tables + "CREATE TABLE contract (school TEXT PRIMARY KEY);"

    def _run(self, run: Run, documents: sqlite3.Connection, mode: Mode) -> None:
        known = "SELECT key FROM documents WHERE kind = 'schools' AND district = ?"
        of = (run.connection.district,)
        first = documents.execute(known, of).fetchone() is None
        super()._run(run, documents, mode)
        if first:
            documents.execute(f"INSERT INTO contract {known}", of)
        documents.execute(
            "UPDATE documents SET archived = 0 WHERE kind = 'schools' AND district = ?"
            " AND key NOT IN (SELECT school FROM contract)",
            of,
        )


@mutant(
    "reopens-what-the-first-night-opened",
    sees="classes and schools that came in the year stay closed when they are there again",
    mistake="restores schools, terms, courses and sections of a district's first sync alone",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R5"},
    plays=HERE,
)
class ReopensWhatTheFirstNightOpened(DemoAdapter):
    """What was added in the year and cancelled is over."""

    class store(Entering):
        def update(self, table: str, known: int, row: Columns) -> None:
            if table != "users" and self.came_late(table, known):
                self.write(table, known, row)
            else:
                super().update(table, known, row)


@mutant(
    "imports-newcomers-once",
    sees="who came in the year keeps the name, school and children of the first day",
    mistake="updates nothing but the grade of a row that a later import opened",
    cause="never-updates",
    breaks={"R5", "G2", "G3", "G4"},
    plays=HERE,
)
class ImportsNewcomersOnce(Coursebridge):
    """Later imports open rows; keeping them up to date is the job of the first one."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            later = self.site.__dict__.setdefault("later", set())
            if not row.fingerprint and self.site.started:
                later.add(row.id)
            elif row.id in later:
                row.live = True
                grade = VALUES[kind](record).get("grade")
                row.values |= {"grade": grade} if "grade" in row.values else {}
                return
            super().update(kind, row, record)


@mutant(
    "late-shoots-do-not-grow-again",
    sees="a teacher or guardian who came in the year, left and is back cannot sign in",
    mistake="wakes no adults up whom a later generation planted",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R5", "G3"},
    plays=HERE,
)
class LateShootsDoNotGrowAgain(Trellis):
    """What is sown late is for one summer."""

    class growth(Growth):
        def plant(self, key: Key, record: Listed) -> None:
            known = self.graph.nodes.get(key)
            if known is None or known.awake or known.number not in self.late():
                super().plant(key, record)

        def new(self, key: Key, record: Listed) -> Node:
            node = super().new(key, record)
            if (
                self.graph.generation > 1
                and key[0] == "users"
                and "student" not in roles_of(record)
            ):
                self.late().add(node.number)
            return node

        def late(self) -> set[int]:
            """The numbers of the nodes of adults that came after the first generation."""
            late: set[int] = self.graph.__dict__.setdefault("late", set())
            return late
