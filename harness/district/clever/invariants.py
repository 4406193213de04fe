"""Invariants: what holds for anything Clever shares, whatever a district does.

An edge case whose change breaks one is a mistake in the edge case, or in our rules. What is
guaranteed, and which values Clever knows: https://dev.clever.com/docs/schema-1,
https://dev.clever.com/docs/users, https://dev.clever.com/docs/sections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from harness.district.data_model.enums import (
    GENDERS,
    LUNCHES,
    PHONE_TYPES,
    RACES,
    RELATIONSHIP_TYPES,
    RELATIONSHIPS,
    STAFF_ROLES,
    SUBJECTS,
    YES_NO,
)
from harness.district.data_model.grades import GRADES
from harness.district.data_model.records import (
    Kind,
    Section,
    StudentRole,
    User,
    full_name,
    roles_of,
)
from harness.district.data_model.roster import Roster

_ID = re.compile(r"^[0-9a-f]{24}$")
_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
_EMPLOYEES = {"teacher", "staff", "district_admin"}
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
_TIMES = ("created", "last_modified")
_GUARANTEED: Mapping[Kind, tuple[str, ...]] = {
    Kind.DISTRICTS: ("name", "sis_type", "launch_date", "portal_url", "login_methods"),
    Kind.SCHOOLS: ("district", "name", "sis_id", "school_number", *_TIMES),
    Kind.TERMS: ("district",),
    Kind.COURSES: ("district",),
    Kind.SECTIONS: ("district", "school", "name", "sis_id", "students", *_TIMES),
    Kind.USERS: ("district", "name", "roles", *_TIMES),
}
"""What Clever's documentation guarantees on every record."""


Excused = Mapping[str, Sequence[str]]
"""Clever id → words of the invariants that an edge case breaks there on purpose."""


def broken_invariants(
    roster: Roster,
    *,
    shared_emails: Collection[str] = (),
    listed_but_unshared: Collection[str] = (),
    excused: Excused | None = None,
) -> tuple[str, ...]:
    """A sentence for every invariant a roster breaks; empty when it is sound.

    `shared_emails` are addresses an edge case gives to several people on purpose,
    `listed_but_unshared` the ids of people whom classes name although they are not shared.
    """
    return (
        *_records(roster),
        *_sections(roster, listed_but_unshared, excused or {}),
        *_users(roster, excused or {}),
        *_left_over(roster),
        *_emails(roster, shared_emails),
    )


def _records(roster: Roster) -> Iterator[str]:
    """Ids, guaranteed fields and times of every record."""
    for kind in Kind:
        records = roster.of(kind)
        if list(records) != sorted(records):
            yield f"{kind} are not in ascending order of id"
        for key, record in records.items():
            fields: Mapping[str, object] = {**record}
            if fields.get("id") != key or not _ID.match(key):
                yield f"{kind} {key}: the id is not 24 hex digits, or not its own"
            for name in _GUARANTEED[kind]:
                if fields.get(name) in (None, "", [], {}):
                    yield f"{kind} {key}: {name} is guaranteed and missing"
            if fields.get("district", roster.district["id"]) != roster.district["id"]:
                yield f"{kind} {key}: of another district"
            for name in _TIMES:
                if name in fields and not _TIME.match(str(fields[name])):
                    yield f"{kind} {key}: {name} is not a time as Clever writes it"


def _sections(
    roster: Roster, listed_but_unshared: Collection[str], excused: Excused
) -> Iterator[str]:
    for section in roster.sections.values():
        for problem in _section(roster, section, listed_but_unshared):
            if not _excused(problem, excused.get(section["id"], ())):
                yield f"section {section['name']}: {problem}"


def _excused(problem: str, words: Sequence[str]) -> bool:
    return any(each in problem for each in words)


def _section(
    roster: Roster, section: Section, listed_but_unshared: Collection[str]
) -> Iterator[str]:
    if not section["students"]:
        yield "it has no student"
    for field, kept in (("school", roster.schools), ("course", roster.courses)):
        if section.get(field, None) not in (None, *kept):
            yield f"{field} is not shared"
    if section.get("term_id") not in (None, *roster.terms):
        yield "term_id is not shared"
    teachers = section["teachers"]
    if section.get("teacher") != (teachers[0] if teachers else None):
        yield "the primary teacher is not the first of teachers"
    for role, members in (("student", section["students"]), ("teacher", teachers)):
        if len(set(members)) < len(members):
            yield f"a {role} is in it twice"
        for member in members:
            if member not in listed_but_unshared and not _has_role(roster, member, role):
                yield f"{role} {member} is not shared as one"
    subject, grade = section.get("subject") or "", section.get("grade") or ""
    if subject not in SUBJECTS or grade not in _GRADES:
        yield "Clever knows no such subject or grade"


def _users(roster: Roster, excused: Excused) -> Iterator[str]:
    attended: dict[str, set[str]] = {}
    for section in roster.sections.values():
        for member in section["students"]:
            attended.setdefault(member, set()).add(section["school"])
    for user in roster.users.values():
        for problem in _user(roster, user, attended.get(user["id"], set())):
            if not _excused(problem, excused.get(user["id"], ())):
                yield f"user {full_name(user)}: {problem}"


def _user(roster: Roster, user: User, attended: set[str]) -> Iterator[str]:
    roles = user["roles"]
    held = set(roles_of(user))
    if len(held) > 1 and not held <= _EMPLOYEES:
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
        if not _has_role(roster, row["student"], "student"):
            yield f"student {row['student']} is not shared as one"
        if row["relationship"] not in RELATIONSHIPS or row["type"] not in RELATIONSHIP_TYPES:
            yield "Clever knows no such relationship"


def _left_over(roster: Roster) -> Iterator[str]:
    """Courses and terms are built from sections: without one they do not exist."""
    courses = {section.get("course") for section in roster.sections.values()}
    terms = {section.get("term_id") for section in roster.sections.values()}
    for course in roster.courses.values():
        if course["id"] not in courses:
            yield f"course {course.get('name', '')}: no section is of it"
    for term in roster.terms.values():
        if term["id"] not in terms:
            yield f"term {term.get('name', '')}: no section is in it"


def _emails(roster: Roster, shared_emails: Collection[str]) -> Iterator[str]:
    count = Counter(user.get("email", "") for user in roster.users.values())
    for email, users in count.items():
        if email and users > 1 and email not in shared_emails:
            yield f"{users} users share the address {email}, and no edge case says so"


def _has_role(roster: Roster, user: str, role: str) -> bool:
    return user in roster.users and role in roles_of(roster.users[user])
