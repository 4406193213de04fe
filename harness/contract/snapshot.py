"""Snapshot: what the app holds for one district at one moment, as its adapter shows it.

The wire form is `reports/schemas/snapshot.schema.json`; field names are the same there.
All `clever_id`s, and all ids in `schools`, `school`, `course`, `term`, `teachers`, `students`
and `student`, are Clever IDs. `app_id`s are the app's own. None means "the app does not say".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.contract.former_names import formerly, warn


class Status(StrEnum):
    """Whether a record is in use."""

    ACTIVE = "active"
    ARCHIVED = "archived"  # deactivated, hidden or soft-deleted: kept, but not in use


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """One role of a user: student, teacher, staff, district_admin or contact."""

    role: str
    schools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRelationship:
    """A contact's link to a student, as in Clever's `student_relationships`."""

    student: str
    relationship: str | None = None
    """What the contact is to the student, such as Parent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSchool:
    """A school as the app holds it."""

    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTerm:
    """A term as the app holds it."""

    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None
    start_date: str | None = None
    """Its first day, `YYYY-MM-DD`. Dates are compared if the app shows any."""
    end_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCourse:
    """A course as the app holds it."""

    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSection:
    """A section, or class, as the app holds it, with its members."""

    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None
    school: str | None = None
    course: str | None = None
    term: str | None = None
    teachers: tuple[str, ...] = ()
    """All teachers, the primary one first; an app that does not know who it is declares it."""
    students: tuple[str, ...] = ()


@formerly(guardians="student_relationships")
@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUser:
    """A user's account, with all roles."""

    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None
    """The whole name, of an app that keeps one text instead of a first and a last name."""
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    grade: str | None = None
    """A student's grade, as the app writes it. Grades are compared if the app shows any."""
    primary_school: str | None = None
    """Clever's `school` of a student or teacher. It is compared if the app shows any."""
    roles: tuple[HeldRole, ...] = ()
    student_relationships: tuple[StudentRelationship, ...] = ()
    """For a contact: the students it belongs to."""


Held = HeldSchool | HeldTerm | HeldCourse | HeldSection | HeldUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One piece of work in the app, such as a finished lesson, and whose it is."""

    account: str
    """`app_id` of the user it belongs to."""
    lesson: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRecord:
    """A user or group that belongs to the app alone and does not come from Clever."""

    app_id: str
    name: str = ""
    members: tuple[str, ...] = ()
    """For a group: the Clever IDs of its members, if the app says who they are."""


@formerly(unmanaged_users="local_users", unmanaged_groups="local_groups")
@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All the app holds for one district. Two rows of a `clever_id` are a finding, or declared."""

    schools: tuple[HeldSchool, ...] = ()
    terms: tuple[HeldTerm, ...] = ()
    courses: tuple[HeldCourse, ...] = ()
    sections: tuple[HeldSection, ...] = ()
    users: tuple[HeldUser, ...] = ()
    progress: tuple[Work, ...] = ()
    local_users: tuple[LocalRecord, ...] = ()
    local_groups: tuple[LocalRecord, ...] = ()
    complete: bool = True
    """False if the app could not list everything. Absence then proves nothing."""
    includes_archived: bool = True
    """False if the export has active rows only. Archiving is then inferred from returns."""


if not TYPE_CHECKING:  # a type checker would take every name of this module for granted

    def __getattr__(name: str) -> object:
        """A class under its former name, as adapters in Python may still call it."""
        former = {"Guardian": StudentRelationship, "Unmanaged": LocalRecord}
        if name in former:
            warn(__name__, name, former[name].__name__, stacklevel=3)
            return former[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
