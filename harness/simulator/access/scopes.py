"""Scopes: what an app's Data Access settings let a token read.

Scope names are those Clever lists with its tokens. `…_limited` scopes come with Secure Sync,
`…_basic` ones with logins only. Names of scopes that no source shows follow their field's name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from harness.district.data_model.records import Kind, Record

ROLES = {
    "student": "read:students_limited",
    "teacher": "read:teachers_limited",
    "staff": "read:school_admins_limited",
    "district_admin": "read:district_admins_limited",
    "contact": "read:student_contacts",
}
"""The scope that shows each role; a person without a visible role is not shared."""

SECTIONS = "read:sections_limited"
"""Shows sections, and with them the terms and courses they belong to."""

SENSITIVE = {
    "ell_status": "read:ell_status",
    "frl_status": "read:frl_status",
    "iep_status": "read:iep_status",
    "gifted_status": "read:gifted_status",
    "section_504_status": "read:section_504_status",
    "disability": "read:disability",
}
"""Fields of students that need a scope of their own."""

SECURE_SYNC: tuple[str, ...] = tuple(
    sorted(
        (*ROLES.values(), SECTIONS, *SENSITIVE.values(), "read:students_launchpad", "read:user_id")
    )
)
"""Everything an app with Secure Sync can be given."""

LOGIN_ONLY: tuple[str, ...] = (
    "read:district_admins_basic",
    "read:school_admins_basic",
    "read:students_basic",
    "read:teachers_basic",
    "read:user_id",
)
"""What an app without Secure Sync has; its district token opens the districts path only."""

_CLASSES = frozenset({Kind.SECTIONS, Kind.TERMS, Kind.COURSES})


@lru_cache
def has_secure_sync(scopes: tuple[str, ...]) -> bool:
    """Whether roster paths are open to these scopes at all."""
    return any(scope.endswith("_limited") for scope in scopes)


def shows_all(scopes: frozenset[str]) -> bool:
    """Whether nothing is hidden from these scopes."""
    return scopes.issuperset((*ROLES.values(), SECTIONS, *SENSITIVE.values()))


def visible(scopes: frozenset[str], kind: Kind, record: Record) -> Record | None:
    """The record as these scopes show it, the same object when they show all, None when nothing."""
    if kind in _CLASSES:
        return record if SECTIONS in scopes else None
    if kind is not Kind.USERS:
        return record
    user = cast(dict[str, Any], record)
    roles: dict[str, Any] = user["roles"]
    shown = {role: held for role, held in roles.items() if ROLES.get(role) in scopes}
    if not any(shown.values()):
        return None
    if shown.get("student"):
        shown["student"] = _student(scopes, shown["student"])
    unchanged = len(shown) == len(roles) and shown.get("student") is roles.get("student")
    return record if unchanged else cast(Record, {**user, "roles": shown})


def _student(scopes: frozenset[str], student: dict[str, Any]) -> dict[str, Any]:
    hidden = {name for name, scope in SENSITIVE.items() if scope not in scopes and name in student}
    if not hidden:
        return student
    return {name: value for name, value in student.items() if name not in hidden}
