"""Schools and classes: schools from schools.csv; the rest from the files about classes.

A course and a term belong to a school and are what their columns say; a section without a course
name has none (https://dev.clever.com/docs/courses, /terms).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from harness.district.csv import values
from harness.district.csv.columns import CO_TEACHERS
from harness.district.csv.keys import Keys, uid
from harness.district.csv.row import Row
from harness.district.csv.row_checks import known_reference, unique_rows
from harness.district.data_model.grades import GRADES
from harness.district.data_model.ids import Block
from harness.district.data_model.records import Location, Principal, School
from harness.district.sis.entries import CourseEntry, SchoolEntry, SectionEntry, TermEntry

_LADDER = GRADES[: GRADES.index("12") + 1]


def school_entries(rows: Iterable[Row], keys: Keys, district: str) -> Iterator[SchoolEntry]:
    for number, row in unique_rows(rows, "School_id"):
        low, high = row.parsed("Low_grade", values.grade), row.parsed("High_grade", values.grade)
        clever_id = keys.id(Block.SCHOOL, number)
        record = School(
            id=clever_id,
            district=district,
            name=row.required("School_name"),
            sis_id=number,
            school_number=row["School_number"] or number,
            created=keys.created,
            last_modified=keys.created,
            state_id=row["State_id"],
            low_grade=low,
            high_grade=high,
            phone=row["School_phone"],
            location=Location(
                address=row["School_address"],
                city=row["School_city"],
                state=row["School_state"],
                zip=row["School_zip"],
            ),
            principal=Principal(name=row["Principal"], email=row["Principal_email"]),
            ext=dict(row.extension),
        )
        yield SchoolEntry(
            uid=number,
            id=clever_id,
            record=record,
            low=low if low in _LADDER else _LADDER[0],
            high=high if high in _LADDER else _LADDER[-1],
            next=None,
        )


def course_of(row: Row, keys: Keys) -> CourseEntry | None:
    """The course a section's row describes."""
    name, number = row["Course_name"], row["Course_number"]
    if not name:
        return None
    key = (row["School_id"], name, number)
    return CourseEntry(
        uid=uid(Block.COURSE, *key), id=keys.id(Block.COURSE, *key), name=name, number=number
    )


def term_of(row: Row, keys: Keys) -> TermEntry | None:
    """The term a section's row describes, by its name, its dates or both."""
    start, end = row.parsed("Term_start", values.day), row.parsed("Term_end", values.day)
    name = row["Term_name"]
    if not (name or start or end):
        return None
    if start and end and end < start:
        raise row.error("Term_end", f'"{row["Term_end"]}" is before Term_start')
    key = (row["School_id"], name, str(start), str(end))
    return TermEntry(
        uid=uid(Block.TERM, *key),
        id=keys.id(Block.TERM, *key),
        school=row["School_id"],
        name=name,
        start=start,
        end=end,
    )


def section_entry(
    row: Row,
    keys: Keys,
    *,
    teachers: Collection[str],
    students: tuple[str, ...],
    course: CourseEntry | None,
    term: TermEntry | None,
) -> SectionEntry:
    """A class with the students enrolled in it; `teachers` are the numbers teachers.csv has."""
    number, grade = row["Section_id"], row.parsed("Grade", values.grade)
    fields: dict[str, object] = {"ext": dict(row.extension)}
    if grade:  # otherwise Clever takes that of most students
        fields["grade"] = grade
    return SectionEntry(
        uid=uid(Block.SECTION, number),
        id=keys.id(Block.SECTION, number),
        school=row["School_id"],
        sis_id=number,
        created=keys.created,
        source_name=row["Name"] or number,
        course=course.uid if course else None,
        term=term.uid if term else None,
        teachers=tuple(uid(Block.TEACHER, number) for number in _teachers(row, teachers)),
        students=tuple(uid(Block.STUDENT, number) for number in students),
        subject=row.parsed("Subject", values.subject),
        period=row["Period"],
        number=row["Section_number"],
        classroom=row.extension.get("classroom", ""),
        fields=fields,
    )


def _teachers(row: Row, teachers: Collection[str]) -> Iterator[str]:
    numbers: set[str] = set()
    for column in ("Teacher_id", *CO_TEACHERS):
        if not row[column]:
            continue
        number = known_reference(row, column, teachers, "teachers.csv")
        if number in numbers:
            raise row.error(column, f'"{number}" teaches the class in another column already')
        numbers.add(number)
        yield number


def enrolled(
    rows: Iterable[Row], sections: Mapping[str, Row], students: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """The numbers of each section's students, by the section's number."""
    lines: dict[str, dict[str, int]] = {number: {} for number in sections}
    for row in rows:
        section = known_reference(row, "Section_id", sections, "sections.csv")
        student = known_reference(row, "Student_id", students, "students.csv")
        school = row.required("School_id")
        if school != sections[section]["School_id"]:
            raise row.error(
                "School_id",
                f'"{school}" is not the school of section "{section}", '
                f'expected "{sections[section]["School_id"]}"',
            )
        if student in lines[section]:
            line = lines[section][student]
            raise row.error("Student_id", f'"{student}" is in "{section}" on line {line} already')
        lines[section][student] = row.line
    return {number: tuple(members) for number, members in lines.items()}
