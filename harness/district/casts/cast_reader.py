"""Reads the `cast` of an edge case; whom a name means is settled here, before any district exists.

Raises DocumentError with file, line and key, and says what exists instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from harness.district.casts.cast import (
    NONE,
    CoursePart,
    Member,
    RolePart,
    SchoolPart,
    SectionPart,
    TermPart,
)
from harness.district.casts.raw_reader import read_raw
from harness.district.data_model.enums import RELATIONSHIPS, SUBJECTS
from harness.district.data_model.grades import GRADES
from harness.district.data_model.ids import End
from harness.district.data_model.records import (
    EMPLOYEES,
    ContactRole,
    Role,
    Section,
    StaffRole,
    StudentRole,
    TeacherRole,
)
from harness.district.population.schools import SCHOOLS
from harness.documents import Node
from harness.prose import did_you_mean

# What follows from the SIS through rules.py cannot be set by hand.
_DERIVED = {"school", "schools", "enrollments", "email", "student_relationships"}
FIELDS: Mapping[str, frozenset[str]] = {
    Role.STUDENT: frozenset(StudentRole.__annotations__) - _DERIVED,
    Role.TEACHER: frozenset(TeacherRole.__annotations__) - _DERIVED,
    Role.STAFF: frozenset(StaffRole.__annotations__) - _DERIVED,
    Role.DISTRICT_ADMIN: frozenset({"title"}),
    Role.CONTACT: frozenset(ContactRole.__annotations__) - _DERIVED,
    "section": frozenset(Section.__annotations__)
    - {"id", "district", "school", "created", "last_modified", "students", "course", "term_id"}
    - {"teacher", "teachers"},
    "school": frozenset({"low_grade", "high_grade"}),
}
"""Per role, for sections and for schools, the wire fields an edge case may set."""


def read_members(node: Node) -> dict[str, Member]:
    """The members under `cast`, each checked against the others."""
    members = {name: _member(node, name, below) for name, below in node.items()}
    if not members:
        raise node.error("a cast needs somebody")
    for name, member in members.items():
        _check_names(node, name, member, members)
    return {name: _at_school(node, name, member, members) for name, member in members.items()}


def read_role(node: Node, role: str) -> RolePart:
    """What an edge case says about one role of a person."""
    part = _ROLE_READERS[role](node)
    return replace(part, fields=read_fields(node, role))


def read_fields(node: Node, of: str) -> dict[str, object]:
    """Optional wire fields under `fields`, by name; a null value leaves a field out."""
    fields = node.mapping("fields", required=False)
    for key in fields.keys:
        if key not in FIELDS[of]:
            hint = did_you_mean(key, FIELDS[of])
            raise fields.error(f"a {of} has no field of this name to set", key, hint=hint)
    return fields.plain()


def school_keys(node: Node, key: str) -> tuple[str, ...]:
    """One or several school keys."""
    keys = node.texts(key)
    for school in keys:
        if school not in SCHOOLS:
            raise node.error(
                f'there is no school "{school}"', key, hint=did_you_mean(school, SCHOOLS)
            )
    return keys


def _member(cast: Node, name: str, node: Node) -> Member:
    if name in SCHOOLS:
        raise cast.error("this is the name of a school; call the member something else", name)
    kinds = [key for key in node.keys if key in (*_ROLE_READERS, *_THING_READERS)]
    if not kinds:
        hint = did_you_mean(next(iter(node.keys), ""), (*_ROLE_READERS, *_THING_READERS))
        message = "a member needs a role, or is a section, a course, a term or a school"
        raise cast.error(message, name, hint=hint)
    things = [kind for kind in kinds if kind in _THING_READERS]
    if things and len(kinds) > 1:
        raise cast.error(f"a {things[0]} has no other role", name)
    if len(kinds) > 1 and not set(kinds) <= set(EMPLOYEES):
        raise cast.error("a student or a contact has no other role at Clever", name)
    with node:
        if things:
            with node.mapping(things[0]) as below:
                member = Member(name=name, thing=_THING_READERS[things[0]](below))
        else:
            member = _person(name, node, kinds)
        if isinstance(member.thing, SchoolPart):
            return replace(member, raw=read_raw(node, kinds))
        return replace(_whereabouts(node, member), raw=read_raw(node, kinds))


def _whereabouts(node: Node, member: Member) -> Member:
    """The member, whether it is there and shared when the year begins, and where in lists."""
    placed = replace(
        member,
        away=node.flag("away", False),
        unshared=node.flag("unshared", False),
        still_listed=node.flag("still-listed", False),
        end=End(node.choice("place", ("first", "last"), "") if node.has("place") else ""),
    )
    if placed.still_listed and (not placed.unshared or member.thing is not None):
        raise node.error("only people who are not shared can be still listed", "still-listed")
    return placed


def _person(name: str, node: Node, kinds: list[str]) -> Member:
    roles: dict[str, RolePart] = {}
    email = node.text("email", "", empty=True) if node.has("email") else None
    for kind in kinds:
        with node.mapping(kind) as below:
            roles[kind] = read_role(below, kind)
            if below.has("email"):
                email = below.text("email", empty=True)
    with node.mapping("name", required=False) as called:
        return Member(
            name=name,
            roles=roles,
            first=called.text("first", empty=True) if called.has("first") else None,
            middle=called.text("middle", empty=True) if called.has("middle") else None,
            last=called.text("last", empty=True) if called.has("last") else None,
            email="" if email == NONE else email,
        )


def _student(node: Node) -> RolePart:
    (school, *more) = school_keys(node, "school")
    if more:
        raise node.error(
            "a student has one school of their own; the rest follow from sections", "school"
        )
    grade = node.choice("grade", (*GRADES, ""), SCHOOLS[school].usual_grade)
    return RolePart(schools=(school,), grade=grade, sections=node.texts("sections", ()))


def _teacher(node: Node) -> RolePart:
    return RolePart(schools=school_keys(node, "schools" if node.has("schools") else "school"))


def _staff(node: Node) -> RolePart:
    return RolePart(schools=school_keys(node, "school" if node.has("school") else "schools"))


def _district_admin(node: Node) -> RolePart:
    return RolePart()


def _contact(node: Node) -> RolePart:
    of = node.mapping("of")
    children = {child: of.choice(child, RELATIONSHIPS) for child in of.keys}
    if not children:
        raise node.error("a contact is somebody's contact", "of")
    return RolePart(children=children)


def _section(node: Node) -> SectionPart:
    teachers = node.texts("teachers" if node.has("teachers") else "teacher")
    fields = read_fields(node, "section")
    if node.has("subject"):
        fields["subject"] = node.choice("subject", SUBJECTS)
    return SectionPart(
        school=school_keys(node, "school")[0] if node.has("school") else "",
        teachers=() if teachers == (NONE,) else teachers,
        course=node.text("course", ""),
        term=node.text("term", ""),
        size=node.integer("size") if node.has("size") else 0,
        reused=node.flag("reused", False),
        fields=fields,
    )


def _course(node: Node) -> CoursePart:
    number = node.text("number", empty=True) if node.has("number") else None
    return CoursePart(label=node.text("name", ""), number=number)


def _term(node: Node) -> TermPart:
    return TermPart(
        school=school_keys(node, "school")[0],
        label=node.text("name", ""),
        starts=node.integer("starts") if node.has("starts") else None,
        ends=node.integer("ends") if node.has("ends") else None,
    )


def _school(node: Node) -> SchoolPart:
    return SchoolPart(key=node.choice("key", SCHOOLS))


_ROLE_READERS: Mapping[str, Callable[[Node], RolePart]] = {
    Role.STUDENT.value: _student,
    Role.TEACHER.value: _teacher,
    Role.STAFF.value: _staff,
    Role.DISTRICT_ADMIN.value: _district_admin,
    Role.CONTACT.value: _contact,
}
_THING_READERS: Mapping[str, Callable[[Node], SectionPart | TermPart | CoursePart | SchoolPart]] = {
    "section": _section,
    "course": _course,
    "term": _term,
    "school": _school,
}


def _check_names(node: Node, name: str, member: Member, members: Mapping[str, Member]) -> None:
    def known(names: Iterable[str], kind: str, key: str) -> None:
        able = [other for other, row in members.items() if is_a(row, kind)]
        for wanted in names:
            if wanted not in able:
                below = node.mapping(name).mapping(key)
                raise below.error(
                    f'the cast has no {kind} "{wanted}"', hint=did_you_mean(wanted, able)
                )

    for role, part in member.roles.items():
        known(part.sections, "section", role)
        known(part.children, "student", role)
    if isinstance(member.thing, SectionPart):
        known(member.thing.teachers, "teacher", "section")
        known({member.thing.course} - {"", NONE}, "course", "section")
        known({member.thing.term} - {"", NONE}, "term", "section")


def is_a(member: Member, kind: str) -> bool:
    """Whether a member has a role, or is a section, a course, a term or a school."""
    match member.thing:
        case SectionPart():
            return kind == "section"
        case CoursePart():
            return kind == "course"
        case TermPart():
            return kind == "term"
        case SchoolPart():
            return kind == "school"
        case None:
            return kind in member.roles


def _at_school(node: Node, name: str, member: Member, members: Mapping[str, Member]) -> Member:
    """A section without a school is at its primary teacher's."""
    thing = member.thing
    if not isinstance(thing, SectionPart) or thing.school:
        return member
    if not thing.teachers:
        raise node.error("a section without a teacher needs a school", name)
    school = members[thing.teachers[0]].roles[Role.TEACHER].schools[0]
    return replace(member, thing=replace(thing, school=school))
