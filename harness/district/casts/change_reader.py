"""Reads the `changes` of an edge case: every verb, its keys, and whom each key may name.

Raises DocumentError with file, line and key, and says what exists instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.district.casts.cast import (
    NEXT_YEAR,
    NONE,
    ChangeStep,
    CoursePart,
    Member,
    SectionPart,
    TermPart,
)
from harness.district.casts.fields import read_fields, school_keys
from harness.district.casts.role_reader import read_role
from harness.district.casts.verbs import VERBS, KeyType, Verb
from harness.district.data_model.enums import RELATIONSHIPS
from harness.district.data_model.records import EMPLOYEES, Role
from harness.district.population.five_schools import SCHOOLS
from harness.documents import Node
from harness.prose import did_you_mean


def read_changes(
    node: Node, members: Mapping[str, Member], patterns: Sequence[Member] = ()
) -> dict[str, tuple[ChangeStep, ...]]:
    """Change → its steps, in the order of the file; `patterns` are members that stand for many."""
    members = {**members, **{pattern.name: pattern for pattern in patterns if pattern.later}}
    return {name: tuple(_step(step, members) for step in node.nodes(name)) for name in node.keys}


def _step(node: Node, members: Mapping[str, Member]) -> ChangeStep:
    verbs = node.keys
    if len(verbs) != 1:
        verb_names = ", ".join(verbs) or "none"
        raise node.error(f"a step has one verb, found {verb_names}", hint="write a list of steps")
    name = verbs[0]
    if name not in VERBS:
        raise node.error("there is no such verb", name, hint=did_you_mean(name, VERBS))
    verb, line = VERBS[name], node.line_of(name)
    if verb.bare and not node.is_mapping(name):
        values = {verb.bare: _value(node, name, verb.keys[verb.bare], members)}
        return ChangeStep(verb=name, line=line, values=values)
    with node.mapping(name) as below:
        return ChangeStep(verb=name, line=line, values=_values(below, name, verb, members))


def _values(node: Node, name: str, verb: Verb, members: Mapping[str, Member]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, key_type in (*verb.keys.items(), *verb.optional.items()):
        if key_type is KeyType.FIELDS:
            values[key] = _fields(node, members.get(str(values["who"])))
        elif key in verb.keys or node.has(key):
            values[key] = _value(node, key, key_type, members)
    if name == "gain-role":
        values.update(_gained(node))
    if name == "rename":
        _check_renamed(node, members.get(str(values["who"])), set(values) - {"who"})
    return values


def _check_renamed(node: Node, member: Member | None, keys: set[str]) -> None:
    """People have first, middle and last names, contacts one in `last`, all else a `name`."""
    able: tuple[str, ...] = ("name",)
    if member and member.thing is None:
        able = ("last",) if Role.CONTACT in member.roles else ("first", "middle", "last")
    wrong = sorted(keys - set(able))
    if wrong or not keys:
        wrong_key = wrong[0] if wrong else ""
        raise node.error("cannot be renamed so", wrong_key, hint=f"give {', '.join(able)}")


def _gained(node: Node) -> dict[str, object]:
    roles = [role.value for role in EMPLOYEES if node.has(role)]
    if len(roles) != 1:
        raise node.error("one role to gain", hint=f"give one of {', '.join(EMPLOYEES)}")
    with node.mapping(roles[0]) as below:
        return {"role": roles[0], "part": read_role(below, roles[0])}


def _fields(node: Node, member: Member | None) -> dict[str, object]:
    if member and member.is_a("section"):
        return read_fields(node, "section")
    if member is None:
        return read_fields(node, "school")
    if member.thing is not None:
        raise node.error("only people, sections and schools have fields to edit", "who")
    role = node.choice("role", tuple(role.value for role in Role), next(iter(member.roles)))
    return read_fields(node, role)


def _value(node: Node, key: str, key_type: KeyType, members: Mapping[str, Member]) -> object:
    match key_type:
        case KeyType.SCHOOL:
            return school_keys(node, key)[0]
        case KeyType.SCHOOLS:
            return school_keys(node, key)
        case KeyType.ROLE:
            return node.choice(key, tuple(role.value for role in Role))
        case KeyType.RELATIONSHIP:
            return node.choice(key, RELATIONSHIPS)
        case KeyType.FLAG:
            return node.flag(key)
        case KeyType.DAYS:
            return node.integer(key)
        case KeyType.COURSE | KeyType.TERM if node.text(key) == NONE:
            return NONE
        case KeyType.TEXT:
            text = node.text(key, empty=True)
            return "" if text == NONE else text
        case KeyType.SECTIONS:
            names = node.texts(key)
            return tuple(_reference(node, key, name, key_type, members) for name in names)
        case _:
            return _reference(node, key, node.text(key), key_type, members)


def _reference(
    node: Node, key: str, name: str, key_type: KeyType, members: Mapping[str, Member]
) -> str:
    able = [
        name for member in members.values() if _fits(member, key_type) for name in _names(member)
    ]
    if key_type is KeyType.ANYTHING:
        able.extend(SCHOOLS)
    if name not in able:
        kind = "member or school" if key_type is KeyType.ANYTHING else key_type.removesuffix("s")
        raise node.error(f'the cast has no {kind} "{name}"', key, hint=did_you_mean(name, able))
    return name


def _names(member: Member) -> tuple[str, ...]:
    """What a member is called, now and after rollover."""
    if isinstance(member.thing, SectionPart | CoursePart | TermPart):
        return member.name, f"{member.name}{NEXT_YEAR}"
    return (member.name,)


def _fits(member: Member, key_type: KeyType) -> bool:
    match key_type:
        case KeyType.ANYTHING:
            return True
        case KeyType.LATER:
            return member.later
        case KeyType.PERSON:
            return member.thing is None
        case KeyType.EMPLOYEE:
            return bool(set(member.roles) & set(EMPLOYEES))
        case KeyType.STUDENT | KeyType.CONTACT | KeyType.COURSE | KeyType.TERM:
            return member.is_a(key_type)
        case _:
            return member.is_a("section")
