"""Mistakes by which what a sync has read shows after the next one."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.contract.connection import Connection
from harness.contract.snapshot import HeldSection, HeldUser, Snapshot
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Store
from harness.demo.sync import DistrictSync, Ids

TABLE = "CREATE TABLE IF NOT EXISTS staged (district TEXT PRIMARY KEY, roster BLOB);"


class StagingStore(Store):
    """Keeps the latest reading of each district until the next one comes."""

    schema = SCHEMA + TABLE

    def stage(self, roster: Roster) -> Roster | None:
        """Keeps a reading, and gives the one before; None if there is none."""
        mine = (roster.district,)
        row = self.db.execute("SELECT roster FROM staged WHERE district = ?", mine).fetchone()
        kept = (roster.district, pickle.dumps(roster))
        self.db.execute("INSERT OR REPLACE INTO staged VALUES (?, ?)", kept)
        return pickle.loads(row["roster"]) if row else None


class StagingSync(DistrictSync):
    store: StagingStore


@mutant(
    "links-begin-a-night-later",
    sees="new students see their classes, and everybody new their role, a day after their account",
    mistake="applies roles, relationships and classes as the sync before had read them",
    cause="a-sync-late",
    breaks={"G2", "G3", "G4", "R9"},
    blocks={"D1", "G8", "R1", "R5", "R8"},
)
class LinksBeginANightLater(DemoAdapter):
    """A membership begins on the day after it was made."""

    store = StagingStore

    class district_sync(StagingSync):
        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            before = self.store.stage(roster)
            if before is None:
                return
            users, sections = saved["users"], saved["sections"]
            people = (each for each in before.people if each.clever_id in users)
            classes = (each for each in before.sections if each.clever_id in sections)
            super().link(replace(before, people=tuple(people), sections=tuple(classes)), saved)


@mutant(
    "applies-last-nights-reading",
    sees="whatever a district changes is in the app two days later",
    mistake="applies in each sync what the sync before had read",
    cause="a-sync-late",
    breaks={"G2", "G4", "R2", "R5", "R6", "R9"},
    blocks={"D1", "G20", "G3", "G6", "G7", "G8", "R1", "R4", "R7", "R8", "T1", "T2", "T6"},
)
class AppliesLastNightsReading(DemoAdapter):
    """Somebody can look at a reading for a day before it counts."""

    store = StagingStore

    class district_sync(StagingSync):
        def apply(self, roster: Roster) -> None:
            with self.store.transaction():
                before = self.store.stage(roster)
            if before is not None:
                super().apply(before)


@mutant(
    "links-begin-on-the-next-date",
    sees="new students see their classes at midnight",
    mistake="shows roles, relationships and classes from the date after that of their sync on",
    cause="a-sync-late",
    breaks={"D1", "G2", "G3", "G4", "R9"},
    blocks={"G8", "R1", "R5", "R8"},
)
class LinksBeginOnTheNextDate(DemoAdapter):
    """Whatever begins has a date, and holds from the next one on. No sync is needed for that."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.dated: dict[str, list[tuple[str, Snapshot]]] = {}

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        ended = super().sync(connection, mode)
        known = self.dated.setdefault(connection.district, [])
        known.append((connection.day, super().snapshot(connection)))
        return ended

    def snapshot(self, connection: Connection) -> Snapshot:
        """Everything as it is, with the links of the latest sync on an earlier date."""
        now, then = super().snapshot(connection), Snapshot()
        for day, held in self.dated.get(connection.district, ()):
            then = held if day < connection.day else then
        users = {row.app_id: row for row in then.users}
        sections = {row.app_id: row for row in then.sections}
        return replace(
            now,
            users=tuple(_linked(row, users.get(row.app_id)) for row in now.users),
            sections=tuple(_filled(row, sections.get(row.app_id)) for row in now.sections),
        )


def _linked(row: HeldUser, then: HeldUser | None) -> HeldUser:
    ties = then.student_relationships if then else ()
    return replace(row, roles=then.roles if then else (), student_relationships=ties)


def _filled(row: HeldSection, then: HeldSection | None) -> HeldSection:
    teachers, students = (then.teachers, then.students) if then else ((), ())
    return replace(row, teachers=teachers, students=students)
