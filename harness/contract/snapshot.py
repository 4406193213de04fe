"""Snapshot: what the app holds for one district, as observed. It is never the truth.

The wire form is `reports/schemas/snapshot.schema.json`; field names are the same there.
All `clever_id`s, and all ids in `schools`, `school`, `course`, `term`, `teachers`, `students`
and `student`, are Clever ids. `app_id`s are the app's own. None means "the app did not say".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.contract.former_names import formerly, warn


class Status(StrEnum):
    ACTIVE = "active"
    ARCHIVED = "archived"  # deactivated, hidden, soft-deleted: kept, and out of use


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
    """What the contact is to the student, such as Mother."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSchool:
    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTerm:
    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCourse:
    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSection:
    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    name: str | None = None
    school: str | None = None
    course: str | None = None
    term: str | None = None
    teachers: tuple[str, ...] = ()
    """All teachers; the primary teacher first, if the app knows which one it is."""
    students: tuple[str, ...] = ()


@formerly(guardians="student_relationships")
@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUser:
    clever_id: str
    app_id: str
    status: Status = Status.ACTIVE
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    roles: tuple[HeldRole, ...] = ()
    student_relationships: tuple[StudentRelationship, ...] = ()
    """For a contact: the students it belongs to."""


Held = HeldSchool | HeldTerm | HeldCourse | HeldSection | HeldUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One piece of a person's work in the app (a finished lesson), and whose it is."""

    account: str
    """`app_id` of the user it belongs to."""
    lesson: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRecord:
    """A user or a group of the app's own, which Clever knows nothing of."""

    app_id: str
    name: str = ""
    members: tuple[str, ...] = ()
    """For a group: the Clever ids of its members, if the app says who they are."""


@formerly(unmanaged_users="local_users", unmanaged_groups="local_groups")
@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All the app holds for one district. Two rows with one `clever_id` are allowed: a finding."""

    schools: tuple[HeldSchool, ...] = ()
    terms: tuple[HeldTerm, ...] = ()
    courses: tuple[HeldCourse, ...] = ()
    sections: tuple[HeldSection, ...] = ()
    users: tuple[HeldUser, ...] = ()
    progress: tuple[Work, ...] = ()
    local_users: tuple[LocalRecord, ...] = ()
    local_groups: tuple[LocalRecord, ...] = ()
    complete: bool = True
    """False when the app could not list everything; then nothing is concluded from absence."""
    includes_archived: bool = True
    """False when the export holds active rows only; then *archived* is inferred from a return."""


if not TYPE_CHECKING:  # a type checker would take every name of this module for granted

    def __getattr__(name: str) -> object:
        """A class under its former name, as adapters in Python may still call it."""
        former = {"Guardian": StudentRelationship, "Unmanaged": LocalRecord}
        if name in former:
            warn(__name__, name, former[name].__name__, stacklevel=3)
            return former[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
