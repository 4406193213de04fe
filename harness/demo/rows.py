"""Which columns of our tables a record of Clever's fills."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.roster import Course, Person, School, Section, Term
from harness.demo.store import Row


def school_row(school: School) -> Row:
    return {"clever_id": school.clever_id, "name": school.name}


def term_row(term: Term) -> Row:
    return {
        "clever_id": term.clever_id,
        "name": term.name,
        "start_date": term.start_date,
        "end_date": term.end_date,
    }


def course_row(course: Course) -> Row:
    return {"clever_id": course.clever_id, "name": course.name}


def section_row(
    section: Section,
    schools: Mapping[str, int],
    courses: Mapping[str, int],
    terms: Mapping[str, int],
) -> Row:
    """A class can lack a school, a course or a term, or name one that is not shared with us."""
    return {
        "clever_id": section.clever_id,
        "name": section.name,
        "school_id": schools.get(section.school or ""),
        "course_id": courses.get(section.course or ""),
        "term_id": terms.get(section.term or ""),
    }


def user_row(person: Person) -> Row:
    return {
        "clever_id": person.clever_id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "sis_id": person.sis_id,
        "grade": person.grade,
    }
