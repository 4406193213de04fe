"""Mistakes with events that break off, or that come again."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import json
from collections.abc import Iterable

from variants.catching_up import AppliesAgain, OneCursorASync
from variants.following import (
    KINDS,
    ClassroomReader,
    EventReader,
    EventStore,
    Following,
    FollowsClassrooms,
    ReadsEvents,
)

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.client import Record, Stopped
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row
from harness.demo.sync import Ids


@mutant(
    "advances-its-cursor-first",
    sees="who came or left in a bad night is never dealt with",
    mistake="stores the newest event as its cursor before it has read and applied what leads there",
    cause="skips-events-after-failure",
    breaks={"E1", "T6"},
)
class AdvancesItsCursorFirst(ReadsEvents):
    """The newest event is noted, and then everything up to it is read."""

    class following(Following):
        def catch_up(self, cursor: str) -> None:
            newest = self.reader.client.newest()
            with self.store.transaction():
                self.store.set_cursor(self.district, newest)
            super().catch_up(cursor)


@mutant(
    "skips-what-broke-off",
    sees="who came or left in a bad night is never dealt with",
    mistake="takes the newest event for its cursor when events could not be read",
    cause="skips-events-after-failure",
    breaks={"E1", "T6"},
)
class SkipsWhatBrokeOff(ReadsEvents):
    """What cannot be read must not be in the way for ever, so the next sync begins after it."""

    class following(Following):
        def catch_up(self, cursor: str) -> None:
            try:
                super().catch_up(cursor)
            except Stopped:
                newest = self.reader.client.newest()
                with self.store.transaction():
                    self.store.set_cursor(self.district, newest)
                raise


@mutant(
    "keeps-its-cursor-in-memory",
    sees="what happened before a restart is never dealt with",
    mistake="forgets its cursor when its worker fails, and goes on with the newest event",
    cause="skips-events-after-failure",
    breaks={"E1", "T6"},
)
class KeepsItsCursorInMemory(ReadsEvents):
    """A worker knows how far it is. When it ends with an error, the next one starts with now."""

    class store(EventStore):
        def lose_cursor(self, district: str) -> None:
            if self.cursor(district) is not None:
                self.set_cursor(district, "")

    class following(Following):
        def catch_up(self, cursor: str) -> None:
            super().catch_up(cursor or self.reader.client.newest())

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        ended = super().sync(connection, mode)
        if ended.state is not SyncState.COMPLETED:
            with self.store.open(self.database) as store, store.transaction():
                store.lose_cursor(connection.district)
        return ended


@mutant(
    "applies-newest-first",
    sees="people have addresses that were put right long ago",
    mistake="applies the events of a sync from the newest to the oldest",
    cause="diverges-after-events",
    breaks={"E1"},
)
class AppliesNewestFirst(ReadsEvents):
    """What happened last matters most, so it is dealt with first."""

    class following(Following):
        def follow(self, cursor: str, events: Iterable[Record]) -> None:
            events = list(events)
            super().follow(cursor, reversed(events))
            self.cursor = events[-1]["id"] if events else cursor


@mutant(
    "applies-the-rest-later",
    sees="after a bad night people have old addresses again",
    mistake="keeps events read before they broke off, and applies them after those that follow",
    cause="diverges-after-events",
    breaks={"E1"},
)
class AppliesTheRestLater(ReadsEvents):
    """The pages that came before the events broke off are kept, and applied next time as well."""

    class store(EventStore):
        schema = EventStore.schema + "CREATE TABLE IF NOT EXISTS later (district TEXT, event TEXT);"

    class following(Following):
        def catch_up(self, cursor: str) -> None:
            mine, kept = (self.district,), "SELECT event FROM later WHERE district = ?"
            rows = self.store.db.execute(kept, mine).fetchall()
            read: list[Record] = []
            try:
                for events in self.reader.client.batches(cursor):
                    read += events
            except Stopped:
                with self.store.transaction():
                    told = ((self.district, json.dumps(event)) for event in read)
                    self.store.each("INSERT INTO later VALUES (?, ?)", told)
                raise
            self.follow(cursor, [*read, *(json.loads(row["event"]) for row in rows)])
            self.cursor = read[-1]["id"] if read else cursor
            with self.store.transaction():
                self.store.db.execute("DELETE FROM later WHERE district = ?", mine)


@mutant(
    "creates-again-what-it-met",
    sees="students have two accounts after a bad night",
    mistake="creates an account for an event `users.created` although there is one in use",
    cause="creates-at-every-event",
    breaks={"E1", "R1"},
)
class CreatesAgainWhatItMet(AppliesAgain):
    """The event says created. Only who is archived is looked up, to be restored."""

    class store(EventStore):
        schema = EventStore.schema.replace("clever_id TEXT UNIQUE", "clever_id TEXT")

    class following(OneCursorASync):
        new: frozenset[str] = frozenset()

        def follow(self, cursor: str, events: Iterable[Record]) -> None:
            events = list(events)
            created = (one for one in events if one["type"] == "users.created")
            self.new = frozenset(one["data"]["object"]["id"] for one in created)
            super().follow(cursor, events)

        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            rows = list(rows)
            if table == "users":
                active = self.store.active(table, district)
                for row in rows:
                    if row["clever_id"] in self.new and self.store.find(table, row) in active:
                        self.store.create(table, district, row)
                self.new = frozenset()
            return super().keep(table, district, rows)


@mutant(
    "trips-over-known-records",
    sees="after a bad night nothing is updated any more",
    mistake="takes for granted that it does not hold what is created",
    cause="fails-on-known-events",
    breaks={"E1", "G1"},
)
class TripsOverKnownRecords(AppliesAgain):
    """What is created was not there before."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            id = event["data"]["object"]["id"]
            if action == "created" and id in self.copy.get(kind, {}):
                raise ValueError(f"{kind} {id} exists already")
            super().take(event)


@mutant(
    "trips-over-what-is-gone",
    sees="after a bad night nothing is updated any more",
    mistake="takes for granted that it holds what is deleted",
    cause="fails-on-known-events",
    breaks={"E1", "G1"},
)
class TripsOverWhatIsGone(AppliesAgain):
    """What is deleted was there before."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            if action == "deleted" and kind in KINDS:
                del self.copy[kind][event["data"]["object"]["id"]]
            super().take(event)


@mutant(
    "purges-what-is-deleted-twice",
    sees="who has left is deleted with all work after a bad night",
    mistake="deletes who is archived already when an event `users.deleted` comes again",
    cause="diverges-after-events",
    breaks={"E1", "R6"},
)
class PurgesWhatIsDeletedTwice(ReadsEvents):
    """What is deleted goes into the archive, and what is deleted from there is gone."""

    class following(Following):
        deleted: tuple[str, ...] = ()

        def follow(self, cursor: str, events: Iterable[Record]) -> None:
            events = list(events)
            gone = (one for one in events if one["type"] == "users.deleted")
            self.deleted = tuple(one["data"]["object"]["id"] for one in gone)
            super().follow(cursor, events)

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            saved = super().save(district, roster)
            told = ((id,) for id in self.deleted)
            archived = "SELECT id FROM users WHERE clever_id = ? AND archived"
            rows = [(row,) for one in told if (row := self.store.value(archived, *one))]
            self.store.each("DELETE FROM progress WHERE user_id = ?", rows)
            self.store.each("DELETE FROM users WHERE id = ?", rows)
            return saved


@mutant(
    "trips-over-unknown-updates",
    sees="one record that was never read, and nothing is updated any more",
    mistake="ends the sync at an update of a record that it does not hold",
    cause="fails-on-known-events",
    breaks={"G1"},
    blocks={"E1"},
)
class TripsOverUnknownUpdates(ReadsEvents):
    """What is updated was there before; if not, something is wrong and a person must look."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            id = event["data"]["object"]["id"]
            if action == "updated" and kind in KINDS and id not in self.copy[kind]:
                raise Stopped(f"Clever updates {kind} {id}, which it never gave us")
            super().take(event)


@mutant(
    "awaits-their-creation",
    sees="an administrator who takes over a class has no account",
    mistake="follows students and teachers alone, and leaves out updates of all others",
    cause="ignores-events",
    breaks={"E1"},
)
class AwaitsTheirCreation(FollowsClassrooms):
    """An account begins with the event that says `created`."""

    class reader(ClassroomReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            if action != "updated" or event["data"]["object"]["id"] in self.copy.get(kind, {}):
                super().take(event)


@mutant(
    "leaves-out-the-rest-of-a-night",
    sees="whatever happened in the same night as one odd event never arrives",
    mistake="applies no more events of a sync after an update of a record that it does not hold",
    cause="diverges-after-events",
    breaks={"R9", "E1"},
)
class LeavesOutTheRestOfANight(ReadsEvents):
    """An odd event ends the list, which is logged; the next sync goes on with what is newer."""

    class reader(EventReader):
        gave_up = False

        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            known = self.copy.get(kind, {})
            self.gave_up |= action == "updated" and event["data"]["object"]["id"] not in known
            if not self.gave_up:
                super().take(event)
