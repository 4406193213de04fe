"""Mistakes that apps which follow events make in their full syncs."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace

from variants.following import Following, FullSync, ReadsEvents
from variants.harbor import Run
from variants.harbor_events import HarborByEvents

from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row
from harness.demo.sync import Ids

ON_DEMAND = "full-sync-on-demand"


@mutant(
    "full-sync-archives-nobody",
    sees="who left before somebody pressed Sync Everything can still sign in",
    mistake="archives nothing in a full sync it is asked for, and skips the events until then",
    cause="full-sync-in-part",
    breaks={"R6"},
    plays={ON_DEMAND},
)
class FullSyncArchivesNobody(HarborByEvents):
    """A full sync is for what is missing; who leaves, the events say."""

    def read_all(self, run: Run, documents: sqlite3.Connection, *, on_demand: bool) -> None:
        if on_demand:
            asyncio.run(run.read(documents))
        else:
            super().read_all(run, documents, on_demand=on_demand)


class CreatesOnly(FullSync):
    """Reads everything, creates what it does not know, and archives what is gone."""

    created: set[str]

    def save(self, district: int, roster: Roster) -> dict[str, Ids]:
        self.created = set()
        return super().save(district, roster)

    def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
        ids: dict[str, int] = {}
        for row in rows:
            clever_id = str(row["clever_id"])
            known = self.store.find(table, row)
            if known is None:
                self.created.add(clever_id)
                known = self.store.save(table, district, row)
            ids[clever_id] = known
        return ids

    def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
        new = replace(
            roster,
            people=tuple(each for each in roster.people if each.clever_id in self.created),
            sections=tuple(each for each in roster.sections if each.clever_id in self.created),
        )
        super().link(new, saved)


@mutant(
    "full-sync-creates-only",
    sees="after Sync Everything people have old addresses and old classes",
    mistake="updates and restores nothing in a full sync it is asked for",
    cause="full-sync-in-part",
    breaks={"R5", "R6", "R9"},
    plays={ON_DEMAND},
)
class FullSyncCreatesOnly(ReadsEvents):
    """What we hold is up to date, since we follow the events."""

    district_sync = CreatesOnly


@mutant(
    "full-sync-updates-only",
    sees="who came before somebody pressed Sync Everything has no account",
    mistake="creates nobody in a full sync it is asked for",
    cause="full-sync-in-part",
    breaks={"R5"},
    plays={ON_DEMAND},
)
class FullSyncUpdatesOnly(ReadsEvents):
    """A full sync refreshes what we hold. Who is new, the events say."""

    class district_sync(FullSync):
        def read(self) -> Roster:
            first = self.store.cursor(self.district) is None
            roster = super().read()
            rows = self.store.db.execute("SELECT clever_id FROM users").fetchall()
            known = {row["clever_id"] for row in rows}
            people = (each for each in roster.people if first or each.clever_id in known)
            return replace(roster, people=tuple(people))


@mutant(
    "creates-only-after-a-gap",
    sees="after a break in winter people have old addresses and old classes",
    mistake="updates and restores nothing in the full sync that follows a gap in the events",
    cause="full-sync-in-part",
    breaks={"E1", "R6"},
    blocks={"R9"},
)
class CreatesOnlyAfterAGap(ReadsEvents):
    """After a gap we look for who is new and who is gone."""

    class following(Following):
        after_gap = False

        def read(self) -> Roster:
            cursor = self.store.cursor(self.district)
            self.after_gap = cursor is not None and not self.continues(cursor)
            return super().read()

        def apply(self, roster: Roster) -> None:
            if not self.after_gap:
                super().apply(roster)
                return
            full = CreatesOnly(self.reader, self.store)
            full.cursor = self.cursor
            full.apply(roster)
