"""Sharing: which part of a student information system the app gets to see, and who meets where.

The order of `shared_part` is the rule. Classes decide whose students are shared, shared students
which classes are, shared classes which teachers are, and shared students which contacts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.district.sis.entries import PersonEntry, SectionEntry
from harness.district.sis.sis import Sis

SectionsByPerson = Mapping[str, Sequence[SectionEntry]]
"""uid of a person → the sections they are in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPart:
    """The part of a SIS that the app gets to see."""

    sis: Sis
    schools: Mapping[str, str]
    """Key → Clever id of every shared school."""
    ids: Mapping[str, str]
    """uid → Clever id of everybody shared; employees with one address have one id."""
    sections: Sequence[SectionEntry]
    """Shared, with at least one shared student."""
    sizes: Mapping[str, int]
    """uid of a section → how many of its students are shared."""
    attended: SectionsByPerson
    taught: SectionsByPerson
    listed_but_unshared: Mapping[str, str]
    """uid → Clever id of people whom classes name although they are not shared."""

    def member_ids(self, uids: Iterable[str]) -> Iterator[str]:
        """The Clever ids a section gives for its members.

        They can be ids the app cannot read (https://dev.clever.com/docs/sync-troubleshooting).
        """
        for uid in uids:
            clever_id = self.ids.get(uid) or self.listed_but_unshared.get(uid)
            if clever_id:
                yield clever_id


def shared_part(sis: Sis) -> SharedPart:
    """What is shared now, each step following from the ones before."""
    schools = {key: school.id for key, school in sis.schools.items() if school.visible}
    offered = [row for row in sis.sections.values() if row.visible and row.school in schools]
    attended = _by_person((row, row.students) for row in offered)
    people = [person for person in sis.people.values() if person.visible]
    students = {person.uid for person in people if _is_shared_student(person, schools, attended)}
    sizes = {row.uid: sum(uid in students for uid in row.students) for row in offered}
    # "At least one student": https://dev.clever.com/docs/sections
    sections = [row for row in offered if sizes[row.uid]]
    taught = _by_person((row, row.teachers) for row in sections)
    others = {
        person.uid for person in people if _is_shared_other(person, schools, students, taught)
    }
    return SharedPart(
        sis=sis,
        schools=schools,
        ids={uid: sis.merged_ids.get(uid, sis.people[uid].id) for uid in students | others},
        sections=sections,
        sizes=sizes,
        attended=attended,
        taught=taught,
        listed_but_unshared=listed_but_unshared(sis),
    )


def listed_but_unshared(sis: Sis) -> dict[str, str]:
    """uid → Clever id of everybody whom classes name although the district does not share them."""
    return {
        person.uid: person.id
        for person in sis.people.values()
        if person.still_listed and person.present and not person.shared
    }


def _by_person(members: Iterable[tuple[SectionEntry, Sequence[str]]]) -> SectionsByPerson:
    sections: dict[str, list[SectionEntry]] = {}
    for section, uids in members:
        for uid in uids:
            sections.setdefault(uid, []).append(section)
    return sections


def _is_shared_student(
    person: PersonEntry, schools: Mapping[str, str], attended: SectionsByPerson
) -> bool:
    """Students come with their own school, or with a class at a shared one.

    Inferred: the documentation does not say what becomes of a student between two schools of
    which one is shared.
    """
    role = person.roles.get("student")
    return role is not None and (role["school"] in schools or person.uid in attended)


def _is_shared_other(
    person: PersonEntry,
    schools: Mapping[str, str],
    students: set[str],
    taught: SectionsByPerson,
) -> bool:
    """Contacts come with a student, employees with a school, district admins always.

    A contact has at least one student (https://dev.clever.com/docs/contacts-guardians), a district
    admin has no school (https://dev.clever.com/docs/multi-role-users-in-clever). That employees
    follow their schools and classes is inferred from what their records must name.
    """
    roles = person.roles
    if "district_admin" in roles:
        return True
    if "contact" in roles:
        return any(relation.student in students for relation in person.relations)
    if "teacher" in roles and person.uid in taught:
        return True
    employers = (
        *roles.get("teacher", {}).get("schools", ()),
        *roles.get("staff", {}).get("schools", ()),
    )
    return any(school in schools for school in employers)
