"""Export: what the app holds for one district, in the words of the contract.

It reads the app's own tables and nothing else. Rows that do not come from Clever are listed
apart, as the app's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
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


class Export:
    """One district's holdings."""

    includes_archived = True

    def __init__(self, store: Store, district: int) -> None:
        self.store = store
        self.district = district

    def snapshot(self) -> Snapshot:
        return Snapshot(
            schools=tuple(self.school(row) for row in self.listed(SCHOOLS)),
            terms=tuple(self.term(row) for row in self.listed(TERMS)),
            courses=tuple(self.course(row) for row in self.listed(COURSES)),
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

    def school(self, row: Row) -> HeldSchool:
        return HeldSchool(
            clever_id=row["clever_id"],
            app_id=self.app_id(row),
            status=status(row),
            name=row["name"],
        )

    def term(self, row: Row) -> HeldTerm:
        return HeldTerm(
            clever_id=row["clever_id"],
            app_id=self.app_id(row),
            status=status(row),
            name=row["name"],
        )

    def course(self, row: Row) -> HeldCourse:
        return HeldCourse(
            clever_id=row["clever_id"],
            app_id=self.app_id(row),
            status=status(row),
            name=row["name"],
        )

    def sections(self) -> tuple[HeldSection, ...]:
        members: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for row in self.rows(MEMBERS):
            members[row["section_id"], row["role"]].append(row["clever_id"])
        return tuple(
            HeldSection(
                clever_id=row["clever_id"],
                app_id=self.app_id(row),
                status=status(row),
                name=row["name"],
                school=row["school"],
                course=row["course"],
                term=row["term"],
                teachers=tuple(members[row["id"], "teacher"]),
                students=tuple(members[row["id"], "student"]),
            )
            for row in self.listed(SECTIONS)
        )

    def users(self) -> tuple[HeldUser, ...]:
        roles, student_relationships = self.roles(), self.student_relationships()
        return tuple(
            HeldUser(
                clever_id=row["clever_id"],
                app_id=self.app_id(row),
                status=status(row),
                first_name=row["first_name"],
                last_name=row["last_name"],
                email=row["email"],
                roles=tuple(
                    HeldRole(role=role, schools=tuple(schools))
                    for role, schools in roles[row["id"]].items()
                ),
                student_relationships=tuple(student_relationships[row["id"]]),
            )
            for row in self.listed(USERS)
        )

    def roles(self) -> defaultdict[int, dict[str, list[str]]]:
        """User → role → Clever ids of its schools."""
        roles: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
        for row in self.rows(ROLES):
            schools = roles[row["user_id"]].setdefault(row["role"], [])
            if row["school"] is not None:
                schools.append(row["school"])
        return roles

    def student_relationships(self) -> defaultdict[int, list[StudentRelationship]]:
        student_relationships: defaultdict[int, list[StudentRelationship]] = defaultdict(list)
        for row in self.rows(RELATIONSHIPS):
            relationship = StudentRelationship(student=row["student"], relationship=row["kind"])
            student_relationships[row["contact_id"]].append(relationship)
        return student_relationships

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
