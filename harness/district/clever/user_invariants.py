"""User invariants: what holds for every user Clever shares.

Only teachers, staff and district admins combine, at most once each: whoever is a student or a
contact as well is another user (https://dev.clever.com/docs/multi-role-users-in-clever). Values are
those of Clever's OpenAPI description of the Data API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.district.data_model.enums import (
    GENDERS,
    LUNCHES,
    PHONE_TYPES,
    RACES,
    RELATIONSHIP_TYPES,
    RELATIONSHIPS,
    STAFF_ROLES,
    YES_NO,
)
from harness.district.data_model.grades import GRADES
from harness.district.data_model.records import EMPLOYEES, StudentRole, User, roles_of
from harness.district.data_model.roster import Roster

_GRADES = (*GRADES, "")
_STUDENT_ENUMS: Mapping[str, tuple[str, ...]] = {
    "grade": _GRADES,
    "gender": GENDERS,
    "race": RACES,
    "hispanic_ethnicity": YES_NO,
    "ell_status": YES_NO,
    "frl_status": LUNCHES,
    "gifted_status": YES_NO,
    "section_504_status": YES_NO,
}


def broken_by_user(roster: Roster, user: User, attended: set[str]) -> Iterator[str]:
    """What a user breaks; `attended` are the schools of the classes they study in."""
    roles = user["roles"]
    held = set(roles_of(user))
    if len(held) > 1 and not held <= set(EMPLOYEES):
        yield f"roles {', '.join(sorted(held))} never combine"
    if not user["name"].get("last") or ("contact" not in held and not user["name"].get("first")):
        yield "a guaranteed name is missing"
    if "student" in held:
        yield from _student(roles["student"], attended, user.get("email") or "")
        yield from _at_schools(roster, roles["student"]["school"], roles["student"]["schools"])
    if "teacher" in held:
        yield from _at_schools(roster, roles["teacher"]["school"], roles["teacher"]["schools"])
        if not roles["teacher"]["sis_id"]:
            yield "a teacher without a sis_id"
    if "staff" in held:
        schools = roles["staff"]["schools"]
        yield from _at_schools(roster, schools[0] if schools else "", schools)
        if not set(roles["staff"]["roles"]) <= set(STAFF_ROLES):
            yield "Clever knows no such staff role"
    if "contact" in held:
        yield from _contact(roster, user)
    for role, fields in roles_of(user).items():
        if role != "student" and fields.get("legacy_id") in (None, "", user["id"]):
            yield f"the legacy_id of {role} is missing or the user's own"


def _student(role: StudentRole, attended: set[str], email: str) -> Iterator[str]:
    fields: Mapping[str, object] = {**role}
    if not role["sis_id"]:
        yield "a student without a sis_id"
    if attended and set(role["schools"]) != attended:
        yield "schools are not those of their sections"
    if (role.get("email", email) or "") != email:
        yield "roles.student.email is not the user's"
    for name, values in _STUDENT_ENUMS.items():
        if (fields.get(name) or "") not in values:
            yield f"Clever knows no {name} {fields[name]!r}"


def _at_schools(roster: Roster, school: str, schools: Sequence[str]) -> Iterator[str]:
    if school not in schools:
        yield "the primary school is not one of schools"
    if not set(schools) <= set(roster.schools):
        yield "a school is not shared"


def _contact(roster: Roster, user: User) -> Iterator[str]:
    role = user["roles"]["contact"]
    if not role["student_relationships"]:
        yield "a contact of nobody"
    if (role.get("phone_type") or "") not in PHONE_TYPES:
        yield "Clever knows no such phone_type"
    for row in role["student_relationships"]:
        if not has_role(roster, row["student"], "student"):
            yield f"student {row['student']} is not shared as one"
        if row["relationship"] not in RELATIONSHIPS or row["type"] not in RELATIONSHIP_TYPES:
            yield "Clever knows no such relationship"


def has_role(roster: Roster, user: str, role: str) -> bool:
    return user in roster.users and role in roles_of(roster.users[user])
