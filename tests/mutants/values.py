"""Mistakes with values that are missing, or are others than the app expects."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from datetime import date, datetime

from mutants.picky import Picky, role_of

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.store import Row, Store

GRADES = ("InfantToddler", "Preschool", "PreKindergarten", "TransitionalKindergarten")
YEARS = (*GRADES, "Kindergarten", *map(str, range(1, 13)))
USER_FIELDS = {
    *("id", "district", "name", "email", "created", "last_modified", "roles", "lms_status"),
}


@mutant(
    "needs-middle-name",
    sees="who has no middle name has no account",
    mistake="takes `name.middle` to be there, and never null",
    cause="odd-value:name.middle",
    breaks={"R7"},
)
class NeedsMiddleName(DemoAdapter):
    """A name has three parts, the second often an empty one."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return "contact" in record["roles"] or record["name"]["middle"] is not None


@mutant(
    "knows-two-genders",
    sees="students have no account unless they are M or F",
    mistake="accepts two values of `gender`",
    cause="odd-value:gender",
    breaks={"R2", "R7"},
)
class KnowsTwoGenders(DemoAdapter):
    """Our form has two boxes, and one of them is ticked."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["gender"] in ("M", "F")


@mutant(
    "reads-dates-of-birth",
    sees="students without a date of birth have no account",
    mistake="parses `dob` without asking whether it is there",
    cause="odd-value:dob",
    breaks={"R7"},
)
class ReadsDatesOfBirth(DemoAdapter):
    """The reading level follows from the age."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or datetime.strptime(student["dob"], "%m/%d/%Y")  # noqa: DTZ007


@mutant(
    "needs-grade",
    sees="students without a grade have no account",
    mistake="leaves out students whose `grade` is missing",
    cause="odd-value:grade",
    breaks={"R7"},
)
class NeedsGrade(DemoAdapter):
    """Every child is in a grade, and every grade has a shelf."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student.get("grade")


@mutant(
    "knows-numbered-grades",
    sees="students in grades like Ungraded have no account",
    mistake="reads `grade` as a number",
    cause="odd-value:grade",
    breaks={"R2"},
)
class KnowsNumberedGrades(DemoAdapter):
    """Grades are numbers from 1 to 12, or a kind of kindergarten."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            grade = role_of(record, "student").get("grade")
            return not grade or grade.endswith("Kindergarten") or int(grade)


@mutant(
    "checks-grade-of-school",
    sees="students in an unusual grade have no account",
    mistake="accepts the grades between `low_grade` and `high_grade` of the school",
    cause="odd-value:grade",
    breaks={"R2", "R6"},
    blocks={"G2", "R9"},
)
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


@mutant(
    "needs-race",
    sees="students of whom little is said have no account",
    mistake="takes `race` to be there, and never null",
    cause="odd-value:race",
    breaks={"R7"},
    plays={"odd-values"},
)
class NeedsRace(DemoAdapter):
    """The statistics group by it, and an empty text is a group too."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["race"] is not None


@mutant(
    "needs-zip-code",
    sees="students without an address have no account",
    mistake="takes `location.zip` to be there",
    cause="odd-value:location.zip",
    breaks={"R7"},
)
class NeedsZipCode(DemoAdapter):
    """Libraries near the child are found by the zip code."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["location"]["zip"].isdigit()


@mutant(
    "needs-student-number",
    sees="students without a student number have no account",
    mistake="leaves out students whose `student_number` is missing",
    cause="odd-value:student_number",
    breaks={"R7"},
    blocks={"R1"},
)
class NeedsStudentNumber(DemoAdapter):
    """The card for the library shows the student number."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["student_number"]


@mutant(
    "needs-title",
    sees="employees without a title have no account",
    mistake="takes `title` to be there, and never null",
    cause="odd-value:title",
    breaks={"R7"},
)
class NeedsTitle(DemoAdapter):
    """Employees are greeted with their title, if it is not an empty one."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            held = (role_of(record, one) for one in ("teacher", "staff", "district_admin"))
            return all(one["title"] is not None for one in held if one)


@mutant(
    "needs-username",
    sees="students without a username have no account",
    mistake="leaves out students without a `district_username`",
    cause="odd-value:credentials.district_username",
    breaks={"R7"},
)
class NeedsUsername(DemoAdapter):
    """Children sign in with their username."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            return not student or student["credentials"]["district_username"]


@mutant(
    "reads-extension-fields",
    sees="people and classes without extension fields are missing",
    mistake="takes `ext` to be there, and never null",
    cause="odd-value:ext",
    breaks={"R7"},
)
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


@mutant(
    "knows-extension-fields",
    sees="a new extension field costs a student the account",
    mistake="accepts the names of `ext` that it knows",
    cause="odd-value:ext",
    breaks={"R2"},
)
class KnowsExtensionFields(DemoAdapter):
    """The district told us which fields it would add, and others are a mistake."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            ext = role_of(record, "student").get("ext") or {}
            return set(ext) <= {"gifted_status"}


@mutant(
    "reads-enrollment-dates",
    sees="students whose enrolment has no last day have no account",
    mistake="parses `end_date` of every enrolment",
    cause="odd-value:enrollments",
    breaks={"R7"},
)
class ReadsEnrollmentDates(DemoAdapter):
    """An account is open from the first to the last day of an enrolment."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            student = role_of(record, "student")
            enrolled = student["enrollments"] if student else []
            return [date.fromisoformat(one["end_date"]) for one in enrolled] or True


@mutant(
    "needs-subject",
    sees="classes without a subject are missing",
    mistake="takes `subject` to be there, and never null",
    cause="odd-value:subject",
    breaks={"R7"},
)
class NeedsSubject(DemoAdapter):
    """The subject of a class decides on which shelf its books stand; some shelves have no name."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return record["subject"] is not None


@mutant(
    "keeps-to-its-subjects",
    sees="a class is missing because Clever guessed its subject wrong",
    mistake="leaves out sections whose `subject` is none of its own",
    cause="odd-value:subject",
    breaks={"R2"},
)
class KeepsToItsSubjects(DemoAdapter):
    """Reading is for those who are taught something; the rest would only fill the lists."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return record.get("subject") not in ("other", "interventions/online learning")


@mutant(
    "needs-period",
    sees="classes without a period are missing",
    mistake="reads `period` as a number",
    cause="odd-value:period",
    breaks={"R7"},
)
class NeedsPeriod(DemoAdapter):
    """Classes are listed in the order of the day."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return int(record["period"])


@mutant(
    "needs-course",
    sees="classes without a course are missing",
    mistake="leaves out sections without a `course`",
    cause="odd-value:course",
    breaks={"R7"},
    blocks={"R5", "R6"},
)
class NeedsCourse(DemoAdapter):
    """A class is a class of a course."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return record["course"]


@mutant(
    "needs-term-dates",
    sees="terms without dates are missing",
    mistake="compares `start_date` and `end_date` without asking whether they are there",
    cause="odd-value:start_date",
    breaks={"R7"},
)
class NeedsTermDates(DemoAdapter):
    """A term lasts from its first day to its last."""

    class client(Picky):
        paths = ("terms",)

        def accepts(self, record: Record) -> object:
            return record["start_date"] < record["end_date"]


@mutant(
    "needs-course-number",
    sees="courses without a number are missing",
    mistake="takes `number` to be there, and never null",
    cause="odd-value:number",
    breaks={"R7"},
)
class NeedsCourseNumber(DemoAdapter):
    """Courses are sorted by number; an empty one comes first."""

    class client(Picky):
        paths = ("courses",)

        def accepts(self, record: Record) -> object:
            return record["number"].casefold() >= ""


@mutant(
    "needs-principal",
    sees="a school without a principal is missing",
    mistake="takes `principal` to be there",
    cause="odd-value:principal",
    breaks={"R7"},
    blocks={"G2", "R1", "R5"},
)
class NeedsPrincipal(DemoAdapter):
    """Every school has somebody whom our support can call."""

    class client(Picky):
        paths = ("schools",)

        def accepts(self, record: Record) -> object:
            return record["principal"]["name"]


@mutant(
    "sets-address-once",
    sees="a new e-mail address never arrives",
    mistake="writes the address when it creates a user, and never again",
    cause="never-updates",
    breaks={"R5"},
    blocks={"T6"},
)
class SetsAddressOnce(DemoAdapter):
    """The address a person comes with is the name they sign in with, so it stays."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            kept = {column: value for column, value in row.items() if column != "email"}
            super().update(table, known, kept)


OF_ROLE = "SELECT count(*) FROM roles WHERE user_id = ? AND role = ?"


@mutant(
    "enters-administrators-once",
    sees="who runs the district is called and written to as in the first week",
    mistake="writes the name and address of `district_admin` users when it creates them, and never "
    "again",
    cause="never-updates",
    breaks={"R5"},
    plays={"comings-and-goings"},
)
class EntersAdministratorsOnce(DemoAdapter):
    """Whoever runs the district keeps their own account up to date."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            own = table == "users" and self.value(OF_ROLE, known, "district_admin")
            super().update(table, known, {"clever_id": row["clever_id"]} if own else row)


@mutant(
    "names-contacts-once",
    sees="a mother who has married is called as before",
    mistake="writes the name of a contact when it creates the account, and never again",
    cause="never-updates",
    breaks={"R5"},
    plays={"comings-and-goings"},
)
class NamesContactsOnce(DemoAdapter):
    """A contact with another name is another contact, and so has another Clever ID."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table == "users" and self.value(OF_ROLE, known, "contact"):
                row = {column: row[column] for column in row if not column.endswith("_name")}
            super().update(table, known, row)


@mutant(
    "refuses-unknown-fields",
    sees="the day Clever adds a field, people are missing",
    mistake="leaves out users with a field it does not know",
    cause="unknown-field",
    breaks={"G20"},
)
class RefusesUnknownFields(DemoAdapter):
    """A record with a field that is not in the documentation is not what we think it is."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return set(record) <= USER_FIELDS


@mutant(
    "refuses-unknown-values",
    sees="the day Clever adds a value, people are missing",
    mistake="leaves out students whose `race` it does not know",
    cause="odd-value:race",
    breaks={"G20"},
)
class RefusesUnknownValues(DemoAdapter):
    """The lists of values in the documentation are our check constraints."""

    class client(Picky):
        races = (
            *("Caucasian", "Asian", "Black or African American", "American Indian", "Unknown"),
            *("Hawaiian or Other Pacific Islander", "Two or More Races", "", None),
        )

        def accepts(self, record: Record) -> object:
            return role_of(record, "student").get("race") in self.races


@mutant(
    "counts-null-roles",
    sees="people have roles that they do not have",
    mistake="takes every key of `roles` for a role that is held",
    cause="takes-null-for-a-role",
    breaks={"G20"},
)
class CountsNullRoles(DemoAdapter):
    """Who has the key of a role has the role."""

    class reader(Reader):
        def held(self, roles: dict[str, Record | None]) -> dict[str, Record]:
            return {name: fields or {} for name, fields in roles.items()}


@mutant(
    "looks-into-every-role",
    sees="people with a role that is null have no account",
    mistake="reads every key of `roles` without asking whether it is null",
    cause="null-role",
    breaks={"G20"},
)
class LooksIntoEveryRole(DemoAdapter):
    """A role that is listed is a role with something in it."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all("legacy_id" in role or "sis_id" in role for role in record["roles"].values())
