"""Rows: records of which an app keeps several rows on purpose, as its vendor declares."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RowPer(StrEnum):
    """What an app keeps a row of one record for."""

    ROLE = "per-role"
    SCHOOL = "per-school"
    CLASS = "per-class"
    TEACHER = "per-teacher"
    CHILD = "per-child"


ROWS: Mapping[str, tuple[RowPer, ...]] = {
    "users": (RowPer.ROLE, RowPer.SCHOOL, RowPer.CLASS, RowPer.TEACHER, RowPer.CHILD),
    "sections": (RowPer.SCHOOL, RowPer.TEACHER),
    "courses": (RowPer.SCHOOL, RowPer.CLASS, RowPer.TEACHER),
    "terms": (RowPer.SCHOOL, RowPer.CLASS, RowPer.TEACHER),
}
"""Key of `[profile.rows]` → the values it can have."""

WORDS: Mapping[RowPer, str] = {
    RowPer.ROLE: "role",
    RowPer.SCHOOL: "school of each role",
    RowPer.CLASS: "class",
    RowPer.TEACHER: "teacher",
    RowPer.CHILD: "student of a contact",
}
"""What there is a row of a user for, in a sentence: `one row for each ...`."""


def row_for(key: str, per: RowPer) -> str:
    """The same for a key of `ROWS`: only users have roles that are at schools."""
    return "school" if per is RowPer.SCHOOL and key != "users" else WORDS[per]
