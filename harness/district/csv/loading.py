"""Loading: any district, from Clever's SFTP files into a Sis.

The files do not say who the district is, so its own record is made up, as are the moments at which
Clever first saw everything. District admins are not among the files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sized
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

from harness.district.csv.columns import (
    CONTACT,
    ENROLLMENTS,
    SCHOOLS,
    SECTIONS,
    STAFF,
    STUDENTS,
    TEACHERS,
)
from harness.district.csv.contacts import contacts
from harness.district.csv.keys import Keys
from harness.district.csv.people import merged_employees, staff, student, teacher
from harness.district.csv.row import Row
from harness.district.csv.row_checks import grouped_rows, known_reference, unique_rows
from harness.district.csv.schools_and_classes import (
    course_of,
    enrolled,
    school_entries,
    section_entry,
    term_of,
)
from harness.district.csv.table import read_tables
from harness.district.data_model.ids import Block, Ids
from harness.district.data_model.records import District, DistrictContact, Name
from harness.district.data_model.timestamps import timestamp
from harness.district.population.person_maker import CREATED_DAYS_AGO
from harness.district.sis.addresses import slug
from harness.district.sis.entries import CourseEntry, Entry, PersonEntry, SectionEntry, TermEntry
from harness.district.sis.sis import Sis

_LAUNCHED_DAYS_AGO = 180
_NO_DOMAIN = "district.example.org"
_MAX_SLOTS = 4096
"""More do not fit into the last eight digits of an id."""

Tables = Mapping[str, tuple[Row, ...]]
_E = TypeVar("_E", bound=Entry)


def load_district(
    folder: Path,
    *,
    salt: str,
    run_date: date,
    seed: int = 1,
    name: str = "",
    district: str = "loaded",
) -> Sis:
    """A district from a folder with schools.csv, students.csv and the other files.

    Clever ids follow from salt, `district` and the SIS's numbers, so that later files of one
    district keep them. `name` is the district's, "" for that of the folder. Raises DocumentError
    with file, line and column for files Clever would not take.
    """
    tables = read_tables(folder)
    ids = Ids(salt=salt, district=district)
    first_seen = datetime.combine(run_date, time(23, 5), UTC) - timedelta(days=CREATED_DAYS_AGO)
    keys = Keys(ids=ids, created=timestamp(first_seen))
    schools = _by_uid(school_entries(tables[SCHOOLS.name], keys, _district_id(ids)))
    people = _by_uid(_people(tables, keys, schools))
    courses, terms, sections = _classes(tables, keys, schools)
    domain = _domain(people.values())
    return Sis(
        ids=ids,
        seed=seed,
        run_date=run_date,
        at=keys.created,
        year=0,
        domain=domain,
        district=_district(ids, name or folder.resolve().name, domain, run_date),
        slots=_slots(people.values(), sections, courses, terms),
        schools=schools,
        terms=terms,
        courses=courses,
        sections=sections,
        people=people,
        casts={},
    )


def _by_uid(entries: Iterable[_E]) -> dict[str, _E]:
    return {entry.uid: entry for entry in entries}


def _people(tables: Tables, keys: Keys, schools: Collection[str]) -> Iterator[PersonEntry]:
    students = grouped_rows(tables[STUDENTS.name], "Student_id", CONTACT)
    teachers = grouped_rows(tables[TEACHERS.name], "Teacher_id", ("School_id",))
    others = grouped_rows(tables[STAFF.name], "Staff_id", ("School_id",))
    for number, rows in students.items():
        yield student(number, rows[0], keys, schools)
    yield from merged_employees(
        (teacher(number, rows, keys, schools) for number, rows in teachers.items()),
        (staff(number, rows, keys, schools) for number, rows in others.items()),
    )
    yield from contacts(students, keys)


def _classes(
    tables: Tables, keys: Keys, schools: Collection[str]
) -> tuple[dict[str, CourseEntry], dict[str, TermEntry], dict[str, SectionEntry]]:
    """Courses, terms and sections, all from sections.csv and enrollments.csv."""
    courses: dict[str, CourseEntry] = {}
    terms: dict[str, TermEntry] = {}
    sections: list[SectionEntry] = []
    rows = dict(unique_rows(tables[SECTIONS.name], "Section_id"))
    for row in rows.values():
        known_reference(row, "School_id", schools, SCHOOLS.name)
    teachers = {row["Teacher_id"] for row in tables[TEACHERS.name]}
    students = {row["Student_id"] for row in tables[STUDENTS.name]}
    members = enrolled(tables[ENROLLMENTS.name], rows, students)
    for number, row in rows.items():
        course, term = course_of(row, keys), term_of(row, keys)
        if course:
            courses[course.uid] = course
        if term:
            terms[term.uid] = term
        sections.append(
            section_entry(
                row, keys, teachers=teachers, students=members[number], course=course, term=term
            )
        )
    return courses, terms, _by_uid(sections)


def _slots(people: Iterable[PersonEntry], *others: Sized) -> dict[Block, int]:
    """How many places the district has for what a change makes new."""
    count = Counter(person.block for person in people)
    for block, entries in zip((Block.SECTION, Block.COURSE, Block.TERM), others, strict=True):
        count[block] = len(entries)
    return {block: min(max(count[block], 1), _MAX_SLOTS) for block in Block}


def _domain(people: Iterable[PersonEntry]) -> str:
    """The domain of most addresses; new ones are made in it."""
    domains = Counter(person.email.partition("@")[2] for person in people)
    domains[""] = 0
    most = domains.most_common(1)[0][0]
    return most or _NO_DOMAIN


def _district_id(ids: Ids) -> str:
    return ids.clever_id(Block.DISTRICT, 1)


def _district(ids: Ids, name: str, domain: str, run_date: date) -> District:
    contact = DistrictContact(
        district=_district_id(ids),
        email=f"clever.contact@{domain}",
        id=ids.clever_id(Block.DISTRICT, 2),
        name=Name(first="District", last="Contact"),
        title="",
    )
    return District(
        id=_district_id(ids),
        name=name,
        sis_type="sftp",
        state="running",
        error="",
        launch_date=(run_date - timedelta(days=_LAUNCHED_DAYS_AGO)).isoformat(),
        last_sync="",
        portal_url=f"https://clever.com/in/{slug(name) or 'district'}",
        login_methods=["Clever Passwords"],
        district_contact=contact,
        lms_type="",
        lms_state="",
    )
