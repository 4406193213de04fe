"""Adapters of a right app, each with a mistake that people make who write their first one."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import httpx

from harness.contract.account import Account, Created
from harness.contract.connection import Connection
from harness.contract.edit import Edit
from harness.contract.snapshot import HeldUser, Snapshot
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter, LanternAdapter

HOMESICK = "http://127.0.0.1:9"


class Right(DemoAdapter):
    """Makes no mistake."""


class Minimal(LanternAdapter):
    """Makes no mistake, and offers the required calls only."""


class Homesick(LanternAdapter):
    """Its app has Clever's address built in, where nobody answers."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return super().sync(replace(connection, api=HOMESICK, accounts=HOMESICK), mode)


class Unauthorized(LanternAdapter):
    """Its app has a token of its own."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        headers = {"Authorization": "Bearer of-last-year"}
        answer = httpx.get(f"{connection.api}/v3.1/users", headers=headers)
        return Sync(state=SyncState.FAILED, reason=f"status {answer.status_code}")


class Changed(LanternAdapter, ABC):
    """Shows its snapshot otherwise than it should."""

    @abstractmethod
    def change(self, held: Snapshot) -> Any:
        """What it shows instead."""

    def snapshot(self, connection: Connection) -> Any:
        return self.change(super().snapshot(connection))


class OwnNumbers(Changed):
    """Its sections have the app's own IDs of their students."""

    def change(self, held: Snapshot) -> Snapshot:
        sections = [replace(section, students=("17", "18")) for section in held.sections]
        return replace(held, sections=tuple(sections))


class NewIds(Changed):
    """Its users have another ID each time."""

    numbers = count()

    def change(self, held: Snapshot) -> Snapshot:
        users = [replace(user, app_id=f"{next(self.numbers)}") for user in held.users]
        return replace(held, users=tuple(users))


class EveryDistrict(Changed):
    """It shows what it holds for other districts, too."""

    def change(self, held: Snapshot) -> Snapshot:
        return replace(held, users=(*held.users, HeldUser(clever_id="5f01", app_id="0")))


class NoRoles(Changed):
    """Its users have no roles."""

    def change(self, held: Snapshot) -> Snapshot:
        return replace(held, users=tuple(replace(user, roles=()) for user in held.users))


class NoContacts(Changed):
    """It leaves out the contacts, and declares nothing."""

    def change(self, held: Snapshot) -> Snapshot:
        users = [user for user in held.users if user.roles[0].role != "contact"]
        return replace(held, users=tuple(users))


class NoEmail(Changed):
    """It leaves out a value."""

    def change(self, held: Snapshot) -> Snapshot:
        return replace(held, users=tuple(replace(user, email=None) for user in held.users))


class TeachersById(Changed):
    """It lists teachers in the order of their IDs."""

    def change(self, held: Snapshot) -> Snapshot:
        sections = (replace(row, teachers=tuple(sorted(row.teachers))) for row in held.sections)
        return replace(held, sections=tuple(sections))


class Twice(Changed):
    """Every user has two rows."""

    def change(self, held: Snapshot) -> Snapshot:
        again = (replace(user, app_id=f"{user.app_id}-2") for user in held.users)
        return replace(held, users=(*held.users, *again))


class Misspelt(Changed):
    """Two keys of its users are wrong, and one of its sections."""

    def change(self, held: Snapshot) -> Any:
        users = [{"clever_id": user.clever_id, "app_id": 7, "mail": ""} for user in held.users]
        sections = [{"id": section.clever_id, "app_id": "1"} for section in held.sections]
        return {"users": users, "sections": sections}


class AsksClever(LanternAdapter):
    """It answers from Clever."""

    def snapshot(self, connection: Connection) -> Snapshot:
        httpx.get(f"{connection.api}/v3.1/users")
        return super().snapshot(connection)


class Warns(LanternAdapter):
    """Its app calls a sync failed that had something to warn about, and keeps what it read."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        super().sync(connection, mode)
        return Sync(state=SyncState.FAILED, reason="1 warning")


class StaffAlone(Changed):
    """It is for staff, of whom Clever has neither a grade nor a primary school."""

    def change(self, held: Snapshot) -> Snapshot:
        users = tuple(user for user in held.users if "staff" in {r.role for r in user.roles})
        return Snapshot(schools=held.schools, users=users)


class OfficeAlone(Changed):
    """It is for district administrators, who are at no school."""

    def change(self, held: Snapshot) -> Snapshot:
        office = "district_admin"
        users = tuple(user for user in held.users if office in {r.role for r in user.roles})
        return Snapshot(schools=held.schools, users=users)


class ByTheCalendar(LanternAdapter):
    """It goes by what its operators know of a district, and by the date there."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        date.fromisoformat(connection.day)
        if connection.district_name and connection.schools:
            return super().sync(connection, mode)
        return Sync(state=SyncState.FAILED, reason="nobody entered the schools")


class OwnMembers(Changed, DemoAdapter):
    """Its groups have the app's own IDs of their members."""

    def change(self, held: Snapshot) -> Snapshot:
        groups = (replace(row, members=("17", "18")) for row in held.local_groups)
        return replace(held, local_groups=tuple(groups))


class WithoutTeachers(Changed):
    """Its teachers get their accounts at login."""

    def change(self, held: Snapshot) -> Snapshot:
        users = [user for user in held.users if user.roles[0].role != "teacher"]
        sections = [replace(section, teachers=()) for section in held.sections]
        return replace(held, users=tuple(users), sections=tuple(sections))


class Holds(LanternAdapter):
    """Its app holds every first sync, and nobody can approve it."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return Sync(state=SyncState.HELD, reason="too many new people")


class Approved(Holds):
    """Its app holds every first sync until somebody approves it."""

    def approve(self, connection: Connection) -> Sync:
        return LanternAdapter.sync(self, connection, Mode.FULL)


class LosesWork(DemoAdapter):
    """What people finish is not in the snapshot."""

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """Nothing happens."""


class LosesAccounts(DemoAdapter):
    """Accounts from before Clever are not in the snapshot."""

    def create_account(self, connection: Connection, account: Account) -> Created:
        return Created(app_id="nobody")


class LosesGroups(DemoAdapter):
    """What people make is not in the snapshot."""

    def edit(self, connection: Connection, edit: Edit) -> None:
        """Nothing happens."""


class Forgets(LanternAdapter):
    """It restarts with an empty database."""

    def restart(self, connection: Connection) -> None:
        self.database = self._fresh_database()


class Slow(LanternAdapter):
    """Its sync takes longer than it should in a large district."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        time.sleep(0.3)
        return super().sync(connection, mode)
