"""Export: what the app holds for one district, in the words of the contract.

It reads the app's own tables and nothing else. Rows that do not come from Clever are listed
apart, as the app's own. Most rows are as they were in the export before, and are not built again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from sqlite3 import Row

from harness.contract.snapshot import (
    HeldCourse,
    HeldRole,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    LocalRecord,
    Snapshot,
    Status,
    StudentRelationship,
    Work,
)
from harness.demo.store import Store

SCHOOLS = "SELECT * FROM schools WHERE district_id = ? ORDER BY id"
TERMS = "SELECT * FROM terms WHERE district_id = ? ORDER BY id"
COURSES = "SELECT * FROM courses WHERE district_id = ? ORDER BY id"
SECTIONS = """
    SELECT sections.*, schools.clever_id AS school, courses.clever_id AS course,
           terms.clever_id AS term, terms.start_date, terms.end_date
    FROM sections
    LEFT JOIN schools ON schools.id = school_id
    LEFT JOIN courses ON courses.id = course_id
    LEFT JOIN terms ON terms.id = term_id
    WHERE sections.district_id = ? ORDER BY sections.id"""
MEMBERS = """
    SELECT section_id, role, users.clever_id FROM members JOIN users ON users.id = user_id
    WHERE users.district_id = ? ORDER BY members.rowid"""
USERS = "SELECT * FROM users WHERE district_id = ? AND clever_id IS NOT NULL ORDER BY id"
ROLES = """
    SELECT user_id, role, schools.clever_id AS school FROM roles
    JOIN users ON users.id = user_id
    LEFT JOIN schools ON schools.id = school_id
    WHERE users.district_id = ? ORDER BY roles.rowid"""
RELATIONSHIPS = """
    SELECT contact_id, student.clever_id AS student, kind FROM relationships
    JOIN users AS student ON student.id = student_id
    WHERE student.district_id = ? ORDER BY relationships.rowid"""
PROGRESS = """
    SELECT users.id, users.clever_id, lesson FROM progress JOIN users ON users.id = user_id
    WHERE users.district_id = ? ORDER BY progress.id"""
OWN_USERS = """
    SELECT id, trim(first_name || ' ' || coalesce(last_name, '')) AS name FROM users
    WHERE district_id = ? AND clever_id IS NULL ORDER BY id"""
OWN_GROUPS = "SELECT id, name FROM groups WHERE district_id = ? ORDER BY id"
GROUP_MEMBERS = """
    SELECT group_id, clever_id FROM group_members JOIN users ON users.id = user_id
    WHERE district_id = ? AND clever_id IS NOT NULL ORDER BY group_members.rowid"""


Pair = tuple[str, str | None]
"""A role and one of its schools, or a student and what a contact is to them."""

KEPT = 8192
"""How many rows of a kind are remembered."""


class Export:
    """One district's holdings."""

    includes_archived = True

    def __init__(self, store: Store, district: int) -> None:
        self.store = store
        self.district = district

    def snapshot(self) -> Snapshot:
        return Snapshot(
            schools=tuple(held_school(row, self.app_id(row)) for row in self.listed(SCHOOLS)),
            terms=tuple(held_term(row, self.app_id(row)) for row in self.listed(TERMS)),
            courses=tuple(held_course(row, self.app_id(row)) for row in self.listed(COURSES)),
            sections=self.sections(),
            users=self.users(),
            progress=tuple(self.work(row) for row in self.rows(PROGRESS)),
            local_users=tuple(self.own(OWN_USERS)),
            local_groups=tuple(self.groups()),
            includes_archived=self.includes_archived,
        )

    def rows(self, query: str) -> Iterable[Row]:
        return self.store.db.execute(query, (self.district,))

    def listed(self, query: str) -> Iterable[Row]:
        """The records that the export is to show."""
        return self.rows(query)

    def app_id(self, row: Row) -> str:
        """What the app itself calls a record; it never changes."""
        return str(row["id"])

    def sections(self) -> tuple[HeldSection, ...]:
        members: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for section, role, clever_id in self.rows(MEMBERS):
            members[section, role].append(clever_id)
        return tuple(
            held_section(
                row,
                self.app_id(row),
                tuple(members[row["id"], "teacher"]),
                tuple(members[row["id"], "student"]),
            )
            for row in self.listed(SECTIONS)
        )

    def users(self) -> tuple[HeldUser, ...]:
        roles = self.by_user(ROLES)
        relationships = self.by_user(RELATIONSHIPS)
        return tuple(
            held_user(
                row, self.app_id(row), tuple(roles[row["id"]]), tuple(relationships[row["id"]])
            )
            for row in self.listed(USERS)
        )

    def by_user(self, query: str) -> defaultdict[int, list[Pair]]:
        """User → the other two columns of each of their rows."""
        pairs: defaultdict[int, list[Pair]] = defaultdict(list)
        for user, first, second in self.rows(query):
            pairs[user].append((first, second))
        return pairs

    def work(self, row: Row) -> Work:
        return Work(account=self.app_id(row), lesson=row["lesson"])

    def own(self, query: str) -> Iterator[LocalRecord]:
        """Users and groups that people made in the app itself."""
        return (LocalRecord(app_id=str(row["id"]), name=row["name"]) for row in self.rows(query))

    def groups(self) -> Iterator[LocalRecord]:
        """Groups with those of their members whom Clever knows."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.rows(GROUP_MEMBERS):
            members[str(row["group_id"])].append(row["clever_id"])
        for group in self.own(OWN_GROUPS):
            yield replace(group, members=tuple(members[group.app_id]))


def status(row: Row) -> Status:
    return Status.ARCHIVED if row["archived"] else Status.ACTIVE


@lru_cache(maxsize=KEPT)
def held_school(row: Row, app_id: str) -> HeldSchool:
    return HeldSchool(
        clever_id=row["clever_id"], app_id=app_id, status=status(row), name=row["name"]
    )


@lru_cache(maxsize=KEPT)
def held_term(row: Row, app_id: str) -> HeldTerm:
    return HeldTerm(clever_id=row["clever_id"], app_id=app_id, status=status(row), name=row["name"])


@lru_cache(maxsize=KEPT)
def held_course(row: Row, app_id: str) -> HeldCourse:
    return HeldCourse(
        clever_id=row["clever_id"], app_id=app_id, status=status(row), name=row["name"]
    )


@lru_cache(maxsize=KEPT)
def held_section(
    row: Row, app_id: str, teachers: tuple[str, ...], students: tuple[str, ...]
) -> HeldSection:
    return HeldSection(
        clever_id=row["clever_id"],
        app_id=app_id,
        status=status(row),
        name=row["name"],
        school=row["school"],
        course=row["course"],
        term=row["term"],
        teachers=teachers,
        students=students,
    )


@lru_cache(maxsize=KEPT)
def held_user(
    row: Row, app_id: str, roles: tuple[Pair, ...], relationships: tuple[Pair, ...]
) -> HeldUser:
    return HeldUser(
        clever_id=row["clever_id"],
        app_id=app_id,
        status=status(row),
        first_name=row["first_name"],
        last_name=row["last_name"],
        email=row["email"],
        roles=tuple(
            HeldRole(
                role=name,
                schools=tuple(school for role, school in roles if role == name and school),
            )
            for name in dict.fromkeys(role for role, _ in roles)
        ),
        student_relationships=tuple(
            StudentRelationship(student=student, relationship=kind)
            for student, kind in relationships
        ),
    )
