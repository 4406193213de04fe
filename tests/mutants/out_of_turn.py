"""Mistakes with events that are as Clever says they can be, and that an app did not think of."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from mutants.harbor_following import Events, FollowsWrongly
from variants.following import KINDS, EventReader, ReadsEvents
from variants.harbor_events import Follower

from harness.demo.client import Record
from harness.demo.registry import mutant

IN_USE = """
    SELECT archived = 0 FROM documents WHERE district = ? AND kind = ? AND clever_id = ?"""


class Chooses(ReadsEvents):
    """An app that leaves out some events, for what it holds already."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            if kind not in KINDS or self.counts(event, kind, action):
                super().take(event)

        def counts(self, event: Record, kind: str, action: str) -> bool:
            raise NotImplementedError


@mutant(
    "hears-one-event-a-second",
    sees="who was taken out and put back in at once is locked out",
    mistake="takes a second event about a record in the same second for the first one, repeated",
    cause="diverges-after-events",
    breaks={"E1"},
)
class HearsOneEventASecond(Chooses):
    """No record changes twice in a second, and events are delivered at least once."""

    class reader(Chooses.reader):
        def counts(self, event: Record, kind: str, action: str) -> bool:
            heard: dict[str, str] = vars(self).setdefault("latest", {})
            id, created = str(event["data"]["object"]["id"]), str(event["created"])
            again = heard.get(id) == created
            heard[id] = created
            return not again


@mutant(
    "creates-whom-it-lacks-alone",
    sees="who came back with another address is written to at the old one",
    mistake="leaves out events of something created that it has in use already",
    cause="ignores-events",
    breaks={"E1"},
)
class CreatesWhomItLacksAlone(Chooses):
    """Whoever is here has been created; if anything changes, there will be an update."""

    class reader(Chooses.reader):
        def counts(self, event: Record, kind: str, action: str) -> bool:
            return action != "created" or str(event["data"]["object"]["id"]) not in self.copy[kind]


@mutant(
    "removes-classes-of-current-terms",
    sees="a class that is over can still be opened",
    mistake="leaves out the deletion of a class whose term is deleted already",
    cause="ignores-events",
    breaks={"E1"},
)
class RemovesClassesOfCurrentTerms(Chooses):
    """Classes of former terms are history, and stay as they were."""

    class reader(Chooses.reader):
        def counts(self, event: Record, kind: str, action: str) -> bool:
            if (kind, action) != ("sections", "deleted"):
                return True
            term = event["data"]["object"].get("term_id")
            return not term or term in self.copy["terms"]


@mutant(
    "hears-of-new-courses-only",
    sees="a course that was renamed is shown under its old name for good",
    mistake="leaves out events of courses and terms that were updated",
    cause="ignores-events",
    breaks={"E1", "R5"},
)
class HearsOfNewCoursesOnly(Chooses):
    """Courses and terms never change: Clever makes new ones instead."""

    class reader(Chooses.reader):
        def counts(self, event: Record, kind: str, action: str) -> bool:
            return action != "updated" or kind not in ("courses", "terms")


class _ChoosesByRow(Follower):
    """Leaves out some events, for the row of their record that there is already."""

    def apply(self, documents: sqlite3.Connection, events: Events) -> None:
        for event in events:
            kind, _, action = event["type"].partition(".")
            key = (self.connection.district, kind, event["data"]["object"]["id"])
            if self.counts(action, documents.execute(IN_USE, key).fetchone()):
                super().apply(documents, [event])

    def counts(self, action: str, row: Sequence[int] | None) -> bool:
        """Whether to apply an event; a row has one value, whether it is in use."""
        return True


@mutant(
    "updates-what-it-has-alone",
    sees="somebody whose arrival was missed once never gets an account",
    mistake="leaves out updates of records that it does not have",
    cause="ignores-events",
    breaks={"E1"},
)
class UpdatesWhatItHasAlone(FollowsWrongly):
    """UPDATE changes no row when there is none, and nobody looks at the count."""

    class follower(_ChoosesByRow):
        def counts(self, action: str, row: Sequence[int] | None) -> bool:
            return action != "updated" or row is not None


@mutant(
    "updates-with-later-events",
    sees="an address that was wrong for a moment stays wrong",
    mistake="applies an update only if it is of a later second than the one it applied before",
    cause="diverges-after-events",
    breaks={"E1"},
)
class UpdatesWithLaterEvents(FollowsWrongly):
    """The last writer wins, and the time tells who is last."""

    class follower(Follower):
        def apply(self, documents: sqlite3.Connection, events: Events) -> None:
            applied: dict[str, str] = {}
            for event in events:
                id, created = event["data"]["object"]["id"], event["created"]
                if event["type"].endswith(".updated"):
                    if created <= applied.get(id, ""):
                        continue
                    applied[id] = created
                super().apply(documents, [event])


@mutant(
    "inserts-or-leaves-it",
    sees="who came back with another address is written to at the old one",
    mistake="inserts what was created, and leaves a row in use as it is",
    cause="ignores-events",
    breaks={"E1"},
)
class InsertsOrLeavesIt(FollowsWrongly):
    """INSERT OR IGNORE, and what was archived is put back into use first."""

    class follower(_ChoosesByRow):
        def counts(self, action: str, row: Sequence[int] | None) -> bool:
            return action != "created" or not (row and row[0])
