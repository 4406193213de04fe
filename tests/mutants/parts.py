"""Mistakes that lose a part of what each sync has to apply, in an app of another design."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from json import dumps, loads
from typing import Any

from variants.harbor import Document, Harbor, Run
from variants.harbor_events import Follower, HarborByEvents

from harness.contract.connection import Connection
from harness.contract.sync import Mode
from harness.demo.registry import mutant

Event = Mapping[str, Any]


class FollowerFromTheSecond(Follower):
    """Takes the first event that comes for the one it stopped at."""

    def apply(self, documents: sqlite3.Connection, events: Iterable[Event]) -> None:
        super().apply(documents, list(events)[1:])


@mutant(
    "skips-the-first-event",
    sees="every night the change of one record is lost",
    mistake="takes the first event of each sync for the last one that it has applied",
    cause="loses-part:first-event",
    breaks={"E1", "R5", "R6", "T6"},
    blocks={"T2"},
)
class SkipsTheFirstEvent(HarborByEvents):
    """`starting_after` is thought to begin with the event that it names."""

    def _started(self, connection: Connection) -> Run:
        run = super()._started(connection)
        return FollowerFromTheSecond(connection, run.name, run.clock)


WAITING = (
    "CREATE TABLE IF NOT EXISTS waiting (district TEXT, number INTEGER PRIMARY KEY, body TEXT)"
)


class Collector(Follower):
    """Applies events when enough of them have come together."""

    enough = 40

    def apply(self, documents: sqlite3.Connection, events: Iterable[Event]) -> None:
        documents.execute(WAITING)
        mine = (self.connection.district,)
        new = [(*mine, dumps(event)) for event in events]
        documents.executemany("INSERT INTO waiting (district, body) VALUES (?, ?)", new)
        rows = documents.execute(
            "SELECT body FROM waiting WHERE district = ? ORDER BY number", mine
        ).fetchall()
        if len(rows) >= self.enough:
            super().apply(documents, (loads(row["body"]) for row in rows))
            documents.execute("DELETE FROM waiting WHERE district = ?", mine)


@mutant(
    "collects-events",
    sees="a district where little changes is never up to date",
    mistake="keeps events until forty have come together, and says that it completed",
    cause="loses-part:few-changes",
    breaks={"E1", "G4", "R5", "R6", "R9", "T6"},
    blocks={"T2"},
    plays={"comings-and-goings"},
)
class CollectsEvents(HarborByEvents):
    """Writing is slow, so it is done in bulk."""

    def _started(self, connection: Connection) -> Run:
        run = super()._started(connection)
        return Collector(connection, run.name, run.clock)


LEFT = """
    SELECT rowid FROM documents WHERE district = ? AND seen <> ? AND NOT archived
    ORDER BY rowid LIMIT 15 OFFSET ?"""


@mutant(
    "archives-by-offset",
    sees="after a rollover half of last year's classes are still there",
    mistake="archives in steps, each with an offset into the list of those that are still in use",
    cause="loses-part:many-changes",
    breaks={"R6"},
)
class ArchivesByOffset(Harbor):
    """Fifteen rows at a time, so that nobody has to wait for a lock."""

    def _run(self, run: Run, documents: sqlite3.Connection, mode: Mode) -> None:
        archived = [
            row["key"] for row in documents.execute("SELECT key FROM documents WHERE archived")
        ]
        super()._run(run, documents, mode)
        mine = (run.connection.district, run.name)
        documents.execute(
            "UPDATE documents SET archived = 0 WHERE district = ? AND seen <> ? AND key NOT IN "
            f"({','.join('?' * len(archived))})",
            (*mine, *archived),
        )
        offset = 0
        while rows := documents.execute(LEFT, (*mine, offset)).fetchall():
            for row in rows:
                documents.execute(
                    "UPDATE documents SET archived = 1 WHERE rowid = ?", (row["rowid"],)
                )
            offset += len(rows)


class Counter(Run):
    """Takes a class with as many members as before for one that did not change."""

    def keep(self, documents: sqlite3.Connection, kind: str, found: Iterable[Document]) -> None:
        if kind != "sections":
            super().keep(documents, kind, found)
            return
        for record in found:
            row = documents.execute(
                "SELECT body FROM documents WHERE kind = 'sections' AND clever_id = ?",
                (record["id"],),
            ).fetchone()
            if row and _size(loads(row["body"])) == _size(record):
                documents.execute(
                    "UPDATE documents SET seen = ?, archived = 0"
                    " WHERE kind = 'sections' AND clever_id = ?",
                    (self.name, record["id"]),
                )
            else:
                super().keep(documents, kind, [record])


def _size(section: Document) -> tuple[int, int]:
    return len(section.get("students") or ()), len(section.get("teachers") or ())


@mutant(
    "counts-members",
    sees="when two students change places, each sees the class of the other",
    mistake="takes a class that has as many members as before for unchanged",
    cause="in-common:same-number",
    breaks={"R5", "R9"},
)
class CountsMembers(Harbor):
    """The number of members tells whether there is anything to do."""

    def _started(self, connection: Connection) -> Run:
        run = super()._started(connection)
        return Counter(connection, run.name, run.clock)
