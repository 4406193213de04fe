"""Roster: everything a district shares with the app at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from harness.district.data_model.records import (
    Course,
    District,
    Kind,
    Record,
    School,
    Section,
    Term,
    User,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One district's shared records by Clever id, each mapping in ascending id order.

    Records are Clever's own shape and are never changed in place: a changed record is a new dict,
    an unchanged one is the same object from day to day, so identity is a sound shortcut.
    """

    district: District
    schools: Mapping[str, School]
    terms: Mapping[str, Term]
    courses: Mapping[str, Course]
    sections: Mapping[str, Section]
    users: Mapping[str, User]

    def of(self, kind: Kind) -> Mapping[str, Record]:
        """The records of one kind by id."""
        return _RECORDS[kind](self)

    def sections_of(self, user_id: str) -> tuple[Section, ...]:
        """The sections in which a user studies or teaches."""
        return tuple(
            section
            for section in self.sections.values()
            if user_id in section["students"] or user_id in section["teachers"]
        )


_RECORDS: Mapping[Kind, Callable[[Roster], Mapping[str, Record]]] = {
    Kind.DISTRICTS: lambda roster: {roster.district["id"]: roster.district},
    Kind.SCHOOLS: attrgetter("schools"),
    Kind.TERMS: attrgetter("terms"),
    Kind.COURSES: attrgetter("courses"),
    Kind.SECTIONS: attrgetter("sections"),
    Kind.USERS: attrgetter("users"),
}
