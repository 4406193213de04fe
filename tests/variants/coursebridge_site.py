"""The site of a district in Coursebridge: rows, enrolments with dates, and work."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from harness.contract.snapshot import HeldRole, LocalRecord, StudentRelationship

KINDS = ("schools", "terms", "courses", "sections", "users")
Record = Mapping[str, Any]
"""A record as Clever sent it."""


@dataclass
class Row:
    """A record of ours."""

    id: str
    clever_id: str = ""
    fingerprint: str = ""
    live: bool = True
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Row | None] = field(default_factory=dict)


class Seat(NamedTuple):
    """Who is in a class, and as what."""

    person: str
    """Their Clever ID."""
    role: str


@dataclass
class Enrolment:
    """Somebody's time in a class; it is in force as long as it has no end."""

    id: str
    section: Row
    person: Row
    role: str
    rank: int
    since: str
    until: str = ""


@dataclass
class Visitor:
    """An account that the roster does not know."""

    id: str
    name: str
    email: str = ""
    role: str = ""


class Lesson(NamedTuple):
    """A piece of work, and the enrolment it was done in, if there was one."""

    account: str
    name: str
    enrolment: str


@dataclass
class Site:
    """All that is kept of one district."""

    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    """Kind → what rows are looked up by → row."""
    enrolments: dict[str, list[Enrolment]] = field(default_factory=dict)
    """Id of a section → who is or was in it."""
    visitors: list[Visitor] = field(default_factory=list)
    groups: list[LocalRecord] = field(default_factory=list)
    work: list[Lesson] = field(default_factory=list)
    started: float = 0
    """When the last import that ended well began."""
    lock: AbstractContextManager[object] = field(default_factory=threading.Lock)

    def person(self, clever_id: str) -> Row:
        """Who can sign in with this Clever ID; raises LookupError."""
        for row in self.rows["users"].values():
            if row.clever_id == clever_id and row.live:
                return row
        raise LookupError(f"nobody with the Clever ID {clever_id} can sign in")

    def current(self, section: Row) -> list[Enrolment]:
        """The enrolments of a section that are in force."""
        return [one for one in self.enrolments.get(section.id, ()) if not one.until]

    def of_person(self, person: Row) -> list[Enrolment]:
        """The enrolments of a person that are in force."""
        every = itertools.chain.from_iterable(self.enrolments.values())
        return [one for one in every if one.person is person and not one.until]


def _name_of(record: Record) -> dict[str, Any]:
    return {"name": record.get("name") or None}


def _values_of_term(term: Record) -> dict[str, Any]:
    dates = {name: (term.get(name) or "")[:10] or None for name in ("start_date", "end_date")}
    return _name_of(term) | dates


def _values_of_user(user: Record) -> dict[str, Any]:
    roles = {name: role for name, role in user["roles"].items() if role is not None}
    student, teacher = roles.get("student", {}), roles.get("teacher", {})
    children = roles.get("contact", {}).get("student_relationships") or ()
    name = user.get("name") or {}
    return {
        "first_name": name.get("first") or None,
        "last_name": name.get("last") or None,
        "email": user.get("email") or None,
        "grade": student.get("grade") or None,
        "primary_school": student.get("school") or teacher.get("school"),
        "roles": tuple(
            HeldRole(role=name, schools=tuple(dict.fromkeys(role.get("schools") or ())))
            for name, role in roles.items()
        ),
        "student_relationships": tuple(
            StudentRelationship(student=child["student"], relationship=child.get("relationship"))
            for child in {child["student"]: child for child in children}.values()
        ),
    }


VALUES: Mapping[str, Callable[[Record], dict[str, Any]]] = {
    "schools": _name_of,
    "terms": _values_of_term,
    "courses": _name_of,
    "sections": _name_of,
    "users": _values_of_user,
}
"""Kind → what a row keeps of a record, as it is shown."""
