"""Identifying values: what an app could look records up by instead of their Clever ID."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from harness.district.data_model.records import Kind, Record, User, full_name, roles_of

Value = Callable[[Record], Collection[str]]
"""What a record is known by, in one respect: none, one, or one for each role."""


@dataclass(frozen=True, slots=True)
class IdentifyingValue:
    """A value that an app could look records up by."""

    name: str
    words: str
    kind: Kind
    of: Value


def _field(name: str) -> Value:
    return lambda record: [str(record[name])] if record.get(name) else []  # type: ignore[literal-required]


def _roles(record: Record) -> Mapping[str, Mapping[str, Any]]:
    return cast(Mapping[str, Mapping[str, Any]], roles_of(cast(User, record)))


def _email(record: Record) -> list[str]:
    address = cast(Mapping[str, Any], record).get("email")
    return [str(address).casefold()] if address else []


def _name(record: Record) -> list[str]:
    return [full_name(cast(User, record)).casefold()]


def _birthday(record: Record) -> list[str]:
    days = [str(role["dob"]) for role in _roles(record).values() if role.get("dob")]
    return [f"{name} {day}" for name in _name(record) for day in days]


def _number(record: Record) -> list[str]:
    numbers = (
        role.get("staff_id" if name == "staff" else "sis_id")
        for name, role in _roles(record).items()
    )
    return [str(number).lstrip("0") for number in numbers if number]


def _own_number(record: Record) -> list[str]:
    numbers = (role.get(f"{name}_number") for name, role in _roles(record).items())
    return [str(number) for number in numbers if number]


def _state_id(record: Record) -> list[str]:
    return [str(role["state_id"]) for role in _roles(record).values() if role.get("state_id")]


def _username(record: Record) -> list[str]:
    credentials = ((role.get("credentials") or {}) for role in _roles(record).values())
    names = (entry.get("district_username") for entry in credentials)
    return [str(name) for name in names if name]


def _legacy(record: Record) -> list[str]:
    first = next(iter(_roles(record).values()), {})
    return [str(first["legacy_id"])] if first.get("legacy_id") else []


def _primary(record: Record) -> list[str]:
    return [str(role["school"]) for role in _roles(record).values() if role.get("school")]


def _grades(record: Record) -> list[str]:
    fields = cast(Mapping[str, Any], record)
    return [f"{fields.get('low_grade')} to {fields.get('high_grade')}"]


def _campus(record: Record) -> list[str]:
    where = cast(Mapping[str, Any], record).get("location") or {}
    return [f"{where.get('address')} {record.get('phone')}"] if where.get("address") else []


IDENTIFYING_VALUES = (
    IdentifyingValue("email", "e-mail address", Kind.USERS, _email),
    IdentifyingValue("username", "username", Kind.USERS, _username),
    IdentifyingValue("birthday", "name and date of birth", Kind.USERS, _birthday),
    IdentifyingValue("name", "name", Kind.USERS, _name),
    IdentifyingValue("number", "number", Kind.USERS, _number),
    IdentifyingValue("own-number", "`student_number` or `teacher_number`", Kind.USERS, _own_number),
    IdentifyingValue("state_id", "`state_id`", Kind.USERS, _state_id),
    IdentifyingValue("legacy_id", "`legacy_id`", Kind.USERS, _legacy),
    IdentifyingValue("created", "`created`", Kind.USERS, _field("created")),
    IdentifyingValue("school", "primary school", Kind.USERS, _primary),
    IdentifyingValue("number", "number", Kind.COURSES, _field("number")),
    IdentifyingValue("name", "name", Kind.COURSES, _field("name")),
    IdentifyingValue("name", "name", Kind.TERMS, _field("name")),
    IdentifyingValue("name", "name", Kind.SECTIONS, _field("name")),
    IdentifyingValue("name", "name", Kind.SCHOOLS, _field("name")),
    IdentifyingValue("grades", "lowest and highest grade", Kind.SCHOOLS, _grades),
    IdentifyingValue("address", "address and telephone number", Kind.SCHOOLS, _campus),
)
