"""Enrollment: which ordinary students are in which classes of their school.

Classes of a school are spread over periods. In every period the students, in order of grade, are
cut into as many blocks as there are classes, so that a class is of about one grade. Each student
has two periods in eight free; a few take one class at another school, a few take none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from harness.district.data_model.grades import GRADES
from harness.district.sis.entries import PersonEntry, is_cast
from harness.district.sis.sis import Sis

_PERIODS = 8
_ELSEWHERE = 17
"""One student in so many takes one class at the next school."""


def periods_of(sections: int) -> int:
    """How many periods a school with so many classes has."""
    return min(_PERIODS, sections)


def class_lists(
    students: Mapping[str, Sequence[str]], sections: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Section → its students, for students and sections in order, by school."""
    students_of: dict[str, list[str]] = {uid: [] for uids in sections.values() for uid in uids}
    schools = [school for school in students if sections.get(school)]
    for place, school in enumerate(schools):
        elsewhere = schools[(place + 1) % len(schools)]
        of_school = students[school]
        for rank, student in enumerate(of_school):
            for period in range(periods_of(len(sections[school]))):
                if (period + rank) % 4 == 0:
                    continue
                guest = rank % _ELSEWHERE == 5 and period == (rank + 1) % 4
                classes = sections[elsewhere if guest else school]
                at_once = classes[period :: periods_of(len(classes))]
                if at_once:
                    students_of[at_once[rank * len(at_once) // len(of_school)]].append(student)
    return students_of


def with_ordinary_enrollments(sis: Sis) -> Sis:
    """The Sis with its ordinary students in its ordinary classes of this year."""
    students: dict[str, list[str]] = {}
    for person in sorted(sis.people.values(), key=lambda person: _grade(person)):
        role = person.roles.get("student")
        if role and not is_cast(person.uid) and person.present and not person.unplaced:
            students.setdefault(role["school"], []).append(person.uid)
    sections: dict[str, list[str]] = {}
    for section in sis.sections.values():
        if section.present and not is_cast(section.uid):
            sections.setdefault(section.school, []).append(section.uid)
    return sis.put(
        *(
            replace(sis.sections[uid], students=tuple(members))
            for uid, members in class_lists(students, sections).items()
        )
    )


def _grade(person: PersonEntry) -> int:
    grade = person.roles.get("student", {}).get("grade", "")
    return GRADES.index(grade) if grade in GRADES else -1
