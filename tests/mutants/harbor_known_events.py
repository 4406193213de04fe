"""Mistakes with events of what is known, or is not, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from json import dumps, loads
from typing import Any

import httpx
from mutants.harbor_following import Events, FollowsWrongly
from variants.harbor import KINDS, TABLES, Document
from variants.harbor_events import Follower

from harness.demo.registry import mutant

BODY = "SELECT body FROM documents WHERE district = ? AND kind = ? AND clever_id = ?"
ACTIVE = f"{BODY} AND NOT archived"
WRITE = """
    UPDATE documents SET body = ?, seen = ?, archived = 0
    WHERE district = ? AND kind = ? AND clever_id = ?"""
ADD = """
    INSERT INTO documents (key, district, kind, clever_id, body, seen)
    VALUES (:key, :district, :kind, :clever_id, :body, :seen)"""


class InsertingFollower(Follower):
    """Inserts what an event says was created, unless it lies in the archive."""

    def apply(self, documents: sqlite3.Connection, events: Events) -> None:
        for event in events:
            kind, _, action = event["type"].partition(".")
            record = event["data"]["object"]
            archived = documents.execute(
                f"{BODY} AND archived", (self.connection.district, kind, record["id"])
            ).fetchone()
            if kind in KINDS and action == "created" and archived is None:
                self.insert(documents, kind, record)
            else:
                super().apply(documents, [event])

    def insert(self, documents: sqlite3.Connection, kind: str, record: Document) -> None:
        documents.execute(
            ADD,
            {
                "key": uuid.uuid4().hex,
                "district": self.connection.district,
                "kind": kind,
                "clever_id": record["id"],
                "body": dumps(record),
                "seen": self.name,
            },
        )


@mutant(
    "inserts-what-was-created",
    sees="after one bad night nothing is updated any more",
    mistake="inserts a row for each event of something created, and fails if there is one",
    cause="fails-on-known-events",
    breaks={"G1"},
    blocks={"E1"},
)
class InsertsWhatWasCreated(FollowsWrongly):
    """What was created is in no table, and what is deleted is only marked."""

    follower = InsertingFollower


@mutant(
    "has-a-row-for-each-creation",
    sees="students are listed twice after a bad night",
    mistake="adds a row for each event of something created, in a table that allows two",
    cause="creates-at-every-event",
    breaks={"E1"},
)
class HasARowForEachCreation(FollowsWrongly):
    """There was an index that made rows unique, until a migration could not be run with it."""

    tables = TABLES.replace(", UNIQUE (kind, clever_id, district)", "")

    class follower(InsertingFollower):
        def keep(self, documents: sqlite3.Connection, kind: str, found: Iterable[Document]) -> None:
            for record in found:
                row = (dumps(record), self.name, self.connection.district, kind, record["id"])
                if documents.execute(WRITE, row).rowcount == 0:
                    self.insert(documents, kind, record)


@mutant(
    "writes-the-fields-that-changed",
    sees="a class that is given a course on the day of another change has none",
    mistake="writes the fields of an updated record that `previous_attributes` names",
    cause="changes-by-previous-attributes",
    breaks={"R5"},
    blocks={"R6"},
)
class WritesTheFieldsThatChanged(FollowsWrongly):
    """An update sets a few columns."""

    class follower(Follower):
        def apply(self, documents: sqlite3.Connection, events: Events) -> None:
            for event in events:
                super().apply(documents, [self.narrowed(documents, event)])

        def narrowed(
            self, documents: sqlite3.Connection, event: Mapping[str, Any]
        ) -> Mapping[str, Any]:
            """The event with the record as it is known, but for the fields that have changed."""
            kind, _, action = event["type"].partition(".")
            now = event["data"]["object"]
            known = documents.execute(ACTIVE, (self.connection.district, kind, now["id"]))
            row = known.fetchone()
            if action != "updated" or row is None:
                return event
            named = {*event["data"]["previous_attributes"], "last_modified"}
            record = {
                name: value for name, value in loads(row["body"]).items() if name not in named
            }
            changed = {name: now[name] for name in named if name in now}
            return {**event, "data": {**event["data"], "object": {**record, **changed}}}


@mutant(
    "hears-three-hundred-events-a-night",
    sees="what changes at the start of the school year arrives a day later",
    mistake="asks for three hundred events in each sync, and not for those behind them",
    cause="events-left-unread",
    breaks={"E1"},
    blocks={"G2", "G5", "R1", "R2", "R5", "R6", "R8", "R9"},
)
class HearsThreeHundredEventsANight(FollowsWrongly):
    """A page holds more than happens in a day."""

    class follower(Follower):
        async def listed(self, http: httpx.AsyncClient, path: str) -> list[Mapping[str, Any]]:
            page = await self._asked(http, f"{self.connection.api}{path}")
            return [item["data"] for item in page["data"]]
