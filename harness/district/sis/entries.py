"""Entries: what a student information system holds of schools, terms, courses, classes and people.

They refer to each other by uid, a name that never changes, while a Clever id may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from harness.district.data_model.ids import Block
from harness.district.data_model.raw import AS_IT_IS, Raw
from harness.district.data_model.records import Name, Roles, School

_USUAL_CONTACT_TYPES = {"Parent": "Parent/Guardian", "Other": "Other", "": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Anything the SIS holds, under a name that never changes while its Clever id may."""

    uid: str
    id: str
    """The Clever id."""
    present: bool = True
    """Whether the SIS has it now."""
    left: str = ""
    """District time at which it left the SIS last, as `Sis.at` writes it."""
    shared: bool = True
    """Whether the district shares it with the app."""
    edition: int = 0
    """How often Clever has given it another id."""
    raw: Raw = AS_IT_IS
    """What an edge case changes of its record as it is sent."""

    @property
    def visible(self) -> bool:
        return self.present and self.shared


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolEntry(Entry):
    """A school; its uid is its key (`elementary`)."""

    record: School
    low: str
    high: str
    next: str | None
    """Key of the school its leavers go to, if the district has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry(Entry):
    school: str
    name: str
    start: date | None
    """None when the SIS does not say, as for the end."""
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEntry(Entry):
    name: str
    number: str
    by_number: bool = False
    """Whether Clever keys it by its number alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEntry(Entry):
    """A class. All references are uids."""

    school: str
    sis_id: str
    created: str
    source_name: str
    """The SIS's own name; Clever shows it when there is no course to name the class after."""
    course: str | None
    term: str | None
    teachers: tuple[str, ...]
    """Primary first."""
    students: tuple[str, ...]
    subject: str = ""
    period: str = ""
    number: str = ""
    classroom: str = ""
    reused: bool = False
    """Keeps its id at rollover."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """Wire fields an edge case sets; None leaves a field out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Whose contact somebody is, and as what."""

    student: str
    relationship: str
    type: str

    @classmethod
    def usual(cls, student: str, relationship: str) -> Relation:
        """A relationship with the type of contact that usually goes with it."""
        kind = _USUAL_CONTACT_TYPES.get(relationship, "Family")
        return cls(student=student, relationship=relationship, type=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry(Entry):
    """A person in all their roles, as the SIS has them."""

    position: int
    """Where the id stands in its block; addresses and usernames derive from it too."""
    name: Name
    email: str
    created: str
    roles: Roles
    """Clever's shape, but `school` and `schools` are school keys, those the SIS itself names."""
    relations: tuple[Relation, ...] = ()
    """For contacts."""
    unplaced: bool = False
    """Has no classes, and gets none at rollover."""
    still_listed: bool = False
    """Classes go on naming the person while the district does not share them."""

    @property
    def block(self) -> Block:
        """The block of ids the person belongs to: that of the first role they had."""
        return next(Block(role) for role in _BY_BLOCK if role in self.roles)


_BY_BLOCK = ("student", "teacher", "contact", "staff", "district_admin")


def is_cast(uid: str) -> bool:
    """Whether a uid is that of a cast member, rather than of an ordinary record."""
    return "/" in uid
