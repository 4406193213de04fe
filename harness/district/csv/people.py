"""People: students, teachers and staff from their files.

An employee is on one line for each school, the first of them the primary one; a student on one line
for each contact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from harness.district.csv import values
from harness.district.csv.keys import Keys, position, uid
from harness.district.csv.row import Row
from harness.district.csv.row_checks import known_reference
from harness.district.data_model.ids import Block
from harness.district.data_model.records import (
    Credentials,
    Disability,
    Location,
    Name,
    Roles,
    StaffRole,
    StudentRole,
    TeacherRole,
)
from harness.district.sis.entries import PersonEntry

NAME = ("First_name", "Middle_name", "Last_name")
PREFERRED = ("Preferred_first_name", "Preferred_middle_name", "Preferred_last_name")


def student(number: str, row: Row, keys: Keys, schools: Collection[str]) -> PersonEntry:
    """A student, from any of their lines."""
    school = known_reference(row, "School_id", schools, "schools.csv")
    role = StudentRole(
        school=school,
        schools=[school],
        enrollments=[],
        sis_id=number,
        student_number=row["Student_number"],
        state_id=row["State_id"],
        gender=row.parsed("Gender", values.gender),
        dob=row.parsed("DOB", values.birthday),
        grade=row.parsed("Grade", values.grade),
        graduation_year=row["Graduation_year"],
        race=row.parsed("Race", values.race),
        hispanic_ethnicity=row.parsed("Hispanic_Latino", values.yes_or_no),
        home_language=row["Home_language"],
        home_language_code=row["Home_language_code"],
        ell_status=row.parsed("Ell_status", values.yes_or_no),
        frl_status=row.parsed("Frl_status", values.lunch),
        iep_status=row.parsed("IEP_status", values.yes_or_no),
        location=Location(
            address=row["Student_street"],
            city=row["Student_city"],
            state=row["Student_state"],
            zip=row["Student_zip"],
        ),
        credentials=Credentials(district_username=row["Username"]),
        ext=dict(row.extension),
        gifted_status=row.parsed("Gifted_status", values.yes_or_no),
        section_504_status=row.parsed("Section_504_status", values.yes_or_no),
        disability=_disability(row),
    )
    if any(row[column] for column in PREFERRED):
        role["preferred_name"] = _name(row, PREFERRED)
    person = _person(Block.STUDENT, number, row, keys, Roles(student=role), row["Student_email"])
    return replace(person, unplaced=True)


def teacher(
    number: str, rows: tuple[Row, ...], keys: Keys, schools: Collection[str]
) -> PersonEntry:
    """A teacher, from all their lines."""
    row = rows[0]
    places = [known_reference(row, "School_id", schools, "schools.csv") for row in rows]
    role = TeacherRole(
        school=places[0],
        schools=places,
        sis_id=number,
        legacy_id=keys.legacy_id(Block.TEACHER, number),
        teacher_number=row["Teacher_number"],
        state_id=row["State_teacher_id"],
        title=row["Title"],
        credentials=Credentials(district_username=row["Username"]),
        ext=dict(row.extension),
    )
    return _person(Block.TEACHER, number, row, keys, Roles(teacher=role), row["Teacher_email"])


def staff(number: str, rows: tuple[Row, ...], keys: Keys, schools: Collection[str]) -> PersonEntry:
    """A member of the staff, from all their lines."""
    row = rows[0]
    role = StaffRole(
        legacy_id=keys.legacy_id(Block.STAFF, number),
        roles=[row.parsed("Role", values.staff_role) or "PortalOnly"],
        schools=[known_reference(row, "School_id", schools, "schools.csv") for row in rows],
        staff_id=number,
        title=row["Title"],
        department=row["Department"],
        credentials=Credentials(district_username=row["Username"]),
        ext=dict(row.extension),
    )
    return _person(Block.STAFF, number, row, keys, Roles(staff=role), row["Staff_email"])


def merged_employees(
    teachers: Iterable[PersonEntry], others: Iterable[PersonEntry]
) -> Iterator[PersonEntry]:
    """Employees; staff with the address of exactly one teacher are that teacher's second role.

    Clever takes all employees of one address for one person; the other cases are for `sis.py`.
    """
    kept = {person.uid: person for person in teachers}
    by_email: dict[str, list[str]] = {}
    for person in kept.values():
        by_email.setdefault(person.email, []).append(person.uid)
    for other in others:
        same = by_email.get(other.email, []) if other.email else []
        if len(same) == 1 and "staff" not in kept[same[0]].roles:
            roles = kept[same[0]].roles
            both = Roles(teacher=roles["teacher"], staff=other.roles["staff"])
            kept[same[0]] = replace(kept[same[0]], roles=both)
        else:
            kept[other.uid] = other
    yield from kept.values()


def _person(
    block: Block, number: str, row: Row, keys: Keys, roles: Roles, email: str
) -> PersonEntry:
    row.required("First_name")
    row.required("Last_name")
    clever_id = keys.id(block, number)
    return PersonEntry(
        uid=uid(block, number),
        id=clever_id,
        position=position(clever_id),
        name=_name(row, NAME),
        email=email,
        created=keys.created,
        roles=roles,
    )


def _name(row: Row, columns: tuple[str, str, str]) -> Name:
    first, middle, last = (row[column] for column in columns)
    return Name(first=first, middle=middle, last=last)


def _disability(row: Row) -> Disability:
    disability = Disability(disability_status=row.parsed("Disability_status", values.yes_or_no))
    if row["Disability_type"]:
        disability["disability_type"] = row["Disability_type"]
    if row["Disability_code"]:
        disability["disability_code"] = row["Disability_code"]
    return disability
