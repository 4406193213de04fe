"""Mistakes in following a district by its events."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import httpx
from variants.following import (
    EventClient,
    EventReader,
    EventStore,
    Following,
    FullSync,
    ReadsEvents,
)

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync
from harness.demo.client import Record, Stopped
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.rows import user_row
from harness.demo.store import Row
from harness.demo.sync import Ids


@mutant(
    "ignores-deleted-events",
    sees="who has left can still sign in",
    mistake="applies events of created and updated records and leaves out those of deleted ones",
    cause="keeps-active",
    breaks={"R6", "E1"},
)
class IgnoresDeletedEvents(ReadsEvents):
    """What was deleted is dealt with by the full sync that somebody will start some day."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            if not event["type"].endswith(".deleted"):
                super().take(event)


@mutant(
    "one-page-of-events",
    sees="what changes at the start of the school year arrives days later",
    mistake="reads one page of events in each sync",
    cause="events-left-unread",
    breaks={"E1"},
    blocks={"R1", "R2", "R5", "R6", "R8", "R9", "G2", "G5"},
)
class OnePageOfEvents(ReadsEvents):
    """A hundred events are plenty for a night, and the rest comes the night after."""

    class client(EventClient):
        def batches(self, cursor: str) -> Iterator[list[Record]]:
            return islice(super().batches(cursor), 1)


@mutant(
    "keeps-half-of-a-bad-night",
    sees="of what changed on a bad night half never arrives",
    mistake="applies the events it could read, and goes on from the newest one all the same",
    cause="skips-events-after-failure",
    breaks={"E1", "T6"},
)
class KeepsHalfOfABadNight(ReadsEvents):
    """The cursor is moved before anything is read, so that no event is applied twice."""

    class following(Following):
        def catch_up(self, cursor: str) -> None:
            self.cursor = self.reader.client.newest() or cursor
            self.reader.copy = self.store.copy(self.district)
            try:
                for events in self.reader.client.batches(cursor):
                    for event in events:
                        self.reader.take(event)
            except Stopped:
                self.apply(self.reader.read())
                raise


@mutant(
    "lets-nobody-back-into-a-class",
    sees="a student who comes back to a class is not in it",
    mistake="remembers whom events take out of a class, and puts none of them back",
    cause="membership-stays-ended:student",
    breaks={"R9", "E1"},
)
class LetsNobodyBackIntoAClass(ReadsEvents):
    """Whoever was taken out was taken out for a reason."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            section = event["data"]["object"]
            known = self.copy["sections"].get(section["id"])
            if event["type"] == "sections.updated" and known:
                out = {*known["students"]} - {*section["students"]} | {*known.get("out", ())}
                students = [one for one in section["students"] if one not in out]
                section = {**section, "students": students, "out": sorted(out)}
                event = {**event, "data": {**event["data"], "object": section}}
            super().take(event)


@mutant(
    "ignores-updated-sections",
    sees="a student who moved stays in the old class",
    mistake="leaves out the events `sections.updated`",
    cause="ignores-events",
    breaks={"R5", "R9", "E1"},
)
class IgnoresUpdatedSections(ReadsEvents):
    """A class is created and deleted; whatever else happens to it is about people."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            if event["type"] != "sections.updated":
                super().take(event)


@mutant(
    "restores-as-it-left",
    sees="who is back at another school is shown at the former one",
    mistake="restores a record that is created again as it was when it was deleted",
    cause="never-updates",
    breaks={"R5", "R9", "G2", "G4", "E1", "G3"},
    plays={"comings-and-goings"},
)
class RestoresAsItLeft(ReadsEvents):
    """We have everything about them from before."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            clever_id = event["data"]["object"]["id"]
            known = self.copy.get(kind, {}).get(clever_id)
            if known and action in ("created", "deleted"):
                self.copy[kind][clever_id] = {**known, "gone": action == "deleted"}
            else:
                super().take(event)

        def records(self, kind: str) -> list[Record]:
            return [record for record in super().records(kind) if not record.get("gone")]


@mutant(
    "patches-from-previous-attributes",
    sees="a class that is given a course on the day of another change has none",
    mistake="takes over the values of those fields alone that `previous_attributes` names",
    cause="changes-by-previous-attributes",
    breaks={"R5"},
    blocks={"R6"},
)
class PatchesFromPreviousAttributes(ReadsEvents):
    """The event says what has changed, and nothing else is written."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            known = self.copy.get(kind, {}).get(event["data"]["object"]["id"])
            if action != "updated" or known is None:
                super().take(event)
                return
            told = event["data"]
            self.copy[kind][known["id"]] = patched(
                known, told["object"], told["previous_attributes"]
            )


def patched(known: Record, now: Record, changed: Record) -> Record:
    """A record with what it is now under each of these keys, however deep they are."""
    fields = dict(known)
    for name, old in changed.items():
        if name not in now:
            fields.pop(name, None)
        elif isinstance(old, dict) and isinstance(known.get(name), dict) and name != "name":
            fields[name] = patched(known[name], now[name], old)
        else:
            fields[name] = now[name]
    return fields


@mutant(
    "follows-people-and-classes-only",
    sees="the classes of the new school year belong to no term",
    mistake="applies events of users and sections alone",
    cause="ignores-events",
    breaks={"R5", "R6", "E1"},
)
class FollowsPeopleAndClassesOnly(ReadsEvents):
    """Terms and courses are read once; they hardly ever change."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            if event["type"].partition(".")[0] in ("users", "sections"):
                super().take(event)


@mutant(
    "creates-for-every-created",
    sees="who comes back has two accounts",
    mistake="creates an account for every event `users.created`, also when there is one",
    cause="new-record-for-known",
    breaks={"R1", "R6", "E1"},
)
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


@mutant(
    "never-reads-again",
    sees="a district that went out of step stays so",
    mistake="answers a request for a full sync with the events since the last one",
    cause="no-full-sync",
    breaks={"E2"},
)
class NeverReadsAgain(ReadsEvents):
    """Since there are events, the old full sync is switched off after the first one."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return super().sync(connection, Mode.EVENTS)


@mutant(
    "applies-events-by-type",
    sees="who left for an hour stays locked out",
    mistake="sorts events by their type before it applies them",
    cause="diverges-after-events",
    breaks={"R6", "E1"},
)
class AppliesEventsByType(ReadsEvents):
    """First everything that was created, then what was deleted, then what was updated."""

    class following(Following):
        def follow(self, cursor: str, events: Iterable[Record]) -> None:
            events = list(events)
            super().follow(cursor, sorted(events, key=lambda event: str(event["type"])))
            self.cursor = events[-1]["id"] if events else cursor


@mutant(
    "goes-on-after-a-gap",
    sees="who left while the sync was off can still sign in",
    mistake="takes the newest event for its cursor when the old is too old, without a full sync",
    cause="skips-events-after-gap",
    breaks={"R5", "R6", "E1"},
    blocks={"R1", "R9"},
)
class GoesOnAfterAGap(ReadsEvents):
    """When our cursor is gone, we take the newest one and go on."""

    class following(Following):
        def continues(self, cursor: str) -> bool:
            return True

        def catch_up(self, cursor: str) -> None:
            kept = super().continues(cursor)
            super().catch_up(cursor if kept else self.reader.client.newest())


@mutant(
    "takes-what-is-left-after-a-gap",
    sees="who left while the sync was off can still sign in",
    mistake="expects Clever to refuse a cursor that is too old, and goes on with what it gets",
    cause="skips-events-after-gap",
    breaks={"E1"},
)
class TakesWhatIsLeftAfterAGap(ReadsEvents):
    """Everything is read again as soon as Clever answers 400, which it never does."""

    class following(Following):
        def read(self) -> Roster:
            try:
                return super().read()
            except Stopped as stop:
                if stop.status != httpx.codes.BAD_REQUEST:
                    raise
                return FullSync.read(self)

        def continues(self, cursor: str) -> bool:
            return True


@mutant(
    "stops-after-a-gap",
    sees="once the sync was off for a month, nothing is updated any more",
    mistake="ends every sync when its cursor is too old",
    cause="sync-breaks-down",
    breaks={"E1", "G1"},
    blocks={"R1", "R5", "R6", "R8", "R9", "G6"},
)
class StopsAfterAGap(ReadsEvents):
    """Without the event we stopped at, what comes after it cannot be told."""

    class following(Following):
        def continues(self, cursor: str) -> bool:
            if super().continues(cursor):
                return True
            raise Stopped(f"the event {cursor} is gone")


@mutant(
    "takes-its-cursor-too-late",
    sees="who left in the night of the first sync can still sign in",
    mistake="asks for the newest event after the full sync instead of before it",
    cause="diverges-after-events",
    breaks={"E1"},
)
class TakesItsCursorTooLate(ReadsEvents):
    """Events begin where the full sync ended."""

    class district_sync(FullSync):
        def read(self) -> Roster:
            roster = super().read()
            self.cursor = self.reader.client.newest()
            return roster

    class following(Following):
        def read(self) -> Roster:
            first = self.store.cursor(self.district) is None
            roster = super().read()
            if first:
                self.cursor = self.reader.client.newest()
            return roster


@mutant(
    "trips-over-unknown-records",
    sees="one record that was never read, and nothing is updated any more",
    mistake="takes for granted that it holds every record that is updated or deleted",
    cause="fails-on-known-events",
    breaks={"G1"},
    blocks={"E1"},
)
class TripsOverUnknownRecords(ReadsEvents):
    """What is deleted was there before, and what is updated too."""

    class reader(EventReader):
        def take(self, event: Record) -> None:
            kind, _, action = event["type"].partition(".")
            if action != "created" and kind in self.copy:
                self.copy[kind].pop(event["data"]["object"]["id"])
            super().take(event)


@mutant(
    "goes-on-from-the-newest-event",
    sees="half of the new school year's classes never come",
    mistake="applies one page of events and goes on from the newest one",
    cause="events-left-unread",
    breaks={"R6", "E1"},
    blocks={"R1", "R2", "R5", "R8", "R9", "G2", "G5"},
)
class GoesOnFromTheNewestEvent(OnePageOfEvents):
    """A hundred events are plenty for a night, and what is older than the newest is old."""

    class following(Following):
        def catch_up(self, cursor: str) -> None:
            super().catch_up(cursor)
            self.cursor = self.reader.client.newest()
