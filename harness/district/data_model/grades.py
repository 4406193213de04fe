"""Grades: Clever's grade values, and which follows which."""

from __future__ import annotations

GRADES = (
    "InfantToddler",
    "Preschool",
    "PreKindergarten",
    "TransitionalKindergarten",
    "Kindergarten",
    *(str(year) for year in range(1, 14)),
    "PostGraduate",
    "Ungraded",
    "Other",
)
"""Clever's grade values, in the order of a school career; the last three have no order."""

_LADDER = GRADES[: GRADES.index("12") + 1]


def grades_between(low: str, high: str) -> tuple[str, ...]:
    """The grades from low to high, both included."""
    return _LADDER[_LADDER.index(low) : _LADDER.index(high) + 1]


def next_grade(grade: str) -> str | None:
    """The grade of next year: None after the 12th; a grade without order stays as it is."""
    if grade not in _LADDER:
        return grade
    place = _LADDER.index(grade) + 1
    return _LADDER[place] if place < len(_LADDER) else None
