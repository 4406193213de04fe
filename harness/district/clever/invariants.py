"""Invariants: what holds for anything Clever shares, whatever a district does.

An edge case whose change breaks one is a mistake in the edge case, or in our rules. What is
guaranteed, and which values Clever knows: https://dev.clever.com/docs/schema-1,
https://dev.clever.com/docs/users, https://dev.clever.com/docs/sections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from harness.district.clever.changed_since import Changed
from harness.district.clever.user_invariants import broken_by_user, has_role
from harness.district.data_model.enums import SUBJECTS
from harness.district.data_model.grades import GRADES
from harness.district.data_model.records import Kind, Section, full_name
from harness.district.data_model.roster import Roster

_ID = re.compile(r"^[0-9a-f]{24}$")
_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
_GRADES = (*GRADES, "")
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
    before: Roster | None = None,
) -> tuple[str, ...]:
    """A sentence for every invariant a roster breaks; empty when it is sound.

    `before` is an earlier roster of the district that is sound: records that are the same objects,
    as is all that they name, need no second look.

    `shared_emails` are addresses an edge case gives to several people on purpose,
    `listed_but_unshared` the ids of people whom classes name although they are not shared.
    """
    changed = Changed.since(before, roster, listed_but_unshared)
    return (
        *_records(roster, before),
        *_sections(roster, changed, listed_but_unshared, excused or {}),
        *_users(roster, changed, excused or {}),
        *_left_over(roster),
        *_emails(roster, shared_emails),
    )


def _records(roster: Roster, before: Roster | None) -> Iterator[str]:
    """Ids, guaranteed fields and times of every record."""
    for kind in Kind:
        records = roster.of(kind)
        if list(records) != sorted(records):
            yield f"{kind} are not in ascending order of id"
        known = before.of(kind) if before else {}
        for key, record in records.items():
            if known.get(key) is record:
                continue
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
    roster: Roster, changed: Changed, listed_but_unshared: Collection[str], excused: Excused
) -> Iterator[str]:
    for key, section in roster.sections.items():
        if key not in changed.sections:
            continue
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
            if member not in listed_but_unshared and not has_role(roster, member, role):
                yield f"{role} {member} is not shared as one"
    subject, grade = section.get("subject") or "", section.get("grade") or ""
    if subject not in SUBJECTS or grade not in _GRADES:
        yield "Clever knows no such subject or grade"


def _users(roster: Roster, changed: Changed, excused: Excused) -> Iterator[str]:
    attended: dict[str, set[str]] = {}
    for section in roster.sections.values():
        for member in section["students"]:
            attended.setdefault(member, set()).add(section["school"])
    for key, user in roster.users.items():
        if key not in changed.users:
            continue
        for problem in broken_by_user(roster, user, attended.get(user["id"], set())):
            if not _excused(problem, excused.get(user["id"], ())):
                yield f"user {full_name(user)}: {problem}"


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
