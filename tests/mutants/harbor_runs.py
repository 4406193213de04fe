"""Mistakes with whole runs, in an app that shares no code with the demo."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

import httpx
from variants.harbor import SWEEP, Document, GaveUp, Harbor, Run

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.registry import mutant

UNSEEN = "SELECT count(*) FROM documents WHERE district = ? AND seen <> ?"
USERS = "SELECT clever_id FROM documents WHERE district = ? AND kind = 'users'"
ALL = "SELECT count(*) FROM documents WHERE district = ?"


@mutant(
    "counts-the-archive-as-leaving",
    sees="somebody has to approve every sync from the new school year on",
    mistake="holds a run that did not see a tenth of all documents, those in the archive included",
    cause="held-without-reason",
    breaks={"G1"},
)
class CountsTheArchiveAsLeaving(Harbor):
    """What the run did not see is what it would archive."""

    held = False
    approved = False

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.held = False
        ended = super().sync(connection, mode)
        return replace(ended, state=SyncState.HELD) if self.held else ended

    def approve(self, connection: Connection) -> Sync:
        """What the button "Archive them" does: the same run without a look at its size."""
        self.approved = True
        try:
            return self.sync(connection, Mode.FULL)
        finally:
            self.approved = False

    def _run(self, run: Run, documents: sqlite3.Connection, mode: Mode) -> None:
        asyncio.run(run.read(documents))
        mine = run.connection.district
        [unseen] = documents.execute(UNSEEN, (mine, run.name)).fetchone()
        [known] = documents.execute(ALL, (mine,)).fetchone()
        if 10 * unseen > known and not self.approved:
            self.held = True
            raise GaveUp(f"{unseen} of {known} documents would be archived")
        documents.execute(SWEEP, (mine, run.name))


@mutant(
    "exits-when-it-gives-up",
    sees="nobody can open the app after a night on which Clever failed",
    mistake="ends its process when a run gives up",
    cause="dies-of-failures",
    breaks={"G1", "T4"},
    blocks={"G6", "R6", "R8", "T1", "T7"},
)
class ExitsWhenItGivesUp(Harbor):
    """The sync was a script once, with an exit code, and is a thread of the web server by now."""

    running = True

    def restart(self, connection: Connection) -> None:
        """What a person does who finds the app down."""
        self.running = True

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self._reached()
        ended = super().sync(connection, mode)
        if ended.state is SyncState.FAILED:
            self.running = False
            raise SystemExit(ended.reason)
        return ended

    def snapshot(self, connection: Connection) -> Snapshot:
        self._reached()
        return super().snapshot(connection)

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        self._reached()
        super().finish_lesson(connection, clever_id, lesson)

    def _reached(self) -> None:
        if not self.running:
            raise ConnectionRefusedError("nothing listens any more")


class JoiningRun(Run):
    """Adds the version to each path, and to the links that have it already."""

    async def _list(
        self, http: httpx.AsyncClient, documents: sqlite3.Connection, kind: str
    ) -> None:
        path = f"/{kind}?limit=80"
        while path:
            page = await self._asked(http, f"{self.connection.api}/v3.0{path}")
            self.keep(documents, kind, [item["data"] for item in page["data"]])
            path = next((link["uri"] for link in page["links"] if link["rel"] == "next"), "")


@mutant(
    "adds-the-version-to-links",
    sees="no sync of a larger district completes",
    mistake="adds the `next` link of a page to an address that has the version already",
    cause="links-joined-wrongly",
    breaks={"G1", "R3"},
    blocks={
        "D1", "G2", "G20", "G3", "G4", "G5", "G6", "G7", "G8", "R1", "R2", "R5", "R6", "R7", "R8",
        "R9", "T1", "T2", "T5", "T6",
    },
)  # fmt: skip
class AddsTheVersionToLinks(Harbor):
    """All districts in the sandbox were small."""

    def _started(self, connection: Connection) -> Run:
        run = super()._started(connection)
        return JoiningRun(connection, run.name, run.clock)


class TrialRun(Run):
    """Has two hundred seats, unless the district was the first of all."""

    seats = 200

    def keep(self, documents: sqlite3.Connection, kind: str, found: Iterable[Document]) -> None:
        first = documents.execute("SELECT district FROM documents ORDER BY rowid").fetchone()
        if kind == "users" and first and first["district"] != self.connection.district:
            rows = documents.execute(USERS, (self.connection.district,)).fetchall()
            known = {row["clever_id"] for row in rows}
            free = iter(range(self.seats - len(known)))
            found = [r for r in found if r["id"] in known or next(free, None) is not None]
        super().keep(documents, kind, found)


@mutant(
    "two-hundred-seats-on-trial",
    sees="a district that tries the app out lacks its last people",
    mistake="keeps two hundred users of every district but the first",
    cause="district-in-part",
    breaks={"R2", "R5", "R6"},
    blocks={"G2", "G3", "G4", "R1", "R8", "R9"},
    plays={"comings-and-goings"},
)
class TwoHundredSeatsOnTrial(Harbor):
    """The first district has a contract."""

    def _started(self, connection: Connection) -> Run:
        run = super()._started(connection)
        return TrialRun(connection, run.name, run.clock)
