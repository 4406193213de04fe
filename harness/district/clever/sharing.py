"""View: what of a student information system is shared at all, and who meets where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.district.sis.entries import PersonEntry, SectionEntry
from harness.district.sis.sis import Sis, merged_ids

SectionsByPerson = Mapping[str, Sequence[SectionEntry]]
"""uid of a person → the sections they are in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPart:
    """The shared part of a Sis."""

    sis: Sis
    schools: Mapping[str, str]
    """Key → Clever id of every shared school."""
    ids: Mapping[str, str]
    """uid → Clever id of everybody shared; employees with one address have one id."""
    sections: Sequence[SectionEntry]
    """Shared, with at least one shared student."""
    sizes: Mapping[str, int]
    """Section → how many of its students are shared."""
    attended: SectionsByPerson
    taught: SectionsByPerson
    listed_but_unshared: Mapping[str, str]
    """uid → Clever id of people whom classes name although they are not shared."""

    def listed(self, uids: Iterable[str]) -> Iterator[str]:
        """The Clever ids a class gives for its members."""
        for uid in uids:
            clever_id = self.ids.get(uid) or self.listed_but_unshared.get(uid)
            if clever_id:
                yield clever_id


def listed_but_unshared(sis: Sis) -> dict[str, str]:
    """uid → Clever id of everybody whom classes name although the district does not share them."""
    return {
        person.uid: person.id
        for person in sis.people.values()
        if person.still_listed and person.present and not person.shared
    }


def shared_part(sis: Sis) -> SharedPart:
    """What is shared now: people with a shared school, contacts with a shared student."""
    schools = {key: school.id for key, school in sis.schools.items() if school.visible}
    rows = [row for row in sis.sections.values() if row.visible and row.school in schools]
    attended = _by_person((row, row.students) for row in rows)
    people = [person for person in sis.people.values() if person.visible]
    students = {person.uid for person in people if _student_shared(person, schools, attended)}
    sizes = {row.uid: sum(uid in students for uid in row.students) for row in rows}
    sections = [row for row in rows if sizes[row.uid]]
    taught = _by_person((row, row.teachers) for row in sections)
    others = {person.uid for person in people if _other_shared(person, schools, students, taught)}
    merged = merged_ids(sis)
    return SharedPart(
        sis=sis,
        schools=schools,
        ids={uid: merged.get(uid, sis.people[uid].id) for uid in students | others},
        sections=sections,
        sizes=sizes,
        attended=attended,
        taught=taught,
        listed_but_unshared=listed_but_unshared(sis),
    )


def _by_person(rows: Iterable[tuple[SectionEntry, Sequence[str]]]) -> SectionsByPerson:
    found: dict[str, list[SectionEntry]] = {}
    for row, members in rows:
        for uid in members:
            found.setdefault(uid, []).append(row)
    return found


def _student_shared(
    person: PersonEntry, schools: Mapping[str, str], attended: SectionsByPerson
) -> bool:
    role = person.roles.get("student")
    return role is not None and (role["school"] in schools or person.uid in attended)


def _other_shared(
    person: PersonEntry, schools: Mapping[str, str], students: set[str], taught: SectionsByPerson
) -> bool:
    roles = person.roles
    if "district_admin" in roles:
        return True
    if "contact" in roles:
        return any(relation.student in students for relation in person.relations)
    if "teacher" in roles and person.uid in taught:
        return True
    named = (
        *roles.get("teacher", {}).get("schools", ()),
        *roles.get("staff", {}).get("schools", ()),
    )
    return any(school in schools for school in named)
