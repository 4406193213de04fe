"""Reads the `cast` of an edge case; whom a name means is settled here, before any district exists.

Raises DocumentError with file, line and key, and says what exists instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from harness.district.casts.cast import NONE, Member, RolePart, SchoolPart, SectionPart
from harness.district.casts.expansion import TABLES
from harness.district.casts.raw_reader import read_raw
from harness.district.casts.role_reader import ROLE_READERS, read_role
from harness.district.casts.thing_reader import THING_READERS
from harness.district.data_model.ids import End
from harness.district.data_model.records import EMPLOYEES, Role
from harness.district.population.five_schools import SCHOOLS
from harness.documents import Node
from harness.prose import did_you_mean

_PLACES = tuple(end.value for end in End if end is not End.NONE)


def read_members(node: Node) -> dict[str, Member]:
    """The members under `cast` as they are written, each checked against the others."""
    written = {name: _member(node, name, below) for name, below in node.items()}
    if not written:
        raise node.error("a cast needs somebody")
    for name, member in written.items():
        _check_names(node, name, member, written)
    return {name: _at_school(node, name, member, written) for name, member in written.items()}


def _member(cast: Node, name: str, node: Node) -> Member:
    if name in SCHOOLS:
        raise cast.error("this is the name of a school; call the member something else", name)
    kinds = [key for key in node.keys if key in (*ROLE_READERS, *THING_READERS)]
    if not kinds:
        hint = did_you_mean(next(iter(node.keys), ""), (*ROLE_READERS, *THING_READERS))
        message = "a member needs a role, or is a section, a course, a term or a school"
        raise cast.error(message, name, hint=hint)
    things = [kind for kind in kinds if kind in THING_READERS]
    if things and len(kinds) > 1:
        raise cast.error(f"a {things[0]} has no other role", name)
    if len(kinds) > 1 and not set(kinds) <= set(EMPLOYEES):
        raise cast.error("a student or a contact has no other role at Clever", name)
    with node:
        if things:
            with node.mapping(things[0]) as below:
                member = Member(name=name, thing=THING_READERS[things[0]](below))
        else:
            member = _person(name, node, kinds)
        if isinstance(member.thing, SchoolPart):
            return replace(member, away=node.flag("away", False), raw=read_raw(node, kinds))
        if node.has("each"):
            return _of_many(node, member)
        return _placed(node, member, kinds)


def _of_many(node: Node, member: Member) -> Member:
    """A member that stands for one with each value of a generated table."""
    later = node.flag("later", False)
    of_many = replace(member, each=node.choice("each", TABLES), later=later)
    if len(member.roles) > 1:
        raise node.error("only a member with one role can stand for many", "each")
    if member.roles and not member.last:
        raise node.error("people who stand for many need a name: {last: ...}", "each")
    return of_many


def _placed(node: Node, member: Member, kinds: Sequence[str]) -> Member:
    """The member, whether it is there and shared when the year begins, and where in lists."""
    placed = replace(
        member,
        away=node.flag("away", False),
        unshared=node.flag("unshared", False),
        still_listed=node.flag("still-listed", False),
        end=End(node.choice("place", _PLACES, "") if node.has("place") else ""),
        raw=read_raw(node, kinds),
        later=node.flag("later", False),
    )
    if placed.later and not placed.raw:
        raise node.error("only what is sent otherwise than usual can be so later", "later")
    if placed.still_listed and (not placed.unshared or member.thing is not None):
        raise node.error("only people who are not shared can be still listed", "still-listed")
    if placed.end is End.NEWEST and (not placed.away or member.thing is not None):
        raise node.error("only people who arrive later can be the newest", "place")
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


def _check_names(node: Node, name: str, member: Member, members: Mapping[str, Member]) -> None:
    def known(names: Iterable[str], kind: str, key: str) -> None:
        for wanted in names:
            if wanted not in members or not members[wanted].is_a(kind):
                able = [other for other, row in members.items() if row.is_a(kind)]
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


def _at_school(node: Node, name: str, member: Member, members: Mapping[str, Member]) -> Member:
    """A section without a school is at its primary teacher's."""
    thing = member.thing
    if not isinstance(thing, SectionPart) or thing.school:
        return member
    if not thing.teachers:
        raise node.error("a section without a teacher needs a school", name)
    school = members[thing.teachers[0]].roles[Role.TEACHER].schools[0]
    return replace(member, thing=replace(thing, school=school))
