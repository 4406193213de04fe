"""Rules: the roster Clever derives from a student information system.

Each rule names its source where it is applied. Where the documentation leaves a choice, recorded
responses of the district "#DEMO Certification ISD - Events" (spring 2023) decide; what neither
says is marked as inferred. `sharing.py` decides who is shared, `users.py` has the users' records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from harness.district.clever.sharing import SharedPart, shared_part
from harness.district.clever.unaffected import Unaffected, unaffected
from harness.district.clever.users import user_records
from harness.district.data_model.raw import as_sent
from harness.district.data_model.records import (
    Course,
    District,
    LmsStatus,
    School,
    Section,
    Term,
    User,
)
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.sis.entries import SectionEntry
from harness.district.sis.sis import Sis

_Dated = TypeVar("_Dated", School, Term, Course, Section, User)


def share(sis: Sis, *, at: datetime, previous: Roster | None) -> Roster:
    """Everything the district shares; a record as it was in `previous` is the same object.

    `at` is district time: `last_sync` shows it after every sync (recorded), and `last_modified` of
    what changed since.
    """
    return with_news_since(previous, roster_of(shared_part(sis), at=at, previous=previous))


def roster_of(
    shared: SharedPart,
    *,
    at: datetime,
    previous: Roster | None,
    earlier: SharedPart | None = None,
) -> Roster:
    """The records of what is shared, as if something of them had changed: see `last_clever_sync`.

    With the `earlier` part, the last one in `previous`, only what may have changed is made anew.
    """
    now, before = timestamp(at), previous
    same = unaffected(earlier, shared) if earlier and before else Unaffected()
    sections, users = _section_records(shared, same), user_records(shared, same.users)
    return Roster(
        district={**synced_at(shared.sis, at), "last_clever_sync": now},
        schools=_dated_by_id(_school_records(shared), before.schools if before else None, now),
        terms=_dated_by_id(_term_records(shared), before.terms if before else None, now),
        courses=_dated_by_id(_course_records(shared), before.courses if before else None, now),
        sections=_dated_by_id(sections, before.sections if before else None, now, same.sections),
        users=_dated_by_id(users, before.users if before else None, now, same.users),
    )


def with_news_since(last: Roster | None, roster: Roster) -> Roster:
    """The roster, with the `last_clever_sync` of the one shared last if no record is another."""
    if last is None or replace(roster, district=last.district) != last:
        return roster
    unmoved = last.district["last_clever_sync"]
    return replace(roster, district={**roster.district, "last_clever_sync": unmoved})


def synced_at(sis: Sis, at: datetime) -> District:
    """The district's own record after a sync."""
    return {**sis.district, "last_sync": timestamp(at)}


def _dated_by_id(
    records: Iterable[_Dated],
    before: Mapping[str, _Dated] | None,
    now: str,
    same: Collection[str] = (),
) -> dict[str, _Dated]:
    """Records by ascending id, which is Clever's order, the unchanged ones as they were.

    Those that are the `same` are not among the records. When a district first shares,
    `last_modified` is as old as `created` (inferred).
    """
    if before is None:
        by_id = {record["id"]: record for record in records}
    else:
        by_id = {record["id"]: _dated(record, before.get(record["id"]), now) for record in records}
        by_id.update((key, before[key]) for key in same)
    return {key: by_id[key] for key in sorted(by_id)}


def _dated(record: _Dated, before: _Dated | None, now: str) -> _Dated:
    """The record itself, modified now, or the one before if nothing else is new."""
    fresh: dict[str, Any] = record  # type: ignore[assignment]
    known: dict[str, Any] = before or {}  # type: ignore[assignment]
    if "last_modified" in fresh:
        fresh["last_modified"] = known.get("last_modified", now)
    if before is not None and before == record:
        return before
    if "last_modified" in fresh:
        fresh["last_modified"] = now
    return record


def _school_records(shared: SharedPart) -> Iterator[School]:
    for key in shared.schools:
        school = shared.sis.schools[key]
        record: School = {**school.record}
        yield as_sent(record, school.raw)


def _term_records(shared: SharedPart) -> Iterator[Term]:
    """Terms of shared sections; the days only if the SIS has them.

    A term is built from sections and has neither school nor times of its own, and any other name
    or day makes it another term: https://dev.clever.com/docs/terms and
    https://dev.clever.com/docs/data-model-quirks-and-supported-features-district-integrations
    """
    used = {section.term for section in shared.sections}
    for term in shared.sis.terms.values():
        if term.uid in used and term.visible and term.school in shared.schools:
            record = Term(id=term.id, district=shared.sis.district["id"], name=term.name)
            if term.start:
                record["start_date"] = term.start.isoformat()
            if term.end:
                record["end_date"] = term.end.isoformat()
            yield as_sent(record, term.raw)


def _course_records(shared: SharedPart) -> Iterator[Course]:
    """Courses of shared sections: without a section there is no course.

    https://dev.clever.com/docs/courses and
    https://dev.clever.com/docs/data-model-quirks-and-supported-features-district-integrations
    """
    used = {section.course for section in shared.sections}
    for course in shared.sis.courses.values():
        if course.uid in used and course.visible:
            record = Course(
                id=course.id,
                district=shared.sis.district["id"],
                name=course.name,
                number=course.number,
            )
            yield as_sent(record, course.raw)


def _section_records(shared: SharedPart, same: Unaffected) -> Iterator[Section]:
    for section in shared.sections:
        if section.id not in same.sections:
            yield as_sent(_section_record(shared, section), section.raw)


def _section_record(shared: SharedPart, row: SectionEntry) -> Section:
    """A section: its primary teacher first among its teachers, course and term only if shared.

    https://dev.clever.com/docs/sections; `lms_status` is new in v3.1
    (https://dev.clever.com/docs/whats-new-in-api-v31).
    """
    sis, teachers = shared.sis, list(dict.fromkeys(shared.member_ids(row.teachers)))
    course, term = sis.courses.get(row.course or ""), sis.terms.get(row.term or "")
    record = Section(
        id=row.id,
        district=sis.district["id"],
        school=shared.schools[row.school],
        name=_section_name(shared, row),
        sis_id=row.sis_id,
        created=row.created,
        last_modified=row.created,
        subject=row.subject,
        students=sorted(shared.member_ids(row.students)),
        teachers=teachers,
        grade=_section_grade(shared, row),
        section_number=row.number,
        period=row.period,
        ext={"classroom": row.classroom},
        lms_status=LmsStatus(synced_in_lms=False),
    )
    if teachers:
        record["teacher"] = teachers[0]
    if course and course.visible:
        record["course"] = course.id
    if term and term.visible and term.school in shared.schools:
        record["term_id"] = term.id
    return _with_fields(record, row.fields)


def _section_name(shared: SharedPart, row: SectionEntry) -> str:
    """`course - teacher's last name - period`; the SIS's own name where there is no course.

    https://dev.clever.com/docs/sections, and so recorded. For some kinds of sync Clever takes the
    SIS's name first (https://dev.clever.com/docs/ss-design), which this district does not.
    """
    course = shared.sis.courses.get(row.course or "")
    if course is None or not course.visible:
        return row.source_name
    named = (uid for uid in row.teachers if uid in shared.ids or uid in shared.listed_but_unshared)
    primary = next(named, None)
    last = shared.sis.people[primary].name.get("last", "") if primary else ""
    period = str(row.fields.get("period", row.period) or "")
    return " - ".join(part for part in (course.name, last, period) if part)


def _section_grade(shared: SharedPart, row: SectionEntry) -> str:
    """The grade most students of the class are in (https://dev.clever.com/docs/sections).

    Of several such grades the first by name: a choice of ours.
    """
    grades = Counter(
        shared.sis.people[uid].roles["student"].get("grade", "")
        for uid in row.students
        if uid in shared.ids
    )
    return min(grades, key=lambda grade: (-grades[grade], grade))


def _with_fields(record: Section, fields: Mapping[str, object]) -> Section:
    """The record with fields an edge case sets itself; None leaves a field out."""
    if not fields:
        return record
    merged: Any = {**record, **fields}
    edited: Section = {key: value for key, value in merged.items() if value is not None}  # type: ignore[assignment]
    return edited
