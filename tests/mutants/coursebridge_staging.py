"""Mistakes of a roster importer with what it stages."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from hashlib import sha1
from json import dumps
from typing import Any

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Aborted, Feed, Importer, Stage
from variants.coursebridge_site import KINDS, Record, Row

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.registry import mutant


class MarkingFeed(Feed):
    """Marks what has another fingerprint than when it was last staged."""

    marks: dict[str, str]

    def load(self, url: str, authorization: str) -> Record:
        page = super().load(url, authorization)
        for item in page["data"]:
            if record := item.get("data"):
                mark = sha1(dumps(record, sort_keys=True).encode()).hexdigest()
                record["changed"] = self.marks.get(record["id"]) != mark
                self.marks[record["id"]] = mark
        return page


@mutant(
    "marks-as-it-stages",
    sees="a student who is renamed on a bad night keeps the old name until the next change",
    mistake="notes fingerprints page by page as it stages, and keeps those of imports that abort",
    cause="keeps-what-failed-syncs-read",
    breaks={"T6"},
    plays={"lists-fail"},
)
class MarksAsItStages(Coursebridge):
    """So a second look at each record is saved."""

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.feed = type("feed", (MarkingFeed,), {"marks": {}})

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            record = dict(record)
            if record.pop("changed") or not row.live or not row.fingerprint:
                super().update(kind, row, record)


@mutant(
    "takes-marks-back-if-it-aborts",
    sees="a name that changed on the night of a crash stays as it was",
    mistake="notes fingerprints as it stages, and takes them back only when an import aborts",
    cause="app-killed",
    breaks={"T6"},
    plays={"killed-midway", "lists-fail"},
)
class TakesMarksBackIfItAborts(MarksAsItStages):
    """An import that was cut short never gets there."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        assert issubclass(self.feed, MarkingFeed)
        marks, before = self.feed.marks, dict(self.feed.marks)
        ended = super().sync(connection, mode)
        if ended.state is SyncState.FAILED:
            marks.clear()
            marks.update(before)
        return ended


@mutant(
    "ids-with-their-source",
    sees="nobody can log in through Clever, though everybody is there",
    mistake="stores the Clever IDs of users with the name of their source before them",
    cause="ids-altered",
    breaks={"R2", "R6", "R9", "G7"},
    blocks={"D1", "G2", "G20", "G3", "G4", "G8", "R1", "R4", "R5", "R7", "R8", "T2", "T6"},
)
class IdsWithTheirSource(Coursebridge):
    """There are rosters of five providers, and each has its own ids."""

    class feed(Feed):
        def stage(self, kind: str) -> dict[str, Record]:
            staged = {key: _sourced(record) for key, record in super().stage(kind).items()}
            return {f"clever:{key}": r for key, r in staged.items()} if kind == "users" else staged


def _sourced(record: Record) -> Record:
    """The record with the IDs of users as they are stored."""
    people = ("students", "teachers")
    named: dict[str, Any] = {
        name: [f"clever:{each}" for each in record.get(name) or ()] for name in people
    }
    if record.get("teacher"):
        named["teacher"] = f"clever:{record['teacher']}"
    if "roles" in record:
        return {**record, "id": f"clever:{record['id']}"}
    return {**record, **named} if "students" in record else record


@mutant(
    "class-lists-of-twenty",
    sees="large classes lack students",
    mistake="reads the members of a class from /sections/{id}/users, twenty and no more",
    cause="members-read-in-part",
    breaks={"R9"},
)
class ClassListsOfTwenty(Coursebridge):
    """A class list is a page with twenty names on it."""

    class feed(Feed):
        def stage(self, kind: str) -> dict[str, Record]:
            staged = super().stage(kind)
            return (
                {key: self.filled(r) for key, r in staged.items()} if kind == "sections" else staged
            )

        def filled(self, section: Record) -> Record:
            url = f"{self.connection.api}/v3.0/sections/{section['id']}/users?limit=20&role=student"
            try:
                page = self.load(url, self.bearer)
            except Aborted as reason:
                if "status 404" in str(reason):  # the class has gone in the meantime
                    return section
                raise
            return {**section, "students": [item["data"]["id"] for item in page["data"]]}


@mutant(
    "suspends-while-it-counts",
    sees="after a rollover half of last year's classes are still there",
    mistake="takes rows out of the list that it goes through, and so skips the ones after them",
    cause="loses-part:many-changes",
    breaks={"R6"},
)
class SuspendsWhileItCounts(Coursebridge):
    """What is suspended need not be looked at again."""

    class importer(Importer):
        def suspend(self, stage: Stage) -> None:
            for kind in KINDS:
                left = [row for row in self.rows[kind].values() if row.live]
                for row in left:
                    if row.clever_id not in stage[kind]:
                        row.live = False
                        left.remove(row)


@mutant(
    "enrols-page-by-page",
    sees="most students are missing in their classes",
    mistake="writes the enrolments of a class anew for each page of people",
    cause="members-of-one-page",
    breaks={"R9"},
    blocks={"R1", "R5", "R8", "D1"},
    size="full",
)
class EnrolsPageByPage(Coursebridge):
    """Nobody keeps a whole district in memory."""

    class importer(Importer):
        def enrol(self, section: Row, record: Record | None) -> None:
            everybody, keys = self.people, sorted(self.people)
            for first in range(0, len(keys), 250):
                self.people = {key: everybody[key] for key in keys[first : first + 250]}
                if record is None or any(self.seats(record)):
                    super().enrol(section, record)
            self.people = everybody
