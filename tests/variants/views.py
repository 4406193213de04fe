"""Other, equally honest ways of showing and declaring what is held."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from sqlite3 import Row
from typing import Any

from harness.contract.connection import Connection
from harness.contract.rows import RowPer
from harness.contract.snapshot import HeldUser, Snapshot, Status
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter, LanternAdapter
from harness.demo.export import SECTIONS, TERMS, Export
from harness.demo.profile import PROFILE
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Roster


@variant("current-terms-only", "its export shows current terms and their classes only")
class CurrentTermsOnly(DemoAdapter):
    """Its export leaves out terms that are over or have not begun, and their classes."""

    profile = replace(
        PROFILE,
        not_held={
            "terms.past-and-future": "Teachers see the classes of the current terms, nothing else."
        },
    )

    class export(Export):
        def listed(self, query: str) -> Iterable[Row]:
            rows = super().listed(query)
            return filter(self.is_current, rows) if query in (SECTIONS, TERMS) else rows

        def is_current(self, row: Row) -> bool:
            """Whether today lies in the term; a term without dates is always current."""
            today = date.today().isoformat()  # noqa: DTZ011 - the school's calendar, not an instant
            return (row["start_date"] or today) <= today <= (row["end_date"] or today)


@variant("current-terms-by-its-day", "it shows the terms that are current on `connection.day`")
class CurrentTermsByItsDay(CurrentTermsOnly):
    """It asks nobody but the rehearsal for the date."""

    def snapshot(self, connection: Connection) -> Snapshot:
        day = connection.day

        class ByItsDay(self.export):  # type: ignore[name-defined,misc]
            def is_current(self, row: Row) -> bool:
                return bool((row["start_date"] or day) <= day <= (row["end_date"] or day))

        self.export = ByItsDay
        return super().snapshot(connection)


@variant("current-terms-by-its-last-sync", "it shows the terms current on the day of its last sync")
class CurrentTermsByItsLastSync(CurrentTermsByItsDay):
    """The whole app has one date, that of whichever district was synced last."""

    day = ""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.day = connection.day
        return super().sync(connection, mode)

    def snapshot(self, connection: Connection) -> Snapshot:
        return super().snapshot(replace(connection, day=self.day or connection.day))


@variant("numbers-each-district", "it numbers the terms and classes of each district from 1 on")
class NumbersEachDistrict(CurrentTermsByItsDay):
    """Each district has tables of its own, and what is out of its term is out of sight."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.numbers: dict[tuple[str, str], dict[str, str]] = {}

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        lists: dict[str, Any] = {}
        for kind in ("schools", "terms", "courses", "sections"):
            known = self.numbers.setdefault((connection.district, kind), {})
            rows = getattr(held, kind)
            numbers = (known.setdefault(row.app_id, str(len(known) + 1)) for row in rows)
            lists[kind] = tuple(
                replace(row, app_id=number) for row, number in zip(rows, numbers, strict=True)
            )
        return replace(held, **lists)


@variant("students-only", "only students have accounts, and it says so")
class StudentsOnly(DemoAdapter):
    """Only students have accounts; teachers print passwords from their own system."""

    profile = replace(
        PROFILE,
        not_held={
            "teachers": "Lantern Reader for Home is for students alone.",
            "staff": "Lantern Reader for Home is for students alone.",
            "district_admins": "Lantern Reader for Home is for students alone.",
            "contacts": "Lantern Reader for Home is for students alone.",
            "sections.teachers": "Without accounts for teachers a class has none.",
        },
    )

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            students = (
                person
                for person in roster.people
                if any(role.name == "student" for role in person.roles)
            )
            return replace(roster, people=tuple(students))


@variant("row-per-role", "its accounts have one role each, as it declares")
class RowPerRole(DemoAdapter):
    """A teacher who is an administrator as well has two accounts, and says so in the profile."""

    profile = replace(PROFILE, rows={"users": RowPer.ROLE})

    def snapshot(self, connection: Connection) -> Snapshot:
        """What the app holds, with a row for each role of a user."""
        held = super().snapshot(connection)
        users = (
            replace(user, app_id=f"{user.app_id}{f'-{number}' if number else ''}", roles=(role,))
            for user in held.users
            for number, role in enumerate(user.roles)
        )
        return replace(held, users=tuple(users))


@variant("row-per-teacher", "each teacher has students and classes of their own, as it declares")
class RowPerTeacher(DemoAdapter):
    """A student has an account with each teacher, and one for the classes that nobody teaches.

    A class that several teach is there once for each.
    """

    profile = replace(PROFILE, rows={"users": RowPer.TEACHER, "sections": RowPer.TEACHER})

    def snapshot(self, connection: Connection) -> Snapshot:
        """What the app holds, with a row for each teacher of a student or of a class."""
        held = super().snapshot(connection)
        teachers: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for section in held.sections:
            for student in section.students if section.status is Status.ACTIVE else ():
                teachers[student].update(dict.fromkeys(section.teachers or ("",)))
        users = (
            replace(user, app_id=user.app_id if not number else f"{user.app_id}-{teacher}")
            for user in held.users
            for number, teacher in enumerate(teachers[user.clever_id] or ("",))
        )
        sections = (
            replace(section, app_id=f"{section.app_id}-{teacher}", teachers=(teacher,))
            if teacher
            else section
            for section in held.sections
            for teacher in section.teachers or ("",)
        )
        return replace(held, users=tuple(users), sections=tuple(sections))


@variant("no-store", "it shows what it read last, and keeps nothing else, as it declares")
class NoStore(LanternAdapter):
    """It has no ids of its own, no work, and nothing that is archived."""

    profile = replace(
        PROFILE,
        declares={},
        not_held=dict.fromkeys(("progress", "courses", "terms"), "We store nothing."),
    )

    class export(Export):
        includes_archived = False

        def listed(self, query: str) -> Iterable[Row]:
            return (row for row in super().listed(query) if not row["archived"])

        def app_id(self, row: Row) -> str:
            return str(row["clever_id"] or row["id"])

        def snapshot(self) -> Snapshot:
            sections = (replace(row, course=None, term=None) for row in self.sections())
            return replace(super().snapshot(), courses=(), terms=(), sections=tuple(sections))


@variant("contacts-at-their-schools", "it shows contacts at the schools of their children")
class ContactsAtTheirSchools(DemoAdapter):
    """Clever gives contacts no schools, and a school wants to see its parents."""

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        schools = {
            user.clever_id: tuple(school for role in user.roles for school in role.schools)
            for user in held.users
        }

        def placed(user: HeldUser) -> HeldUser:
            children = [tie.student for tie in user.student_relationships]
            own = dict.fromkeys(school for i in children for school in schools.get(i, ()))
            roles = (
                replace(role, schools=tuple(own)) if role.role == "contact" else role
                for role in user.roles
            )
            return replace(user, roles=tuple(roles))

        return replace(held, users=tuple(map(placed, held.users)))


@variant("lists-teachers-by-id", "it keeps who teaches a class, and not who is the primary teacher")
class ListsTeachersById(DemoAdapter):
    """All teachers of a class have the same rights, and it says so."""

    profile = replace(
        PROFILE, not_held={"sections.primary_teacher": "All teachers of a class are equal."}
    )

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        sections = (replace(row, teachers=tuple(sorted(row.teachers))) for row in held.sections)
        return replace(held, sections=tuple(sections))
