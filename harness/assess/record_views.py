"""Record views: the same fields of a record as Clever shares it and as the app holds it.

A view is a mapping of a field's name to its values, each as one reads it: `{"name": ("Maya
Kowalski",), "schools": ("Northside", "Cedar Middle")}`. Fields without a value are not in it, nor
is what the app is declared not to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from harness.assess.recording_index import RecordingIndex
from harness.contract.profile import Profile
from harness.contract.snapshot import Held, HeldSection, HeldUser
from harness.district.data_model.records import Record, Section, full_name, roles_of, schools_of

View = Mapping[str, tuple[str, ...]]

STATUS = "status"
CLASSES = "classes"

_DECLARABLE: Mapping[str, str] = {
    "email": "users.email",
    "schools": "users.schools",
    "children": "users.student_relationships",
    "teachers": "sections.teachers",
    "students": "sections.students",
    "course": "sections.course",
    "term": "sections.term",
}
"""Field of a view → the key under which an app may declare that it does not hold it."""


def of_record(index: RecordingIndex, record: Record, classes: Iterable[str] = ()) -> View:
    """What Clever shares of a record; `classes` are the ids of a user's sections."""
    return _declared(index.profile, _of_record(index, record, classes))


def of_row(index: RecordingIndex, row: Held, classes: Iterable[str] = ()) -> View:
    """What the app holds in one row."""
    return _declared(index.profile, {STATUS: (str(row.status),)} | _of_row(index, row, classes))


def _declared(profile: Profile, view: dict[str, tuple[str, ...]]) -> View:
    return {
        field: values
        for field, values in view.items()
        if values and profile.holds(_DECLARABLE.get(field, field))
    }


def _of_record(
    index: RecordingIndex, record: Record, classes: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    fields: Mapping[str, object] = {**record}
    if "roles" in record:
        return {
            "name": (full_name(record),),  # type: ignore[arg-type]
            "roles": _roles(
                role
                for role in roles_of(record)  # type: ignore[arg-type]
                if index.expectations.holds_role(role)
            ),
            "schools": _names(index, schools_of(record)),  # type: ignore[arg-type]
            "email": _values(fields.get("email")),
            CLASSES: _names(index, classes),
            "children": _names(index, _children(record)),
        }
    if "students" in record:
        return {
            "name": _values(fields.get("name")),
            "teachers": _names(index, cast(Section, record)["teachers"]),
            "students": _names(index, cast(Section, record)["students"]),
            "course": _names(index, _values(fields.get("course"))),
            "term": _names(index, _values(fields.get("term_id"))),
        }
    return {"name": _values(fields.get("name"))}


def _of_row(index: RecordingIndex, row: Held, classes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    if isinstance(row, HeldUser):
        name = " ".join(filter(None, (row.first_name, row.last_name)))
        schools = dict.fromkeys(school for role in row.roles for school in role.schools)
        children = [tie.student for tie in row.student_relationships]
        return {
            "name": _values(name),
            "roles": _roles(role.role for role in row.roles),
            "schools": _names(index, schools),
            "email": _values(row.email),
            CLASSES: _names(index, classes),
            "children": _names(index, children),
        }
    if isinstance(row, HeldSection):
        return {
            "name": _values(row.name),
            "teachers": _names(index, row.teachers),
            "students": _names(index, row.students),
            "course": _names(index, _values(row.course)),
            "term": _names(index, _values(row.term)),
        }
    return {"name": _values(row.name)}


def _children(user: Record) -> list[str]:
    contact = roles_of(user).get("contact") or {}  # type: ignore[arg-type]
    return [tie["student"] for tie in contact.get("student_relationships") or ()]


def _roles(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name.replace("_", " ") for name in names))


def _names(index: RecordingIndex, clever_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple([index.name(clever_id) for clever_id in clever_ids])


def _values(value: object) -> tuple[str, ...]:
    return (str(value),) if value else ()
