"""Harbor by events: it applies each event to the document it is about, and keeps no other copy."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import httpx
from variants.harbor import KINDS, GaveUp, Harbor, Run

from harness.contract.connection import Connection
from harness.contract.sync import Mode
from harness.demo.registry import variant

FEEDS = "CREATE TABLE IF NOT EXISTS feeds (district TEXT PRIMARY KEY, event TEXT)"
GONE = "UPDATE documents SET archived = 1 WHERE district = ? AND kind = ? AND clever_id = ?"


class Follower(Run):
    """A run that knows the last event it has applied."""

    async def newest(self) -> str:
        """The id of the newest event, or ""; asked for before a reading of everything."""
        async with self._signed_in() as http:
            page = await self._asked(http, f"{self._events}?ending_before=last&limit=1")
        return page["data"][-1]["data"]["id"] if page["data"] else ""

    async def since(self, last: str) -> list[Mapping[str, Any]] | None:
        """All events after one; None if Clever no longer keeps that one."""
        async with self._signed_in() as http:
            if last:
                kept = await http.get(f"{self._events}/{last}")
                if kept.status_code == httpx.codes.NOT_FOUND:
                    return None
                if kept.status_code != httpx.codes.OK:
                    raise GaveUp(f"{kept.url}: status {kept.status_code}")
            path = f"/v3.0/events?limit=300{f'&starting_after={last}' if last else ''}"
            return await self.listed(http, path)

    async def listed(self, http: httpx.AsyncClient, path: str) -> list[Mapping[str, Any]]:
        """The events of a page and of all that follow it."""
        found = []
        while path:
            page = await self._asked(http, f"{self.connection.api}{path}")
            found += [item["data"] for item in page["data"]]
            path = next((link["uri"] for link in page["links"] if link["rel"] == "next"), "")
        return found

    def apply(self, documents: sqlite3.Connection, events: Iterable[Mapping[str, Any]]) -> None:
        """Each event in its turn, whatever is known of its record."""
        for event in events:
            kind, _, action = event["type"].partition(".")
            record = event["data"]["object"]
            if kind in KINDS and action == "deleted":
                documents.execute(GONE, (self.connection.district, kind, record["id"]))
            elif kind in KINDS:
                self.keep(documents, kind, [record])

    @property
    def _events(self) -> str:
        return f"{self.connection.api}/v3.0/events"


@variant("another-app-by-events", "it applies each event to its record, and has no other copy")
class HarborByEvents(Harbor):
    """A reading of everything first, on demand, and when the last event is no longer kept."""

    profile = replace(Harbor.profile, modes=(Mode.EVENTS,))

    def _started(self, connection: Connection) -> Run:
        return Follower(connection, uuid.uuid4().hex, self._clock)

    def _run(self, run: Run, documents: sqlite3.Connection, mode: Mode) -> None:
        assert isinstance(run, Follower)
        documents.execute(FEEDS)
        mine = (run.connection.district,)
        known = documents.execute("SELECT event FROM feeds WHERE district = ?", mine).fetchone()
        events = None
        if mode is Mode.EVENTS and known:
            events = asyncio.run(run.since(known["event"]))
        if events is None:
            last = asyncio.run(run.newest())
            self.read_all(run, documents, on_demand=mode is Mode.FULL)
        else:
            run.apply(documents, events)
            last = events[-1]["id"] if events else known["event"]
        documents.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?)", (*mine, last))

    def read_all(self, run: Run, documents: sqlite3.Connection, *, on_demand: bool) -> None:
        """Every list, and whatever is in none of them is archived."""
        super()._run(run, documents, Mode.FULL)
