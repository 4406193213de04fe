"""Who belongs to whom in one roster: the indexes behind Clever's relation paths.

Sections are the only source of who learns from whom; schools come from roles (brief: a school's
users include those whose primary school is another one).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from harness.district.data_model.records import Kind, Section, User, roles_of, schools_of
from harness.district.data_model.roster import Roster

Ids = list[str]


class Relations:
    """The indexes of one roster, each built when first asked for; ids come in ascending order."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    @cached_property
    def by_school(self) -> dict[str, list[Section]]:
        """Sections by the school that gives them."""
        return self._sections_by("school")

    @cached_property
    def by_term(self) -> dict[str, list[Section]]:
        """Sections by term."""
        return self._sections_by("term_id")

    @cached_property
    def by_course(self) -> dict[str, list[Section]]:
        """Sections by course."""
        return self._sections_by("course")

    @cached_property
    def by_member(self) -> dict[str, list[Section]]:
        """Sections by each student and teacher in them."""
        index: dict[str, list[Section]] = defaultdict(list)
        for section in self._roster.sections.values():
            for member in dict.fromkeys((*section["students"], *section["teachers"])):
                index[member].append(section)
        return index

    @cached_property
    def by_role(self) -> dict[str, Ids]:
        """User ids by role; a person with two roles is in both."""
        index: dict[str, Ids] = defaultdict(list)
        for identity, user in self._roster.users.items():
            for role in roles_of(user):
                index[role].append(identity)
        return index

    @cached_property
    def people(self) -> dict[str, list[User]]:
        """Users by each school any of their roles names."""
        index: dict[str, list[User]] = defaultdict(list)
        for user in self._roster.users.values():
            for school in schools_of(user):
                index[school].append(user)
        return index

    @cached_property
    def contacts(self) -> dict[str, Ids]:
        """Contact ids by student."""
        index: dict[str, Ids] = defaultdict(list)
        for identity in self.by_role.get("contact", ()):
            for student in dict.fromkeys(_students_of(self._roster.users[identity])):
                index[student].append(identity)
        return index

    def _sections_by(self, key: str) -> dict[str, list[Section]]:
        index: dict[str, list[Section]] = defaultdict(list)
        for section in self._roster.sections.values():
            index[str(section.get(key) or "")].append(section)
        return index

    def of_school(self, school: str, role: str, primary: bool) -> Ids:
        """A school's people; `role` narrows, `primary` asks for those whose first school it is."""
        people = self.people.get(school, ())
        return [user["id"] for user in people if _belongs(user, school, role, primary)]

    def sections(self, kind: Kind, identity: str) -> list[Section]:
        """The sections of a school, term, course or user."""
        index = {
            Kind.SCHOOLS: "by_school",
            Kind.TERMS: "by_term",
            Kind.COURSES: "by_course",
            Kind.USERS: "by_member",
        }[kind]
        by_id: dict[str, list[Section]] = getattr(self, index)
        return by_id.get(identity, [])

    def named(self, kind: Kind, identity: str, key: str) -> Ids:
        """What the sections of a record name under a key (school, course, term_id)."""
        sections = self.sections(kind, identity)
        return sorted({str(section[key]) for section in sections if section.get(key)})  # type: ignore[literal-required]

    def teachers_of(self, student: str) -> Ids:
        """The teachers of the sections in which someone studies."""
        sections = self.by_member.get(student, ())
        return _union(section["teachers"] for section in sections if student in section["students"])

    def students_of(self, user: User) -> Ids:
        """The students of a teacher's sections, and those a contact is related to."""
        sections = self.by_member.get(user["id"], ())
        taught = [section["students"] for section in sections if user["id"] in section["teachers"]]
        return _union((*taught, _students_of(user)))

    def members_of(self, section: Section, role: str) -> Ids:
        """A section's students and teachers, or one sort of them."""
        groups = {"student": [section["students"]], "teacher": [section["teachers"]]}
        return _union(groups.get(role, [section["students"], section["teachers"]]))


def schools_named(user: User, primary: bool) -> Ids:
    """The schools of a user's roles, or only those named as primary ones."""
    if not primary:
        return sorted(schools_of(user))
    roles = roles_of(user)
    first = {
        roles["student"]["school"] if "student" in roles else "",
        roles["teacher"]["school"] if "teacher" in roles else "",
    }
    return sorted(first - {""})


def _students_of(contact: User) -> Ids:
    role = contact["roles"].get("contact")
    return (
        [relationship["student"] for relationship in role["student_relationships"]] if role else []
    )


def _union(groups: Iterable[Iterable[str]]) -> Ids:
    return sorted({identity for group in groups for identity in group})


def _belongs(user: User, school: str, role: str, primary: bool) -> bool:
    roles = roles_of(user)
    named: list[tuple[str, list[str]]] = []
    if "student" in roles and role in ("", "student"):
        named.append((roles["student"]["school"], roles["student"]["schools"]))
    if "teacher" in roles and role in ("", "teacher"):
        named.append((roles["teacher"]["school"], roles["teacher"]["schools"]))
    if "staff" in roles and role in ("", "staff"):
        named.append(("", roles["staff"]["schools"]))  # staff have no primary school
    return any(school == first if primary else school in every for first, every in named)
