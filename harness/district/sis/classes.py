"""Classes: who studies in them and who teaches them, their course and their term.

Pure functions from one SIS to the next; each raises ImpossibleChangeError when it does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from harness.district.sis.entries import SectionEntry
from harness.district.sis.impossible import ImpossibleChangeError, name_of
from harness.district.sis.new_ids import with_new_id
from harness.district.sis.sis import Sis


def enroll(sis: Sis, student: str, sections: Sequence[str]) -> Sis:
    """A student joins classes."""
    for uid in sections:
        section = sis.sections[uid]
        if not section.present:
            raise ImpossibleChangeError(f"{name_of(uid)} is not there")
        if student in section.students:
            raise ImpossibleChangeError(f"{name_of(student)} is in {name_of(uid)} already")
        sis = sis.put(replace(section, students=(*section.students, student)))
    return sis


def drop(sis: Sis, student: str, sections: Sequence[str]) -> Sis:
    """A student is taken off classes."""
    for uid in sections:
        section = sis.sections[uid]
        if student not in section.students:
            raise ImpossibleChangeError(f"{name_of(student)} is not in {name_of(uid)}")
        sis = sis.put(replace(section, students=_without(section.students, student)))
    return sis


def co_teach(sis: Sis, section: str, teacher: str) -> Sis:
    """A further teacher of a class."""
    row = sis.sections[section]
    if teacher in row.teachers:
        raise ImpossibleChangeError(f"{name_of(teacher)} teaches {name_of(section)} already")
    _require_teacher(sis, teacher)
    return sis.put(replace(row, teachers=(*row.teachers, teacher)))


def stop_teaching(sis: Sis, section: str, teacher: str) -> Sis:
    """A teacher leaves a class; the next co-teacher becomes primary when the primary leaves."""
    row = _taught(sis, section, teacher)
    return sis.put(replace(row, teachers=_without(row.teachers, teacher)))


def stop_teaching_everywhere(sis: Sis, teacher: str) -> Sis:
    """A teacher leaves all their classes."""
    for row in sis.sections.values():
        if teacher in row.teachers:
            sis = sis.put(replace(row, teachers=_without(row.teachers, teacher)))
    return sis


def replace_teacher(sis: Sis, section: str, teacher: str) -> Sis:
    """Somebody takes over a class from its primary teacher; the co-teachers stay."""
    row = sis.sections[section]
    _require_teacher(sis, teacher)
    if row.teachers[:1] == (teacher,):
        raise ImpossibleChangeError(
            f"{name_of(teacher)} is the primary teacher of {name_of(section)} already"
        )
    return sis.put(replace(row, teachers=(teacher, *_without(row.teachers[1:], teacher))))


def promote_teacher(sis: Sis, section: str, teacher: str) -> Sis:
    """A co-teacher becomes primary; who was it, stays as co-teacher."""
    row = _taught(sis, section, teacher)
    if row.teachers[0] == teacher:
        raise ImpossibleChangeError(
            f"{name_of(teacher)} is the primary teacher of {name_of(section)} already"
        )
    return sis.put(replace(row, teachers=(teacher, *_without(row.teachers, teacher))))


def reschedule(sis: Sis, section: str, links: Mapping[str, str | None]) -> Sis:
    """A class gets another course or another term, or none, or moves to another school."""
    row = sis.sections[section]
    if not links or all(getattr(row, key) == uid for key, uid in links.items()):
        raise ImpossibleChangeError(f"nothing changes for {name_of(section)}")
    school = links.get("school") or row.school
    term = row.term if school == row.school else _counterpart(sis, row.term, school)
    return sis.put(
        replace(
            row,
            school=school,
            course=links.get("course", row.course),
            term=links.get("term", term),
        )
    )


def _counterpart(sis: Sis, term: str | None, school: str) -> str | None:
    """The term of another school with the same name and days; None if it has no such term."""
    row = sis.terms[term] if term else None
    same = (
        uid
        for uid, other in sis.terms.items()
        if row
        and other.present
        and other.school == school
        and (other.name, other.start, other.end) == (row.name, row.start, row.end)
    )
    return next(same, None)


def redate(sis: Sis, term: str, *, starts: int | None, ends: int | None) -> Sis:
    """A term begins or ends on other days, counted from the run date.

    Clever takes it for another term (https://dev.clever.com/docs/terms).
    """
    row = sis.terms[term]
    start = row.start if starts is None else sis.run_date + timedelta(days=starts)
    end = row.end if ends is None else sis.run_date + timedelta(days=ends)
    if (start, end) == (row.start, row.end):
        raise ImpossibleChangeError(f"{name_of(term)} has these days already")
    return with_new_id(sis.put(replace(row, start=start, end=end)), term)


def _taught(sis: Sis, section: str, teacher: str) -> SectionEntry:
    row = sis.sections[section]
    if teacher not in row.teachers:
        raise ImpossibleChangeError(f"{name_of(teacher)} does not teach {name_of(section)}")
    return row


def _require_teacher(sis: Sis, uid: str) -> None:
    if "teacher" not in sis.people[uid].roles:
        raise ImpossibleChangeError(f"{name_of(uid)} is not a teacher")


def _without(uids: Sequence[str], uid: str) -> tuple[str, ...]:
    return tuple(other for other in uids if other != uid)
