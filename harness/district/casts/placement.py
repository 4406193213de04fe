"""Placing: puts the people and classes of a cast into a district.

Where a member stands follows from edge case and name alone, so casts are spread over all pages
and none depends on which others are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from harness.district.casts.cast import (
    NEXT_YEAR,
    NONE,
    Cast,
    CoursePart,
    Member,
    RolePart,
    SchoolPart,
    SectionPart,
    TermPart,
)
from harness.district.data_model.ids import Block, End, hashed
from harness.district.data_model.raw import AS_IT_IS
from harness.district.data_model.records import Name, Role, Roles
from harness.district.population.names import name_pool
from harness.district.population.people import Maker
from harness.district.sis.sis import (
    CourseEntry,
    Entry,
    Person,
    Relation,
    SectionEntry,
    Sis,
    TermEntry,
    is_cast,
)
from harness.errors import DocumentError

_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Coach|Principal)\.? (?P<last>.+)$")
_POSSESSIVE = re.compile(r"^.+'s? .+$")
_TERM_DAYS = 210
_CONTACT_TYPES = {"Parent": "Parent/Guardian", "Other": "Other", "": ""}


def uid_of(edge_case: str, name: str) -> str:
    """What a cast member is called within the district."""
    return f"{edge_case}/{name}"


def place(sis: Sis, cast: Cast) -> Sis:
    """The district with a cast in it; raises DocumentError for a school the district has not."""
    placing = _Placing(sis, cast)
    entries = tuple(
        entry for member in cast.members.values() for entry in placing.entries_of(member)
    )
    names = {name: uid_in(cast, name) for name in cast.members}
    return sis.put(*entries).with_cast(cast.edge_case, names)


def uid_in(cast: Cast, name: str) -> str:
    """What a name of a cast means within the district: an entry of its own, or a school."""
    thing = cast.members[name.removesuffix(NEXT_YEAR)].thing
    return thing.key if isinstance(thing, SchoolPart) else uid_of(cast.edge_case, name)


def maker_of(sis: Sis) -> Maker:
    """Who makes further people for a district."""
    return Maker(
        ids=sis.ids,
        seed=sis.seed,
        run_date=sis.run_date,
        domain=sis.domain,
        names=name_pool(sis.seed),
    )


def email_of(said: str, domain: str) -> str:
    """An address as an edge case writes it: whole, with `{domain}`, or its local part alone."""
    if not said or "@" in said or "{domain}" in said:
        return said.replace("{domain}", domain)
    return f"{said}@{domain}"


def tag_of(position: int) -> str:
    """What keeps the address of a cast member apart from a namesake's."""
    return str(position >> 20)


def with_role(
    maker: Maker, roles: Roles, role: str, part: RolePart, *, uid: str, name: Name, position: int
) -> Roles:
    """Roles with one more, made from what an edge case says about it."""
    random = maker.random(f"{uid} {role}")
    made: Mapping[str, Any]
    match Role(role):
        case Role.STUDENT:
            made = maker.student(random, name, position, school=part.schools[0], grade=part.grade)
        case Role.TEACHER:
            made = maker.teacher(random, name, position, schools=part.schools, subject="Homeroom")
        case Role.STAFF:
            made = maker.staff(random, name, position, schools=part.schools)
        case Role.DISTRICT_ADMIN:
            made = maker.district_admin(random, position)
        case Role.CONTACT:
            made = maker.contact(random, position)
    return edited_roles(roles, role, {**made, **part.fields})


def edited_roles(roles: Roles, role: str, fields: Mapping[str, object]) -> Roles:
    """Roles with fields of one set; None leaves a field out."""
    before: Mapping[str, Any] = {**roles}
    record = {**before.get(role, {}), **fields}
    record = {key: value for key, value in record.items() if value is not None}
    after: Any = {**before, role: record}
    roles_after: Roles = after
    return roles_after


class _Placing:
    """Makes the entries of one cast."""

    def __init__(self, sis: Sis, cast: Cast) -> None:
        self.sis, self.cast, self.make = sis, cast, replace(maker_of(sis), complete=True)

    def entries_of(self, member: Member) -> Iterator[Entry]:
        match member.thing:
            case None:
                yield self._person(member)
            case SectionPart() as part:
                yield from self._section(member, part)
            case CoursePart() as part:
                yield self._course(member, member.name, part)
            case TermPart() as part:
                yield self._term(member, part)
            case SchoolPart() as part:
                self._check_schools(member, (part.key,))
                school = self.sis.schools[part.key]  # which casts share, unlike anything else
                yield replace(school, raw=member.raw) if member.raw else school

    def _uid(self, name: str) -> str:
        return uid_of(self.cast.edge_case, name)

    def _position(self, block: Block, name: str, end: End) -> int:
        return self.sis.ids.cast(block, self._uid(name), self.sis.slots[block], end)

    def _person(self, member: Member) -> Person:
        uid, name = self._uid(member.name), self._name(member)
        roles: Roles = {}
        block = next(Block(role) for role in member.roles)
        position = self._position(block, member.name, member.end)
        for role, part in member.roles.items():
            self._check_schools(member, part.schools)
            roles = with_role(self.make, roles, role, part, uid=uid, name=name, position=position)
        address = self.make.address(name, tag=tag_of(position))
        return Person(
            uid=uid,
            id=self.sis.ids.clever(block, position),
            present=not member.away,
            shared=not member.unshared,
            raw=member.raw,
            position=position,
            name=name,
            email=address if member.email is None else email_of(member.email, self.sis.domain),
            created=self.make.created(position, block),
            roles=roles,
            relations=tuple(self._relations(member)),
            unplaced=not any(part.sections for part in member.roles.values()),
            still_listed=member.still_listed,
        )

    def _relations(self, member: Member) -> Iterator[Relation]:
        for part in member.roles.values():
            for child, relationship in part.children.items():
                yield relation(self._uid(child), relationship)

    def _name(self, member: Member) -> Name:
        """The name of a member, from the name the edge case uses and from the seed."""
        random = self.make.random(self._uid(member.name))
        drawn = self.make.name(random)
        if Role.CONTACT in member.roles:
            return Name(last=member.last or self._contact_name(member, drawn))
        if title := _TITLE.match(member.name):
            name = Name(first=drawn["first"], middle=drawn["middle"], last=title["last"])
        else:
            first, _, last = member.name.partition(" ")
            name = Name(first=first, middle=drawn["middle"], last=last or drawn["last"])
        if member.first is not None:
            name["first"] = member.first
        if member.middle is not None:
            name["middle"] = member.middle
        if member.last is not None:
            name["last"] = member.last
        return name

    def _contact_name(self, member: Member, drawn: Name) -> str:
        child = next(iter(member.roles[Role.CONTACT].children))
        family = self._name(self.cast.members[child]).get("last", "")
        if title := _TITLE.match(member.name):
            return f"{drawn['first']} {title['last']}"
        if _POSSESSIVE.match(member.name):
            return f"{drawn['first']} {family}"
        return member.name if " " in member.name else f"{member.name} {family}"

    def _section(self, member: Member, part: SectionPart) -> Iterator[Entry]:
        self._check_schools(member, (part.school,))
        uid = self._uid(member.name)
        position = self._position(Block.SECTION, member.name, member.end)
        course = self._uid(part.course) if part.course else f"{uid} (course)"
        if not part.course:
            yield self._course(member, f"{member.name} (course)", CoursePart(label=member.name))
        yield SectionEntry(
            uid=uid,
            id=self.sis.ids.clever(Block.SECTION, position),
            present=not member.away,
            shared=not member.unshared,
            raw=member.raw,
            school=part.school,
            sis_id=self.sis.ids.sis(Block.SECTION, position),
            created=self.make.created(position, Block.SECTION),
            source_name=member.name,
            course=None if part.course == NONE else course,
            term=self._term_of(uid, part),
            teachers=tuple(self._uid(teacher) for teacher in part.teachers),
            students=self._filled(tuple(self._students_of(member.name)), part),
            period=str(hashed(uid, "period") % 8 + 1),
            reused=part.reused,
            fields=part.fields,
        )

    def _students_of(self, section: str) -> Iterator[str]:
        for name, member in self.cast.members.items():
            if any(section in part.sections for part in member.roles.values()):
                yield self._uid(name)

    def _filled(self, students: tuple[str, ...], part: SectionPart) -> tuple[str, ...]:
        """With ordinary students of the school, spread over all of them, up to a size."""
        wanted = part.size - len(students)
        if wanted < 1:
            return students
        ordinary = [
            person.uid
            for person in self.sis.people.values()
            if not is_cast(person.uid)
            and not person.unplaced
            and person.roles.get("student", {}).get("school") == part.school
        ]
        if not ordinary:
            return students
        step = max(1, len(ordinary) // wanted)
        return (*students, *ordinary[::step][:wanted])

    def _term_of(self, uid: str, part: SectionPart) -> str | None:
        if part.term:
            return None if part.term == NONE else self._uid(part.term)
        ordinary = [
            term.uid
            for term in self.sis.terms.values()
            if term.school == part.school and not is_cast(term.uid)
        ]
        return ordinary[hashed(uid, "term") % len(ordinary)]

    def _course(self, member: Member, name: str, part: CoursePart) -> CourseEntry:
        position = self._position(Block.COURSE, name, member.end)
        number = str(hashed(self._uid(name)) % 900 + 100) if part.number is None else part.number
        whole = isinstance(member.thing, CoursePart)
        return CourseEntry(
            uid=self._uid(name),
            id=self.sis.ids.clever(Block.COURSE, position),
            present=not (whole and member.away),
            shared=not (whole and member.unshared),
            raw=member.raw if whole else AS_IT_IS,
            name=part.label or member.name,
            number=number,
        )

    def _term(self, member: Member, part: TermPart) -> TermEntry:
        self._check_schools(member, (part.school,))
        position = self._position(Block.TERM, member.name, member.end)
        ends = 1 if part.ends is None else part.ends
        starts = ends - _TERM_DAYS if part.starts is None else part.starts
        return TermEntry(
            uid=self._uid(member.name),
            id=self.sis.ids.clever(Block.TERM, position),
            present=not member.away,
            shared=not member.unshared,
            raw=member.raw,
            school=part.school,
            name=part.label or member.name,
            start=self._day(starts),
            end=self._day(ends),
        )

    def _day(self, days: int) -> date:
        return self.sis.run_date + timedelta(days=days)

    def _check_schools(self, member: Member, schools: tuple[str, ...]) -> None:
        for school in schools:
            if school not in self.sis.schools:
                raise DocumentError(
                    f'this district has no school "{school}", only {", ".join(self.sis.schools)}',
                    file=self.cast.file,
                    key=f"cast.{member.name}",
                )


def relation(student: str, relationship: str) -> Relation:
    """A contact's relation to a student, with the type that usually goes with it."""
    kind = _CONTACT_TYPES.get(relationship, "Family")
    return Relation(student=student, relationship=relationship, type=kind)


def chosen_addresses(sis: Sis, cast: Cast) -> set[str]:
    """The present addresses of those whose address the edge case itself chooses."""
    chosen = {member.name for member in cast.members.values() if member.email}
    for steps in cast.changes.values():
        for step in steps:
            if step.verb == "new-email" and {"to", "same-as"} & set(step.given):
                chosen.add(str(step.given["who"]))
    return {sis.people[uid_of(cast.edge_case, name)].email for name in chosen} - {""}
