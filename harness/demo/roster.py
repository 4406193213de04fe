"""What one complete reading of a district says, in the app's own terms. All ids are Clever ids."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    clever_id: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    clever_id: str
    name: str | None = None
    start_date: str | None = None  # ISO date
    end_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    clever_id: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A class. It may name people and places that the district does not share with us."""

    clever_id: str
    name: str | None = None
    school: str | None = None
    course: str | None = None
    term: str | None = None
    teachers: tuple[str, ...] = ()
    """All of them, the primary teacher first."""
    students: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    name: str
    schools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """Whom a contact looks after, and as what."""

    student: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    clever_id: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    sis_id: str | None = None
    """The district's own number, shown to our help desk. It is never a key: districts share it."""
    grade: str | None = None
    former_ids: tuple[str, ...] = ()
    """What Clever called the person in version 2, once for each role."""
    roles: tuple[Role, ...] = ()
    relationships: tuple[Relationship, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everything a district shares with the app. It exists only once all of it has been read."""

    district: str
    name: str | None
    schools: tuple[School, ...]
    terms: tuple[Term, ...]
    courses: tuple[Course, ...]
    sections: tuple[Section, ...]
    people: tuple[Person, ...]
