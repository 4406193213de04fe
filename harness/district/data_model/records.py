"""The `data` objects of Clever's Data API v3.1, as on the wire.

v3.0 lacks some keys (`simulator/http/versions.py` drops them). A key that is absent here is absent
on the wire; unset optional values are usually present as "" (recorded behaviour of Certification
ISD).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Literal, NotRequired, TypedDict


class Kind(StrEnum):
    """Clever's object types, in the words of its paths and events."""

    DISTRICTS = "districts"
    SCHOOLS = "schools"
    TERMS = "terms"
    COURSES = "courses"
    SECTIONS = "sections"
    USERS = "users"


class Role(StrEnum):
    STUDENT = "student"
    TEACHER = "teacher"
    STAFF = "staff"
    DISTRICT_ADMIN = "district_admin"
    CONTACT = "contact"


EMPLOYEES = (Role.TEACHER, Role.STAFF, Role.DISTRICT_ADMIN)
"""Roles one user can have together; Clever merges employees with one e-mail."""


class Name(TypedDict, total=False):
    first: str  # absent for contacts, whose whole name is in `last`
    middle: str
    last: str


class Location(TypedDict, total=False):
    address: str
    city: str
    state: str
    zip: str


class Credentials(TypedDict, total=False):
    district_username: str


class DistrictContact(TypedDict):
    district: str
    email: str
    id: str
    name: Name
    title: str


class District(TypedDict):
    id: str
    name: str
    sis_type: str
    state: str
    error: str
    launch_date: str
    last_sync: str
    last_clever_sync: NotRequired[str]
    """When what is shared with the app changed last (dev.clever.com/docs/districts); apps with the
    setting App Sync Notifications have it."""
    portal_url: str
    login_methods: list[str]
    district_contact: DistrictContact
    pause_start: NotRequired[str]
    pause_end: NotRequired[str]
    lms_type: NotRequired[str]  # v3.1
    lms_state: NotRequired[str]  # v3.1
    last_attendance_sync: NotRequired[str]  # v3.1


class Principal(TypedDict, total=False):
    name: str
    email: str


class School(TypedDict):
    id: str
    district: str
    name: str
    sis_id: str
    school_number: str
    created: str
    last_modified: str
    state_id: NotRequired[str]
    low_grade: NotRequired[str]
    high_grade: NotRequired[str]
    phone: NotRequired[str]
    location: NotRequired[Location]
    principal: NotRequired[Principal]
    ext: NotRequired[dict[str, str]]


class Term(TypedDict):
    id: str
    district: str
    name: NotRequired[str]
    start_date: NotRequired[str]
    end_date: NotRequired[str]


class Course(TypedDict):
    id: str
    district: str
    name: NotRequired[str]
    number: NotRequired[str]


class LmsStatus(TypedDict):
    synced_in_lms: bool


class Section(TypedDict):
    id: str
    district: str
    school: str
    name: str
    sis_id: str
    created: str
    last_modified: str
    subject: str
    students: list[str]
    teacher: NotRequired[str]
    teachers: list[str]
    grade: NotRequired[str]
    course: NotRequired[str]
    term_id: NotRequired[str]
    section_number: NotRequired[str]
    period: NotRequired[str]
    ext: NotRequired[dict[str, str]]
    lms_status: NotRequired[LmsStatus]  # v3.1


class Enrollment(TypedDict):
    school: str
    start_date: str
    end_date: str


class Disability(TypedDict, total=False):
    disability_status: str
    disability_type: str
    disability_code: str


class StudentRole(TypedDict):
    school: str
    schools: list[str]
    enrollments: list[Enrollment]
    sis_id: str
    student_number: NotRequired[str]
    state_id: NotRequired[str]
    email: NotRequired[str]  # a copy of the top-level e-mail (wire only)
    gender: NotRequired[str]
    dob: NotRequired[str]  # M/D/YYYY, unpadded
    grade: NotRequired[str]
    graduation_year: NotRequired[str]
    race: NotRequired[str]
    hispanic_ethnicity: NotRequired[str]
    home_language: NotRequired[str]
    ell_status: NotRequired[str]
    frl_status: NotRequired[str]
    iep_status: NotRequired[str]
    location: NotRequired[Location]
    credentials: NotRequired[Credentials]
    ext: NotRequired[dict[str, str]]
    home_language_code: NotRequired[str]  # v3.1
    gifted_status: NotRequired[str]  # v3.1
    section_504_status: NotRequired[str]  # v3.1
    disability: NotRequired[Disability]  # v3.1
    preferred_name: NotRequired[Name]  # v3.1


class TeacherRole(TypedDict):
    school: str
    schools: list[str]
    sis_id: str
    legacy_id: str
    teacher_number: NotRequired[str]
    state_id: NotRequired[str]
    title: NotRequired[str]
    credentials: NotRequired[Credentials]
    ext: NotRequired[dict[str, str]]


class StaffRole(TypedDict):
    legacy_id: str
    roles: list[str]
    schools: list[str]
    staff_id: str
    title: NotRequired[str]
    department: NotRequired[str]
    credentials: NotRequired[Credentials]
    ext: NotRequired[dict[str, str]]


class DistrictAdminRole(TypedDict):
    legacy_id: str
    title: NotRequired[str]


class ContactRelationship(TypedDict):
    student: str
    relationship: str
    type: str


class ContactRole(TypedDict):
    legacy_id: str
    phone: str
    phone_type: str
    sis_id: str
    student_relationships: list[ContactRelationship]


class Roles(TypedDict, total=False):
    student: StudentRole
    teacher: TeacherRole
    staff: StaffRole
    district_admin: DistrictAdminRole
    contact: ContactRole


class User(TypedDict):
    id: str
    district: str
    name: Name
    created: str
    last_modified: str
    roles: Roles
    email: NotRequired[str]
    lms_status: NotRequired[LmsStatus]  # v3.1


Record = District | School | Term | Course | Section | User
RoleName = Literal["student", "teacher", "staff", "district_admin", "contact"]
_WITH_SCHOOLS: tuple[RoleName, ...] = ("student", "teacher", "staff")


def full_name(user: User) -> str:
    """A person's name as one would say it: first and last, or whatever there is."""
    name = user["name"]
    full = " ".join(part for part in (name.get("first"), name.get("last")) if part)
    return full or user.get("email") or user["id"]


def roles_of(user: User) -> Mapping[RoleName, Mapping[str, Any]]:
    """The roles a user holds; a key that is null says that the role is not held."""
    roles: Any = user["roles"]
    if None not in roles.values():
        return roles  # type: ignore[no-any-return]
    return {name: role for name, role in roles.items() if role is not None}


def schools_of(user: User, only: Collection[str] | None = None) -> tuple[str, ...]:
    """All schools the user's roles name, or those of some roles, in Clever's order, each once."""
    roles, schools = roles_of(user), dict[str, None]()
    for role in _WITH_SCHOOLS:
        if role in roles and (only is None or role in only):
            for school in roles[role].get("schools") or ():
                schools[school] = None
    return tuple(schools)


Records = Mapping[str, Record]
