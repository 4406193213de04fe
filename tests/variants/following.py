"""Following a district by its events, with a full sync at the start and whenever one is needed.

What Clever told of each record is kept beside the app's own tables. Events change that copy, in
the order they come, and then the app is brought in line with it as after any complete reading. The
copy and the cursor are written with what they led to, in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import httpx

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.profile import ANSWERS, PROFILE
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Roster
from harness.demo.schema import RECORDS, SCHEMA
from harness.demo.store import Store
from harness.demo.sync import DistrictSync, Ids

KINDS = ("districts", *RECORDS)
"""Records we follow; events of anything else are left alone."""
TABLES = """
CREATE TABLE IF NOT EXISTS cursors (
    district TEXT PRIMARY KEY,
    event TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS copies (
    district TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL
);
"""

Copy = dict[str, dict[str, Record]]
"""Kind → id → record as Clever told it last."""


class EventClient(Client):
    """Asks for events too."""

    def newest(self) -> str:
        """The id of the newest event, or "" when there is none."""
        page = next(iter(self.pages(self.events("?ending_before=last&limit=1"))))
        return str(page["data"][-1]["data"]["id"]) if page["data"] else ""

    def keeps(self, event: str) -> bool:
        """Whether Clever still has an event, so that those after it are all there.

        The list does not tell: after an event that is too old it begins with the oldest there is.
        """
        url = self.events(f"/{event}")
        answer = self.get(url, {"Authorization": f"Bearer {self.token()}"}, None)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return False
        if answer.status_code != httpx.codes.OK:
            raise Stopped(f"{url} was answered with {answer.status_code}, expected 200 or 404")
        return True

    def since(self, cursor: str) -> Iterable[Record]:
        """The events after one, in Clever's order."""
        return [event for events in self.batches(cursor) for event in events]

    def batches(self, cursor: str) -> Iterator[list[Record]]:
        """The same, page by page."""
        after = f"&starting_after={cursor}" if cursor else ""
        url = self.events(f"?limit={self.limit}{after}")
        for page in self.pages(url):
            yield [item["data"] for item in self.items(page, url)]

    def events(self, query: str) -> str:
        return f"{self.connection.api}/{self.version}/events{query}"


class EventReader(Reader):
    """Makes sense of the copy of a district instead of Clever's lists."""

    client: EventClient
    copy: Copy

    def records(self, kind: str) -> list[Record]:
        return list(self.copy.get(kind, {}).values())

    def fetch(self) -> None:
        """A copy of everything, from Clever's lists."""
        self.copy = {
            kind: {record["id"]: record for record in self.client.records(kind)} for kind in KINDS
        }

    def take(self, event: Record) -> None:
        """One event, whatever we know of its record: unknown is created, known is replaced."""
        kind, _, action = event["type"].partition(".")
        record = event["data"]["object"]
        if kind not in KINDS:
            return
        if action == "deleted":
            self.copy[kind].pop(record["id"], None)
        else:
            self.copy[kind][record["id"]] = record


class EventStore(Store):
    """Keeps, for each district, the copy and the last event that is in it."""

    schema = SCHEMA + TABLES

    def cursor(self, district: str) -> str | None:
        """The last event applied; None before the first full sync."""
        found = self.db.execute("SELECT event FROM cursors WHERE district = ?", (district,))
        row = found.fetchone()
        return None if row is None else str(row["event"])

    def set_cursor(self, district: str, event: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", (district, event))

    def copy(self, district: str) -> Copy:
        kept: Copy = {kind: {} for kind in KINDS}
        query = "SELECT kind, record FROM copies WHERE district = ? ORDER BY rowid"
        for row in self.db.execute(query, (district,)):
            record = json.loads(row["record"])
            kept[row["kind"]][record["id"]] = record
        return kept

    def set_copy(self, district: str, copy: Copy) -> None:
        self.db.execute("DELETE FROM copies WHERE district = ?", (district,))
        self.each(
            "INSERT INTO copies VALUES (?, ?, ?)",
            (
                (district, kind, json.dumps(record))
                for kind, records in copy.items()
                for record in records.values()
            ),
        )


class FullSync(DistrictSync):
    """Reads everything. Events that happen meanwhile are read again later, which does no harm."""

    reader: EventReader
    store: EventStore
    cursor: str

    @property
    def district(self) -> str:
        return self.reader.client.connection.district

    def read(self) -> Roster:
        self.cursor = self.reader.client.newest()
        self.reader.fetch()
        return self.reader.read()

    def save(self, district: int, roster: Roster) -> dict[str, Ids]:
        self.store.set_copy(self.district, self.reader.copy)
        self.store.set_cursor(self.district, self.cursor)
        return super().save(district, roster)


class Following(FullSync):
    """Reads what changed since the last time, or everything when that cannot be told."""

    def read(self) -> Roster:
        cursor = self.store.cursor(self.district)
        if cursor is None or not self.continues(cursor):
            return super().read()
        self.catch_up(cursor)
        return self.reader.read()

    def continues(self, cursor: str) -> bool:
        """Whether no event after the last one was missed: Clever keeps events for 30 days."""
        return not cursor or self.reader.client.keeps(cursor)

    def catch_up(self, cursor: str) -> None:
        """Whatever happened since: all of it is read before any of it counts."""
        self.follow(cursor, self.reader.client.since(cursor))

    def follow(self, cursor: str, events: Iterable[Record]) -> None:
        self.cursor = cursor
        self.reader.copy = self.store.copy(self.district)
        for event in events:
            self.reader.take(event)
            self.cursor = event["id"]


OWN: Mapping[str, str] = {
    "sync-frequency": "Every hour, by the events since the last time.",
}


@variant("reads-events", "it follows events after one full sync, and says so")
class ReadsEvents(DemoAdapter):
    """A full sync when a district connects, and from then on its events."""

    profile = replace(PROFILE, modes=(Mode.EVENTS,), answers={**ANSWERS, **OWN})
    client = EventClient
    reader = EventReader
    store = EventStore
    district_sync = FullSync
    following = Following

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """What the hourly job does for one district, or what "Sync everything" does."""
        return self.run_sync(
            connection, self.following if mode is Mode.EVENTS else self.district_sync
        )


class ClassroomReader(EventReader):
    """Leaves out who neither studies nor teaches, until an update says that they do."""

    def fetch(self) -> None:
        super().fetch()
        users = self.copy["users"].items()
        self.copy["users"] = {key: user for key, user in users if in_class(user)}

    def take(self, event: Record) -> None:
        record = event["data"]["object"]
        super().take(event)
        if event["type"].startswith("users.") and not in_class(record):
            self.copy["users"].pop(record["id"], None)


def in_class(user: Record) -> bool:
    return any(user["roles"].get(role) for role in ("student", "teacher"))


@variant("follows-classrooms", "it follows the events of students and teachers alone")
class FollowsClassrooms(ReadsEvents):
    """Whoever becomes a teacher is new to it with an event that says `updated`."""

    profile = replace(
        ReadsEvents.profile,
        not_held=dict.fromkeys(
            ("staff", "district_admins", "contacts"), "The app is for classrooms."
        ),
    )
    reader = ClassroomReader
