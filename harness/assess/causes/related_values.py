"""Traits of records, and those that show only beside what else is shared: dates, grades, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from harness.district.data_model.grades import GRADES
from harness.district.data_model.records import Record
from harness.district.data_model.roster import Roster


@dataclass(frozen=True, slots=True, order=True)
class Trait:
    """Something a record has at a path: the plainer form comes first."""

    rank: int
    path: str
    words: str


_LINKS = {"school": "schools", "course": "courses", "term_id": "terms"}


def related(record: Record, roster: Roster, today: str) -> Iterator[Trait]:
    """What an app can see of a record only with another record, or with a calendar."""
    fields = cast(Mapping[str, Any], record)
    records = {"schools": roster.schools, "courses": roster.courses, "terms": roster.terms}
    for key, kind in _LINKS.items():
        linked = fields.get(key)
        if linked and linked not in records[kind]:
            yield Trait(1, key, f"whose `{key}` is not shared")
    term: Mapping[str, Any] = fields
    if "term_id" in fields:
        term = cast(Mapping[str, Any], roster.terms.get(str(fields["term_id"])) or {})
    of = " of a term" if "term_id" in fields else ""
    over = (term.get("end_date") or today) < today
    begun = (term.get("start_date") or today) <= today
    if over:
        yield Trait(1, "end_date", f"{of or ' that are'} over by `end_date`".strip())
    if not begun:
        yield Trait(1, "start_date", f"{of or ' that are'} to begin by `start_date`".strip())
    if over or not begun:
        words = "of a term that is over or has" if of else "that are over or have"
        yield Trait(1, "end_date", f"{words} not begun, by `start_date` and `end_date`")
    yield from _grades(fields, roster)
    if fields.get("id") in roster.schools and not _attended(str(fields["id"]), roster):
        yield Trait(0, "students", "that no student belongs to")


def _attended(school: str, roster: Roster) -> bool:
    students = (user["roles"].get("student") for user in roster.users.values())
    return any(school in student["schools"] for student in students if student)


def _grades(fields: Mapping[str, Any], roster: Roster) -> Iterator[Trait]:
    """A grade that the school does not have, by its lowest and highest one."""
    roles: Mapping[str, Any] = fields.get("roles") or {}
    student: Mapping[str, Any] = roles.get("student") or {}
    grade, school = student.get("grade"), roster.schools.get(str(student.get("school")))
    span = (str(school.get("low_grade")), str(school.get("high_grade"))) if school else ("", "")
    lowest, highest = span
    known = GRADES[: GRADES.index("13") + 1]  # those beyond are in no order
    if lowest in known and highest in known and grade in known:
        within = known[known.index(lowest) : known.index(highest) + 1]
        if grade not in within:
            words = "whose `grade` is not between `low_grade` and `high_grade` of their school"
            yield Trait(1, "grade", words)
