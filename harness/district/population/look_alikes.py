"""Look-alikes: ordinary records of one district that agree with those of another in some values.

Clever's IDs are unique over districts and nothing else is: two districts number their people alike,
a teacher works in both, a student moved and kept the address, a parent has children in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from harness.district.data_model.records import Name, Role, Roles
from harness.district.sis.entries import PersonEntry, SchoolEntry, SectionEntry, is_cast
from harness.district.sis.sis import Sis

AGREE_IN: Mapping[str, tuple[tuple[str, ...], ...]] = {
    Role.STUDENT: (
        ("email",),
        ("name",),
        ("name", "dob"),
        ("sis_id",),
        ("student_number",),
        ("state_id",),
        ("credentials",),
        ("name", "email"),
        ("name", "dob", "email", "sis_id", "student_number"),
    ),
    Role.TEACHER: (
        ("email",),
        ("name",),
        ("sis_id",),
        ("teacher_number", "state_id"),
        ("credentials",),
        ("name", "email"),
    ),
    Role.STAFF: (("name", "email"), ("staff_id", "credentials")),
    Role.DISTRICT_ADMIN: (("email", "name"),),
    Role.CONTACT: (("email",), ("name",), ("phone",), ("sis_id",), ("name", "email", "phone")),
}
"""Role → what one person each has from one of the other district."""


def with_look_alikes(sis: Sis, other: Sis) -> Sis:
    """The district with some of its people, classes and schools like those of another."""
    return sis.put(*_people(sis, other), *_sections(sis, other), *_schools(sis, other))


def _people(sis: Sis, other: Sis) -> Iterator[PersonEntry]:
    for role, groups in AGREE_IN.items():
        mine, theirs = _ordinary(sis, role), list(_ordinary(other, role))
        for person, fields in zip(mine, groups, strict=False):
            like = next(
                (each for each in theirs if all(_value(each, role, f) for f in fields)), None
            )
            if like is not None:
                theirs.remove(like)
                yield _like(person, like, role, fields)


def _ordinary(sis: Sis, role: str) -> Iterator[PersonEntry]:
    return (row for row in sis.people.values() if not is_cast(row.uid) and role in row.roles)


def _value(person: PersonEntry, role: str, field: str) -> Any:
    if field in ("name", "email"):
        return getattr(person, field)
    value = cast(Mapping[str, Any], person.roles)[role].get(field)
    return all(value.values()) and value if isinstance(value, dict) else value


def _like(person: PersonEntry, other: PersonEntry, role: str, fields: Sequence[str]) -> PersonEntry:
    of_role = {f: _value(other, role, f) for f in fields if f not in ("name", "email")}
    roles = cast(Mapping[str, Any], person.roles)
    name: Name = other.name if "name" in fields else person.name
    return replace(
        person,
        name=name,
        email=other.email if "email" in fields else person.email,
        roles=cast(Roles, {**roles, role: {**roles[role], **of_role}}),
    )


def _sections(sis: Sis, other: Sis) -> Iterator[SectionEntry]:
    ordinary = [row for row in other.sections.values() if not is_cast(row.uid)]
    mine = (row for row in sis.sections.values() if not is_cast(row.uid))
    for section, like in zip(mine, ordinary, strict=False):
        yield replace(section, sis_id=like.sis_id)


def _schools(sis: Sis, other: Sis) -> Iterator[SchoolEntry]:
    """One school has the `sis_id`, the next the number of a school of the other district."""
    pairs = zip(sis.schools.values(), other.schools.values(), strict=False)
    for key, (mine, like) in zip(("sis_id", "school_number"), pairs, strict=False):
        record = cast(Any, {**mine.record, key: cast(Mapping[str, Any], like.record)[key]})
        yield replace(mine, record=record)
