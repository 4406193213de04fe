"""Mistakes of an app that keeps documents page by page, and shares no code with the demo."""

from __future__ import annotations

import asyncio
import sqlite3
import time
import uuid
from collections.abc import Iterable
from json import dumps

import httpx
from variants.harbor import KEEP, Document, Harbor, Run

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.registry import mutant


class _Running(Harbor):
    """An app whose run has a mistake."""

    reader: type[Run] = Run

    def _started(self, connection: Connection) -> Run:
        return self.reader(connection, uuid.uuid4().hex, self._clock)


class _WithOneToken(Run):
    """A run that asks for a token if nobody has asked before."""

    tokens: dict[str, str]

    async def token(self, http: httpx.AsyncClient) -> str:
        client = self.connection.client_id
        if client not in self.tokens:
            self.tokens[client] = await super().token(http)
        return self.tokens[client]


@mutant(
    "one-token-for-the-whole-app",
    sees="every district has the people of the first one",
    mistake="caches a token by the id of the client, which is the same for all districts",
    cause="token-of-another-district",
    breaks={"G6"},
    blocks={"R1", "R2", "R5", "R6", "R8", "R9", "G1", "G2", "T1", "T6", "T7"},
)
class OneTokenForTheWholeApp(_Running):
    """A client has a token."""

    reader = _WithOneToken

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.tokens: dict[str, str] = {}

    def _started(self, connection: Connection) -> Run:
        run = super()._started(connection)
        assert isinstance(run, _WithOneToken)
        run.tokens = self.tokens
        return run


class _WithNews(Run):
    """A run that asks first when Clever read the district."""

    async def last_sync(self) -> str:
        async with self._signed_in() as http:
            found = await self._asked(http, f"{self.connection.api}/v3.0/districts")
        return str(found["data"][0]["data"].get("last_sync"))


@mutant(
    "comes-when-there-is-news",
    sees="a student whom the district shares no longer can still sign in",
    mistake="reads no list while `last_sync` of the district is what it was",
    cause="waits-for-last-sync",
    breaks={"R5", "R6"},
    plays={"old-data"},
)
class ComesWhenThereIsNews(_Running):
    """What Clever has not read again it cannot have changed."""

    reader = _WithNews

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.known: dict[str, str] = {}

    def _run(self, run: Run, documents: sqlite3.Connection, mode: Mode) -> None:
        assert isinstance(run, _WithNews)
        news = asyncio.run(run.last_sync())
        if self.known.get(run.connection.district) != news:
            super()._run(run, documents, mode)
            self.known[run.connection.district] = news


@mutant(
    "sails-once-a-day",
    sees="whoever asks for a sync is told that it is done, and nothing has changed",
    mistake="leaves out a sync if the district was synced less than twenty hours ago",
    cause="nothing-asked",
    breaks={"R10"},
    blocks={
        "D1",
        "G2",
        "G3",
        "G4",
        "G5",
        "G6",
        "G8",
        "G10",
        "R1",
        "R2",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "T1",
        "T2",
        "T3",
        "T5",
        "T6",
        "T7",
    },
)
class SailsOnceADay(Harbor):
    """The scheduler starts some jobs twice, and the second run has nothing to do."""

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.ended: dict[str, float] = {}

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        if time.time() < self.ended.get(connection.district, 0) + 20 * 3600:
            return Sync(state=SyncState.COMPLETED)
        done = super().sync(connection, mode)
        if done.state is SyncState.COMPLETED:
            self.ended[connection.district] = time.time()
        return done


REPLACE = KEEP.partition("ON CONFLICT")[0].replace("INSERT", "INSERT OR REPLACE", 1)


class _Replacing(Run):
    """A run that compares nothing but people."""

    def keep(self, documents: sqlite3.Connection, kind: str, found: Iterable[Document]) -> None:
        if kind == "users":
            super().keep(documents, kind, found)
            return
        district = self.connection.district
        for record in found:
            new = (uuid.uuid4().hex, district, kind, record["id"], dumps(record), self.name)
            documents.execute(REPLACE, new)


@mutant(
    "replaces-whatever-has-no-work",
    sees="links to a class are dead the next morning",
    mistake="writes all records but people with INSERT OR REPLACE, which gives them new keys",
    cause="recreates",
    breaks={"R6", "G5"},
)
class ReplacesWhateverHasNoWork(_Running):
    """One statement writes a record, whether it is there or not; lessons belong to people alone."""

    reader = _Replacing
