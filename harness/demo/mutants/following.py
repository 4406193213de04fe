"""Mistakes in following a district by its events."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync
from harness.demo.client import Record
from harness.demo.roster import Roster
from harness.demo.rows import user_row
from harness.demo.store import Row
from harness.demo.sync import Ids
from harness.demo.variants.following import (
    EventReader,
    EventStore,
    Following,
    ReadsEvents,
)


class IgnoresDeletedEvents(ReadsEvents):
    """What was deleted is dealt with by the full sync that somebody will start some day."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            if not event["type"].endswith(".deleted"):
                super().take(event)


class IgnoresUpdatedSections(ReadsEvents):
    """A class is created and deleted; whatever else happens to it is about people."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            if event["type"] != "sections.updated":
                super().take(event)


class FollowsPeopleAndClassesOnly(ReadsEvents):
    """Terms and courses are read once; they hardly ever change."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            if event["type"].partition(".")[0] in ("users", "sections"):
                super().take(event)


class CreatesForEveryCreated(ReadsEvents):
    """The event says created, so a record is created."""

    class store(EventStore):
        schema = EventStore.schema.replace("clever_id TEXT UNIQUE", "clever_id TEXT")

    class following(Following):
        def read(self) -> Roster:
            self.new: dict[str, Row] = {}
            return super().read()

        def follow(self, cursor: str, events: Iterable[Record]) -> None:
            events = list(events)
            created = (one["data"]["object"] for one in events if one["type"] == "users.created")
            self.new = {record["id"]: user_row(self.reader.person(record)) for record in created}
            super().follow(cursor, events)

        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            if table != "users":
                return super().keep(table, district, rows)
            ids = {id: self.store.create(table, district, row) for id, row in self.new.items()}
            known = (row for row in rows if row["clever_id"] not in ids)
            return {**super().keep(table, district, known), **ids}


class NeverReadsAgain(ReadsEvents):
    """Since there are events, the old full sync is switched off after the first one."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return super().sync(connection, Mode.EVENTS)
