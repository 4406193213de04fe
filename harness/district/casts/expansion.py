"""Expansion: a member of a cast that stands for many, one for each value of a generated table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from harness.district.casts.cast import Member, RolePart, SectionPart
from harness.district.casts.missing_values import missing_values, missing_values_left_out
from harness.district.casts.odd_values import odd_values, odd_values_left_out
from harness.district.casts.variation import Omission, Variation
from harness.district.data_model.records import Role
from harness.district.population.name_lists import FIRST_NAMES

ODD, MISSING = "odd-value", "missing-value"
TABLES = {ODD: odd_values, MISSING: missing_values}
"""What a member can be there for each of → the table."""
_LEFT_OUT = {ODD: odd_values_left_out, MISSING: missing_values_left_out}
KINDS: tuple[str, ...] = (*Role, "section", "course", "term", "school")
_THINGS = KINDS[len(Role) :]

Groups = Mapping[str, tuple[str, ...]]
"""Member that stands for many → the names of those."""


def left_out(table: str, kind: str) -> Iterator[Omission]:
    """What a table does not vary of such a record."""
    return _LEFT_OUT[table](kind)


def expand(members: Mapping[str, Member]) -> tuple[dict[str, Member], Groups]:
    """The members with one for each value in place of those that have `each`, and who these are.

    A class whose course or term stands for many stands for as many itself, and a student who is
    in classes that stand for many is in all of them.
    """
    expanded: dict[str, Member] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for name, member in members.items():
        copies = dict(_copies(member)) if member.each else {name: member}
        if member.each:
            groups[name] = tuple(copies)
        expanded |= copies
    for name in [name for name in expanded if _of_many(expanded[name], groups)]:
        copies = dict(_classes(expanded.pop(name), groups))
        groups[name] = tuple(copies)
        expanded |= copies
    if groups:
        expanded = {name: _enrolled(member, groups) for name, member in expanded.items()}
    return expanded, groups


def kind_of(member: Member) -> str:
    """Its role, or what it is."""
    return next(kind for kind in KINDS if member.is_a(kind))


def variations(member: Member) -> Iterator[tuple[str, Variation]]:
    """Who stands for which value, of a member that stands for many."""
    kind = kind_of(member)
    for number, variation in enumerate(TABLES[member.each](kind)):
        if kind in _THINGS:
            yield f"{kind.capitalize()} {number + 1}", variation
        else:
            yield f"{FIRST_NAMES[number * 5]} {member.last}", variation


def _copies(member: Member) -> Iterator[tuple[str, Member]]:
    for name, variation in variations(member):
        yield name, replace(member, name=name, last=None, raw=variation.raw, each="")


def _of_many(member: Member, groups: Groups) -> bool:
    part = member.thing
    return isinstance(part, SectionPart) and bool({part.course, part.term} & groups.keys())


def _classes(member: Member, groups: Groups) -> Iterator[tuple[str, Member]]:
    part = member.thing
    assert isinstance(part, SectionPart)
    for course in groups.get(part.course, (part.course,)):
        for term in groups.get(part.term, (part.term,)):
            name = f"Class of {course if part.course in groups else term}"
            yield name, replace(member, name=name, thing=replace(part, course=course, term=term))


def _enrolled(member: Member, groups: Groups) -> Member:
    def part_of(part: RolePart) -> RolePart:
        several = (groups.get(section, (section,)) for section in part.sections)
        return replace(part, sections=tuple(name for names in several for name in names))

    return replace(member, roles={role: part_of(part) for role, part in member.roles.items()})
