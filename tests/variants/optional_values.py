"""Apps that show grades, primary schools and the dates of terms, which no app has to show."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from harness.contract.connection import Connection
from harness.contract.snapshot import HeldTerm, HeldUser, Snapshot
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.profile import PROFILE
from harness.demo.reader import Reader, text
from harness.demo.registry import variant
from harness.demo.roster import Person, Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Store
from harness.demo.sync import DistrictSync, Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Person):
    """A person with the school where most of their classes are."""

    primary_school: str | None = None


class ShowsOptionalValues(DemoAdapter):
    """Its lists have a column for the grade and one for the school, and terms their dates."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            roles = self.held(record.get("roles") or {})
            role = roles.get("student") or roles.get("teacher") or {}
            values = {name: getattr(person, name) for name in Person.__dataclass_fields__}
            return Placed(**values, primary_school=text(role, "school"))

    class store(Store):
        schema = SCHEMA.replace("grade TEXT", "grade TEXT, primary_school TEXT")

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            saved = super().save(district, roster)
            for person in roster.people:
                if isinstance(person, Placed):
                    self.place(saved["users"][person.clever_id], person)
            return saved

        def place(self, user: int, person: Placed) -> None:
            self.store.write("users", user, {"primary_school": person.primary_school})

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        with self.store.open(self.database) as store:
            users = {str(row["id"]): row for row in store.db.execute("SELECT * FROM users")}
            terms = {str(row["id"]): row for row in store.db.execute("SELECT * FROM terms")}
        return replace(
            held,
            users=tuple(self.user(row, users[row.app_id]) for row in held.users),
            terms=tuple(self.term(row, terms[row.app_id]) for row in held.terms),
        )

    def user(self, row: HeldUser, stored: Mapping[str, str | None]) -> HeldUser:
        grade, school = stored["grade"], stored["primary_school"]
        return replace(row, grade=grade, primary_school=school)

    def term(self, row: HeldTerm, stored: Mapping[str, str | None]) -> HeldTerm:
        return replace(row, start_date=stored["start_date"], end_date=stored["end_date"])


@variant(
    "writes-grades-its-own-way", "it has years and stages for grades, and timestamps for dates"
)
class WritesGradesItsOwnWay(ShowsOptionalValues):
    """It was made for schools in another country."""

    def user(self, row: HeldUser, stored: Mapping[str, str | None]) -> HeldUser:
        return replace(super().user(row, stored), grade=year_of(stored["grade"]))

    def term(self, row: HeldTerm, stored: Mapping[str, str | None]) -> HeldTerm:
        starts, ends = stored["start_date"], stored["end_date"]
        return replace(
            row,
            start_date=starts and f"{starts}T00:00:00Z",
            end_date=ends and f"{ends}T23:59:59Z",
        )


@variant("one-display-name", "it shows one name of each user, the last name first")
class OneDisplayName(DemoAdapter):
    """Lists are sorted by it."""

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        return replace(held, users=tuple(map(self.user, held.users)))

    def user(self, row: HeldUser) -> HeldUser:
        name = ", ".join(filter(None, (row.last_name, row.first_name)))
        return replace(row, name=name or None, first_name=None, last_name=None)


@variant("keeps-valid-values-only", "it keeps addresses and grades only if they are valid ones")
class KeepsValidValuesOnly(ShowsOptionalValues):
    """Whoever has a value that the column does not take has none, and is there all the same."""

    profile = replace(
        PROFILE,
        not_held={
            "users.malformed-email": "We send mail to every address we have.",
            "users.unnumbered-grade": "Books are ordered by the number of the grade.",
        },
    )
    well_formed = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)

    def user(self, row: HeldUser, stored: Mapping[str, str | None]) -> HeldUser:
        held = super().user(row, stored)
        grade = "0" if held.grade == "Kindergarten" else held.grade
        return replace(
            held,
            email=held.email if self.well_formed.fullmatch(held.email or "") else None,
            grade=grade if grade and grade.isdigit() else None,
        )


def year_of(grade: str | None) -> str | None:
    """Grade 3 is year 4; younger children are in the nursery, and some are in no year."""
    if grade and grade.isdigit():
        return f"Year {int(grade) + 1}"
    if grade and (grade.endswith("Kindergarten") or grade in ("Preschool", "InfantToddler")):
        return "Year 1" if grade == "Kindergarten" else "Nursery"
    return grade and "No year"
