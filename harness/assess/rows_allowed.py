"""Rows allowed: how many rows of one record a declaration explains."""

from __future__ import annotations

from collections.abc import Collection

from harness.contract.rows import RowPer
from harness.district.data_model.records import Kind, Section, User, roles_of
from harness.district.data_model.roster import Roster


def rows_allowed(roster: Roster, kind: Kind, clever_id: str, per: RowPer) -> int:
    """How many active rows a record can have; at least one."""
    if per == RowPer.ROLE:
        return max(1, len(roles_of(roster.users[clever_id])))
    if per == RowPer.SCHOOL and kind is Kind.USERS:
        return max(1, _places(roster.users[clever_id]))
    sections = _sections(roster, kind, clever_id)
    match per:
        case RowPer.SCHOOL:
            number = len({section["school"] for section in sections})
        case RowPer.TEACHER:
            number = len({teacher for section in sections for teacher in section["teachers"]})
        case _:
            number = len(sections)
    return max(1, number)


def _places(user: User) -> int:
    """Every school of every role, and every role without one."""
    return sum(len(fields.get("schools") or ("",)) for fields in roles_of(user).values())


def _sections(roster: Roster, kind: Kind, clever_id: str) -> Collection[Section]:
    """The sections of a person, a course or a term, or the section itself."""
    sections = roster.sections.values()
    match kind:
        case Kind.USERS:
            return [s for s in sections if clever_id in (*s["students"], *s["teachers"])]
        case Kind.COURSES:
            return [section for section in sections if section.get("course") == clever_id]
        case Kind.TERMS:
            return [section for section in sections if section.get("term_id") == clever_id]
        case _:
            return [roster.sections[clever_id]]
