"""Mistakes of an app by events that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from variants.harbor import Run
from variants.harbor_events import FEEDS, Follower, HarborByEvents

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync
from harness.demo.registry import mutant

Events = Iterable[Mapping[str, Any]]
MARK = "INSERT OR REPLACE INTO feeds VALUES (?, ?)"
MARKED = "SELECT event FROM feeds WHERE district = ?"


class FollowsWrongly(HarborByEvents):
    """An app whose follower has a mistake."""

    follower: type[Follower] = Follower

    def _started(self, connection: Connection) -> Run:
        run = super()._started(connection)
        return self.follower(run.connection, run.name, run.clock)


@mutant(
    "applies-changes-by-their-kind",
    sees="who came back on the day of leaving is archived",
    mistake="applies first what was created, then what was deleted, then what was updated",
    cause="diverges-after-events",
    breaks={"E1", "R6"},
)
class AppliesChangesByTheirKind(FollowsWrongly):
    """A queue for each kind of change."""

    class follower(Follower):
        def apply(self, documents: sqlite3.Connection, events: Events) -> None:
            super().apply(documents, sorted(events, key=lambda event: event["type"]))


@mutant(
    "never-hears-of-changed-classes",
    sees="classes keep the members that they had at first",
    mistake="applies no event `sections.updated`",
    cause="ignores-events",
    breaks={"E1", "R5", "R9"},
)
class NeverHearsOfChangedClasses(FollowsWrongly):
    """The filter was written for people."""

    class follower(Follower):
        def apply(self, documents: sqlite3.Connection, events: Events) -> None:
            super().apply(documents, (e for e in events if e["type"] != "sections.updated"))


@mutant(
    "marks-before-it-applies",
    sees="what changed on a bad night never arrives",
    mistake="marks the newest event as applied before it reads what leads there",
    cause="skips-events-after-failure",
    breaks={"E1", "T6"},
)
class MarksBeforeItApplies(FollowsWrongly):
    """Whatever happens, no event is applied twice."""

    def _run(self, run: Run, documents: sqlite3.Connection, mode: Mode) -> None:
        assert isinstance(run, Follower)
        documents.execute(FEEDS)
        district = run.connection.district
        known = documents.execute(MARKED, (district,)).fetchone()
        if not known or mode is not Mode.EVENTS:
            super()._run(run, documents, mode)
            return
        newest = asyncio.run(run.newest()) or known["event"]
        documents.execute(MARK, (district, newest))
        documents.commit()
        events = asyncio.run(run.since(known["event"]))
        if events is None:
            super()._run(run, documents, Mode.FULL)
        else:
            run.apply(documents, events)


@mutant(
    "has-events-for-everything",
    sees="a full sync that support starts mends nothing",
    mistake="answers the request for a full sync with the events since the last one",
    cause="no-full-sync",
    breaks={"E2"},
)
class HasEventsForEverything(FollowsWrongly):
    """Events say it all."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return super().sync(connection, Mode.EVENTS)


@mutant(
    "reads-the-events-that-are-left",
    sees="who left while the sync was off can still sign in",
    mistake="applies the events that Clever still has when it no longer has the last one",
    cause="skips-events-after-gap",
    breaks={"E1"},
)
class ReadsTheEventsThatAreLeft(FollowsWrongly):
    """Whatever was missed will change again."""

    class follower(Follower):
        async def since(self, last: str) -> list[Mapping[str, Any]] | None:
            events = await super().since(last)
            return await super().since("") if events is None else events
