"""Rules: what Clever derives from a student information system, and so what it shares.

Sources: dev.clever.com/docs/users, /sections, /courses, /terms, /multi-role-users-in-clever,
/data-model-quirks-and-supported-features-district-integrations; support article 115003279987
(primary school). Where they leave a choice, recorded responses of Certification ISD decide.

* A section is shared while it has a student, a course or a term while it has a section.
* A section names people who are shared, and those of the others who are still listed: ids the app
  cannot read (dev.clever.com/docs/sync-troubleshooting). Its primary teacher stands first.
* A student's schools are those of their sections; without any, the SIS's. A teacher's are the
  SIS's and those of their sections. The primary school has most of the user's sections, then most
  students in them (`users.py`).
* Employees with one e-mail address are one user (`sis.py`).
* A contact is shared with a first shared student, an employee with a first shared school
  (`sharing.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from harness.district.clever.sharing import SharedPart, shared_part
from harness.district.clever.users import user_records
from harness.district.data_model.raw import as_sent
from harness.district.data_model.records import Course, LmsStatus, School, Section, Term, User
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.sis.entries import SectionEntry
from harness.district.sis.sis import Sis

_Row = TypeVar("_Row", School, Term, Course, Section, User)


def share(sis: Sis, *, at: datetime, previous: Roster | None) -> Roster:
    """Everything the district shares; a record as it was in `previous` is the same object.

    `at` is district time: `last_sync` shows it, and `last_modified` of what changed since.
    """
    view, now, before = shared_part(sis), timestamp(at), previous
    return Roster(
        district={**sis.district, "last_sync": now},
        schools=_settled(_schools(view), before.schools if before else None, now),
        terms=_settled(_terms(view), before.terms if before else None, now),
        courses=_settled(_courses(view), before.courses if before else None, now),
        sections=_settled(_sections(view), before.sections if before else None, now),
        users=_settled(user_records(view), before.users if before else None, now),
    )


def _settled(
    records: Iterable[_Row], before: Mapping[str, _Row] | None, now: str
) -> dict[str, _Row]:
    """Records by ascending id, dated, the unchanged ones as they were.

    At the very first `last_modified` is as old as `created`.
    """
    rows = sorted(records, key=lambda record: record["id"])
    if before is None:
        return {record["id"]: record for record in rows}
    return {record["id"]: _dated(record, before.get(record["id"]), now) for record in rows}


def _dated(record: _Row, before: _Row | None, now: str) -> _Row:
    fresh: dict[str, Any] = record  # type: ignore[assignment]
    known: dict[str, Any] = before or {}  # type: ignore[assignment]
    if "last_modified" in fresh:
        fresh["last_modified"] = known.get("last_modified", now)
    if before is not None and before == record:
        return before
    if "last_modified" in fresh:
        fresh["last_modified"] = now
    return record


def _schools(view: SharedPart) -> Iterator[School]:
    for key in view.schools:
        school = view.sis.schools[key]
        record: School = {**school.record}
        yield as_sent(record, school.raw)


def _terms(view: SharedPart) -> Iterator[Term]:
    used = {row.term for row in view.sections}
    for term in view.sis.terms.values():
        if term.uid in used and term.visible and term.school in view.schools:
            record = Term(id=term.id, district=view.sis.district["id"], name=term.name)
            if term.start:
                record["start_date"] = term.start.isoformat()
            if term.end:
                record["end_date"] = term.end.isoformat()
            yield as_sent(record, term.raw)


def _courses(view: SharedPart) -> Iterator[Course]:
    used = {row.course for row in view.sections}
    for course in view.sis.courses.values():
        if course.uid in used and course.visible:
            record = Course(
                id=course.id,
                district=view.sis.district["id"],
                name=course.name,
                number=course.number,
            )
            yield as_sent(record, course.raw)


def _sections(view: SharedPart) -> Iterator[Section]:
    for row in view.sections:
        yield as_sent(_section(view, row), row.raw)


def _section(view: SharedPart, row: SectionEntry) -> Section:
    sis, teachers = view.sis, list(dict.fromkeys(view.listed(row.teachers)))
    course, term = sis.courses.get(row.course or ""), sis.terms.get(row.term or "")
    record = Section(
        id=row.id,
        district=sis.district["id"],
        school=view.schools[row.school],
        name=_section_name(view, row),
        sis_id=row.sis_id,
        created=row.created,
        last_modified=row.created,
        subject=row.subject,
        students=sorted(view.listed(row.students)),
        teachers=teachers,
        grade=_section_grade(view, row),
        section_number=row.number,
        period=row.period,
        ext={"classroom": row.classroom},
        lms_status=LmsStatus(synced_in_lms=False),
    )
    if teachers:
        record["teacher"] = teachers[0]
    if course and course.visible:
        record["course"] = course.id
    if term and term.visible and term.school in view.schools:
        record["term_id"] = term.id
    return _with_fields(record, row.fields)


def _section_name(view: SharedPart, row: SectionEntry) -> str:
    """`course - teacher's last name - period`; the SIS's own name where there is no course."""
    course = view.sis.courses.get(row.course or "")
    if course is None or not course.visible:
        return row.source_name
    known = (uid for uid in row.teachers if uid in view.ids or uid in view.listed_but_unshared)
    first = next(known, None)
    last = view.sis.people[first].name.get("last", "") if first else ""
    period = str(row.fields.get("period", row.period) or "")
    return " - ".join(part for part in (course.name, last, period) if part)


def _section_grade(view: SharedPart, row: SectionEntry) -> str:
    """The grade of most members."""
    grades = Counter(
        view.sis.people[uid].roles["student"].get("grade", "")
        for uid in row.students
        if uid in view.ids
    )
    return min(grades, key=lambda grade: (-grades[grade], grade))


def _with_fields(record: Section, fields: Mapping[str, object]) -> Section:
    """What an edge case sets by hand; None leaves a field out."""
    if not fields:
        return record
    merged: Any = {**record, **fields}
    edited: Section = {key: value for key, value in merged.items() if value is not None}  # type: ignore[assignment]
    return edited
