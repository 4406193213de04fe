"""Mistakes with values that are missing, or are others than the app expects."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from datetime import date, datetime

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.mutants.picky import Picky, role_of
from harness.demo.reader import Reader
from harness.demo.store import Row, Store

GRADES = ("InfantToddler", "Preschool", "PreKindergarten", "TransitionalKindergarten")
YEARS = (*GRADES, "Kindergarten", *map(str, range(1, 13)))
USER_FIELDS = {
    *("id", "district", "name", "email", "created", "last_modified", "roles", "lms_status"),
}


class NeedsMiddleName(DemoAdapter):
    """A name has three parts, the second often an empty one."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return "contact" in record["roles"] or record["name"]["middle"] is not None


class KnowsTwoGenders(DemoAdapter):
    """Our form has two boxes, and one of them is ticked."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["gender"] in ("M", "F")


class ReadsDatesOfBirth(DemoAdapter):
    """The reading level follows from the age."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or datetime.strptime(student["dob"], "%m/%d/%Y")  # noqa: DTZ007


class NeedsGrade(DemoAdapter):
    """Every child is in a grade, and every grade has a shelf."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student.get("grade")


class KnowsNumberedGrades(DemoAdapter):
    """Grades are numbers from 1 to 12, or a kind of kindergarten."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            grade = role_of(record, "student").get("grade")
            return not grade or grade.endswith("Kindergarten") or int(grade)


class ChecksGradeOfSchool(DemoAdapter):
    """A child in a grade that the school does not have is a mistake of the district's."""

    class client(Picky):
        paths = ("schools", "users")

        def accepts(self, record: Record) -> object:
            if "roles" not in record:
                self.schools = {**getattr(self, "schools", {}), record["id"]: record}
                return True
            student = role_of(record, "student")
            school = self.schools.get(student.get("school"), {})
            known = (school.get("low_grade"), school.get("high_grade"), student.get("grade"))
            if not set(known) <= set(YEARS):
                return True
            low, high, grade = (YEARS.index(str(one)) for one in known)
            return low <= grade <= high


class NeedsRace(DemoAdapter):
    """The statistics group by it, and an empty text is a group too."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["race"] is not None


class NeedsZipCode(DemoAdapter):
    """Libraries near the child are found by the zip code."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["location"]["zip"].isdigit()


class NeedsStudentNumber(DemoAdapter):
    """The card for the library shows the student number."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["student_number"]


class NeedsTitle(DemoAdapter):
    """Employees are greeted with their title, if it is not an empty one."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            held = (role_of(record, one) for one in ("teacher", "staff", "district_admin"))
            return all(one["title"] is not None for one in held if one)


class NeedsUsername(DemoAdapter):
    """Children sign in with their username."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["credentials"]["district_username"]


class ReadsExtensionFields(DemoAdapter):
    """Whatever a district sends in addition is kept as pairs of words."""

    class client(Picky):
        paths = ("sections", "users")

        def accepts(self, record: Record) -> object:
            held = (
                [role_of(record, one) for one in ("student", "teacher")]
                if ("roles" in record)
                else [record]
            )
            return [pair for one in held if one for pair in one["ext"].items()] or True


class KnowsExtensionFields(DemoAdapter):
    """The district told us which fields it would add, and others are a mistake."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            ext = role_of(record, "student").get("ext") or {}
            return set(ext) <= {"gifted_status"}


class ReadsEnrollmentDates(DemoAdapter):
    """An account is open from the first to the last day of an enrolment."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            enrolled = student["enrollments"] if student else []
            return [date.fromisoformat(one["end_date"]) for one in enrolled] or True


class NeedsSubject(DemoAdapter):
    """The subject of a class decides on which shelf its books stand; some shelves have no name."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return record["subject"] is not None


class KeepsToItsSubjects(DemoAdapter):
    """Reading is for those who are taught something; the rest would only fill the lists."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return record.get("subject") not in ("other", "interventions/online learning")


class NeedsPeriod(DemoAdapter):
    """Classes are listed in the order of the day."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return int(record["period"])


class NeedsCourse(DemoAdapter):
    """A class is a class of a course."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return record["course"]


class NeedsTermDates(DemoAdapter):
    """A term lasts from its first day to its last."""

    class client(Picky):
        paths = ("terms",)

        def accepts(self, record: Record) -> object:
            return record["start_date"] < record["end_date"]


class NeedsCourseNumber(DemoAdapter):
    """Courses are sorted by number; an empty one comes first."""

    class client(Picky):
        paths = ("courses",)

        def accepts(self, record: Record) -> object:
            return record["number"].casefold() >= ""


class NeedsPrincipal(DemoAdapter):
    """Every school has somebody whom our support can call."""

    class client(Picky):
        paths = ("schools",)

        def accepts(self, record: Record) -> object:
            return record["principal"]["name"]


class SetsAddressOnce(DemoAdapter):
    """The address a person comes with is the name they sign in with, so it stays."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            kept = {column: value for column, value in row.items() if column != "email"}
            super().update(table, known, kept)


class NeverClears(DemoAdapter):
    """What Clever leaves empty says nothing, so what we know stays."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            given = {column: value for column, value in row.items() if value is not None}
            super().update(table, known, given)


class RefusesUnknownFields(DemoAdapter):
    """A record with a field that is not in the documentation is not what we think it is."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return set(record) <= USER_FIELDS


class RefusesUnknownValues(DemoAdapter):
    """The lists of values in the documentation are our check constraints."""

    class client(Picky):
        races = (
            *("Caucasian", "Asian", "Black or African American", "American Indian", "Unknown"),
            *("Hawaiian or Other Pacific Islander", "Two or More Races", "", None),
        )

        def accepts(self, record: Record) -> object:
            return role_of(record, "student").get("race") in self.races


class CountsNullRoles(DemoAdapter):
    """Who has the key of a role has the role."""

    class reader(Reader):
        def held(self, roles: dict[str, Record | None]) -> dict[str, Record]:
            return {name: fields or {} for name, fields in roles.items()}


class LooksIntoEveryRole(DemoAdapter):
    """A role that is listed is a role with something in it."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all("legacy_id" in role or "sis_id" in role for role in record["roles"].values())
