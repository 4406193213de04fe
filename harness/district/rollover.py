"""Rollover: a new school year, with new terms, courses and sections and their new Clever ids.

That is how most districts do it. A class that is `reused` is the other way: it keeps its id and
is next year's class, with next year's course, term and people (https://dev.clever.com/docs/data-changes).

Children go up a grade, and to the next school when theirs has no higher one; who has finished the
last grade leaves. Teachers stay and teach the same classes to whoever comes. Casts are in
`casts/next_year.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from harness.district.casts.next_year import successor, with_cast_enrollments, with_successors
from harness.district.data_model.grades import grades_between, next_grade
from harness.district.data_model.ids import Block
from harness.district.data_model.records import Roles
from harness.district.population.enrollment import with_ordinary_enrollments
from harness.district.population.person_maker import PersonMaker
from harness.district.sis.entries import CourseEntry, Entry, PersonEntry, SectionEntry, TermEntry
from harness.district.sis.roles import with_role_fields
from harness.district.sis.sis import Sis

_NEWCOMERS = 50
"""One newcomer for so many students, at each school that no other feeds."""
_Yearly = TypeVar("_Yearly", TermEntry, CourseEntry)


def roll_over(sis: Sis) -> Sis:
    """The Sis of the next school year.

    The old classes are gone for good and keep their names in the casts; their successors are
    called `NAME next year`.
    """
    old = sis
    sis = replace(sis, year=sis.year + 1)
    sis = sis.put(*_ended(old), *_terms(sis, old), *_courses(sis, old), *_sections(sis, old))
    sis = with_successors(sis, old)
    sis = sis.put(*_promoted(sis))
    sis = with_ordinary_enrollments(sis.put(*_newcomers(sis)))
    return with_cast_enrollments(sis, old)


def _ended(old: Sis) -> Iterator[TermEntry | CourseEntry | SectionEntry]:
    for term in old.terms.values():
        yield replace(term, present=False)
    for course in old.courses.values():
        yield replace(course, present=False)
    for section in old.sections.values():
        if not section.reused:
            yield replace(section, present=False)


def _renewed(sis: Sis, entry: _Yearly, block: Block) -> _Yearly:
    """The successor of a term or a course that is there; same place in its block, new year."""
    position = int(entry.id[16:], 16)
    clever_id = sis.ids.clever_id(block, position, sis.year)
    return replace(entry, uid=successor(entry.uid), id=clever_id, edition=0)


def _terms(sis: Sis, old: Sis) -> Iterator[TermEntry]:
    for term in old.terms.values():
        if term.present:
            fresh = _renewed(sis, term, Block.TERM)
            if term.start and term.end:
                end = sis.run_date + max(term.end - term.start, timedelta(days=30))
                fresh = replace(fresh, start=sis.run_date, end=end)
            yield fresh


def _courses(sis: Sis, old: Sis) -> Iterator[CourseEntry]:
    for course in old.courses.values():
        if course.present:
            yield _renewed(sis, course, Block.COURSE)


def _sections(sis: Sis, old: Sis) -> Iterator[SectionEntry]:
    """Next year's classes, with the same teachers, and no students yet."""
    for section in old.sections.values():
        if section.present:
            yield replace(
                section if section.reused else _recreated(sis, section),
                course=_successor_of_kept(old.courses, section.course),
                term=_successor_of_kept(old.terms, section.term),
                students=(),
            )


def _recreated(sis: Sis, section: SectionEntry) -> SectionEntry:
    position = int(section.id[16:], 16)
    return replace(
        section,
        uid=successor(section.uid),
        id=sis.ids.clever_id(Block.SECTION, position, sis.year),
        edition=0,
        sis_id=sis.ids.sis_id(Block.SECTION, position, sis.year),
        created=sis.at,
    )


def _successor_of_kept(kept: Mapping[str, Entry], uid: str | None) -> str | None:
    """The successor of a course or a term, if there is one."""
    return successor(uid) if uid and uid in kept and kept[uid].present else None


def _promoted(sis: Sis) -> Iterator[PersonEntry]:
    for person in sis.people.values():
        role = person.roles.get("student")
        if role is None:
            continue
        before, school = role.get("grade", ""), sis.schools[role["school"]]
        grade = next_grade(before)
        taught = grades_between(school.low, school.high)
        goes_on = school.uid if before not in taught or grade in taught else school.next
        if grade is None or goes_on not in sis.schools:
            yield replace(person, present=False)
        else:
            fields = {"grade": grade, "school": goes_on, "schools": [goes_on]}
            yield replace(person, roles=with_role_fields(person.roles, "student", fields))


def _newcomers(sis: Sis) -> Iterator[PersonEntry]:
    """New children in the lowest grade of every school that no other feeds."""
    make, known = PersonMaker.of_district(sis), sis.slots[Block.STUDENT]
    fed = {school.next for school in sis.schools.values()}
    unfed = [school for school in sis.schools.values() if school.uid not in fed]
    for number in range(known, known + max(1, known // _NEWCOMERS) * len(unfed)):
        school, uid = unfed[number % len(unfed)], f"student {number}"
        random, position = make.random(uid), sis.ids.ordinary_position(Block.STUDENT, number)
        name = make.name(random)
        role = make.student(random, name, position, school=school.uid, grade=school.low)
        yield PersonEntry(
            uid=uid,
            id=sis.ids.clever_id(Block.STUDENT, position),
            position=position,
            name=name,
            email=make.address(name, tag=f"{position:x}"),
            created=sis.at,
            roles=Roles(student=role),
        )
