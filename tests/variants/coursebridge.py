"""Coursebridge: a learning platform and its roster importer, which share code with no other app.

A run has four steps, as imports of such platforms do: it *stages* all lists, *merges* the records
whose fingerprint changed, *suspends* what it did not stage, and *enrols*, by opening and closing
enrolments with dates. It is kept in memory; every district is a site.
"""

from __future__ import annotations

import itertools
import threading
import time
from typing import Any

from variants.coursebridge_import import Aborted, Feed, Importer
from variants.coursebridge_site import KINDS, Lesson, Row, Site, Visitor

from harness.contract.account import Account, Created
from harness.contract.clock import SkippableClock
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.contract.profile import Profile
from harness.contract.snapshot import (
    HeldCourse,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    LocalRecord,
    Snapshot,
    Status,
    Work,
)
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.registry import variant


@variant("course-platform", "an importer that stages, merges fingerprints, and dates enrolments")
class Coursebridge:
    """Drives and reads one installation."""

    profile = Profile(
        app="Coursebridge",
        company="Coursebridge Learning (an invented vendor)",
        version="3.4",
        declares={
            "matching-students": ("email",),
            "matching-teachers": ("email",),
            "create-user": ("persists",),
            "create-group": ("persists",),
            "add-role": ("not-possible",),
            "split-section": ("not-possible",),
            "add-student": ("not-possible",),
            "remove-student": ("not-possible",),
            "rename-section": ("not-possible",),
        },
    )
    site: type[Site] = Site
    feed: type[Feed] = Feed
    importer: type[Importer] = Importer

    def __init__(self, clock: str = "") -> None:
        self._clock = SkippableClock(clock) if clock else None
        self._sites: dict[str, Site] = {}
        self._serial = itertools.count(1)
        self._feed: Feed | None = None
        """What the latest import reads."""

    def connect(self, connection: Connection) -> None:
        """A district gets its site."""
        self._site(connection)

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """One import."""
        site = self._site(connection)
        try:
            with site.lock:
                started = time.time()
                importer = self.importer(site, connection.day, self._new_id)
                feed = self._feed = self.feed(connection, self._clock)
                importer.write({kind: feed.stage(kind) for kind in KINDS})
                site.started = started
        except Aborted as reason:
            return Sync(state=SyncState.FAILED, reason=f"{reason}; nothing was written.")
        return Sync(state=SyncState.COMPLETED)

    def sync_twice(self, connection: Connection, mode: Mode) -> Sync:
        """Two imports at once: the second one waits for the lock of the site."""
        ended: list[Sync] = []
        imports = [
            threading.Thread(target=lambda: ended.append(self.sync(connection, mode)))
            for _ in range(2)
        ]
        for each in imports:
            each.start()
        for each in imports:
            each.join()
        return ended[-1]

    def kill(self, connection: Connection) -> None:
        """The importer dies where it waits for an answer; what it has written is kept."""
        if self._feed is not None:
            self._feed.dead = True

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """A lesson is the account's; raises LookupError if nobody can sign in."""
        site = self._site(connection)
        person = site.person(clever_id)
        mine = [one.id for one in site.of_person(person)]
        site.work.append(Lesson(person.id, lesson, enrolment=mine[0] if mine else ""))

    def create_account(self, connection: Connection, account: Account) -> Created:
        """An account from before Clever."""
        site, name = self._site(connection), f"{account.first_name} {account.last_name}"
        visitor = Visitor(self._new_id(), name, account.email or "", account.role)
        site.visitors.append(visitor)
        site.work += [Lesson(visitor.id, lesson, enrolment="") for lesson in account.lessons]
        return Created(app_id=visitor.id)

    def edit(self, connection: Connection, edit: Edit) -> None:
        """Guests and groups can be made by hand; raises NotImplementedError for all else."""
        site = self._site(connection)
        if edit.kind is EditKind.CREATE_USER:
            site.visitors.append(Visitor(self._new_id(), edit.name))
        elif edit.kind is EditKind.CREATE_GROUP:
            group = LocalRecord(app_id=self._new_id(), name=edit.name, members=edit.users)
            site.groups.append(group)
        else:
            raise NotImplementedError(edit.kind)

    def snapshot(self, connection: Connection) -> Snapshot:
        """All that is kept of a district."""
        site = self._site(connection)
        held = {kind: [_known(row) for row in rows.values()] for kind, rows in site.rows.items()}
        return Snapshot(
            schools=tuple(HeldSchool(**known) for known in held["schools"]),
            terms=tuple(HeldTerm(**known) for known in held["terms"]),
            courses=tuple(HeldCourse(**known) for known in held["courses"]),
            sections=tuple(_section(row, site) for row in site.rows["sections"].values()),
            users=tuple(HeldUser(**known) for known in held["users"]),
            progress=tuple(Work(account=one.account, lesson=one.name) for one in site.work),
            local_users=tuple(LocalRecord(app_id=one.id, name=one.name) for one in site.visitors),
            local_groups=tuple(site.groups),
        )

    def _site(self, connection: Connection) -> Site:
        return self._sites.setdefault(connection.district, self.site())

    def _new_id(self) -> str:
        return f"cb{next(self._serial)}"


def _known(row: Row) -> dict[str, Any]:
    status = Status.ACTIVE if row.live else Status.ARCHIVED
    return {"clever_id": row.clever_id, "app_id": row.id, "status": status, **row.values}


def _section(row: Row, site: Site) -> HeldSection:
    places = {name: place.clever_id if place else None for name, place in row.places.items()}
    current = [one for one in site.current(row) if one.person.live]
    current.sort(key=lambda enrolment: enrolment.rank)
    people = {
        role: tuple(one.person.clever_id for one in current if one.role == role)
        for role in ("teacher", "student")
    }
    return HeldSection(
        **_known(row),
        school=places["school"],
        course=places["course"],
        term=places["term_id"],
        teachers=people["teacher"],
        students=people["student"],
    )
