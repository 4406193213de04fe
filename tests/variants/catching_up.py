"""Other right ways to follow events: what is applied when, and what follows a feed that breaks."""

from __future__ import annotations

from collections.abc import Iterable

import httpx
from variants.following import KINDS, EventClient, EventReader, EventStore, Following, ReadsEvents

from harness.demo.client import Record, Stopped
from harness.demo.registry import variant

MANY = 400
"""Events from which on a full sync takes fewer requests than reading each record."""


class ByPages(Following):
    """Applies every page as soon as it is there, and keeps the cursor with it."""

    def catch_up(self, cursor: str) -> None:
        self.follow(cursor, ())
        for events in self.reader.client.batches(cursor):
            self.follow(self.cursor, events)
            self.apply(self.reader.read())


@variant("applies-page-by-page", "it applies every page of events, and its cursor with it")
class AppliesPageByPage(ReadsEvents):
    """When the events break off, the next sync goes on with the first page that was not read."""

    following = ByPages


class OneCursorASync(Following):
    """Applies every page as soon as it is there, and keeps the cursor when all are applied."""

    def catch_up(self, cursor: str) -> None:
        self.follow(cursor, ())
        for events in self.reader.client.batches(cursor):
            self.follow(self.cursor, events)
            last, self.cursor = self.cursor, cursor
            self.apply(self.reader.read())
            self.cursor = last


@variant("applies-again", "it applies events again when they broke off")
class AppliesAgain(ReadsEvents):
    """When the events break off, the next sync applies them again from the first one on."""

    following = OneCursorASync


class RecordClient(EventClient):
    """Asks for single records too."""

    def now(self, kind: str, id: str) -> Record | None:
        """A record as it is by now; None when Clever does not share it any more."""
        url = f"{self.connection.api}/{self.version}/{kind}/{id}"
        response = self.get(url, {"Authorization": f"Bearer {self.token()}"}, None)
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        if response.status_code != httpx.codes.OK:
            raise Stopped(f"{url} was answered with {response.status_code}", response.status_code)
        page = self.content(response)
        if not isinstance(page, dict) or not isinstance(page.get("data"), dict):
            raise Stopped(f"{url} was answered with JSON that is no record")
        record: Record = page["data"]
        return record


@variant("reads-touched-records", "it reads every record that an event names")
class ReadsTouchedRecords(ReadsEvents):
    """An event says that something happened to a record; what it is by now, the Data API says."""

    client = RecordClient

    class reader(EventReader):  # noqa: N801 - takes the place of a part of the app
        client: RecordClient

        def take(self, event: Record) -> None:
            super().take(event)
            kind, _, action = event["type"].partition(".")
            if kind in KINDS and action != "deleted":
                id = event["data"]["object"]["id"]
                if (record := self.client.now(kind, id)) is not None:
                    self.copy[kind][id] = record  # of what is gone by now an event will tell

    class following(Following):  # noqa: N801 - takes the place of a part of the app
        def follow(self, cursor: str, events: Iterable[Record]) -> None:
            events = list(events)
            if len(events) <= MANY:
                super().follow(cursor, events)
            else:
                self.cursor = self.reader.client.newest()
                self.reader.fetch()


class ForgettingStore(EventStore):
    """Can start over."""

    def forget(self, district: str) -> None:
        self.db.execute("DELETE FROM cursors WHERE district = ?", (district,))


@variant("starts-over", "after events that broke off it makes a full sync")
class StartsOver(ReadsEvents):
    """When the events break off, the next sync is a full one."""

    store = ForgettingStore

    class following(Following):  # noqa: N801 - takes the place of a part of the app
        store: ForgettingStore

        def catch_up(self, cursor: str) -> None:
            try:
                super().catch_up(cursor)
            except Stopped:
                with self.store.transaction():
                    self.store.forget(self.district)
                raise
