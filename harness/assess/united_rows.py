"""United rows: what several rows of one Clever ID hold together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from harness.contract.snapshot import Held, HeldRole, HeldSection, HeldUser

_Item = TypeVar("_Item")


def united(rows: Sequence[Held]) -> Held:
    """The first of these rows, with the roles, members and relationships of all of them."""
    first, *others = rows
    if isinstance(first, HeldUser):
        users = (first, *(row for row in others if isinstance(row, HeldUser)))
        return replace(
            first,
            grade=next((row.grade for row in users if row.grade), None),
            primary_school=next((row.primary_school for row in users if row.primary_school), None),
            roles=_roles(role for row in users for role in row.roles),
            student_relationships=_once(tie for row in users for tie in row.student_relationships),
        )
    if isinstance(first, HeldSection):
        sections = (first, *(row for row in others if isinstance(row, HeldSection)))
        return replace(
            first,
            teachers=_once(member for row in sections for member in row.teachers),
            students=_once(member for row in sections for member in row.students),
        )
    return first


def _roles(roles: Iterable[HeldRole]) -> tuple[HeldRole, ...]:
    """Every role once, with all its schools."""
    schools: dict[str, dict[str, None]] = {}
    for role in roles:
        schools.setdefault(role.role, {}).update(dict.fromkeys(role.schools))
    return tuple(HeldRole(role=role, schools=tuple(at)) for role, at in schools.items())


def _once(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))
