"""Record views: the same fields of a record as Clever shares it and as the app holds it.

A view is a mapping of a field's name to its values, each as one reads it: `{"name": ("Maya
Kowalski",), "schools": ("Northside", "Cedar Middle")}`. Fields without a value are not in it, nor
is what the app is declared not to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from harness.assess import optional_values
from harness.assess.optional_values import GRADE, OPTIONAL_VALUES, OptionalValue
from harness.assess.recording_index import RecordingIndex
from harness.assess.whole_names import all_whole_names, without_blanks
from harness.contract.snapshot import Held, HeldSection, HeldUser
from harness.district.data_model.records import (
    Kind,
    Record,
    Section,
    User,
    full_name,
    roles_of,
    schools_of,
)

View = Mapping[str, tuple[str, ...]]

STATUS = "status"
CLASSES = "classes"

_DECLARABLE: Mapping[str, tuple[str, ...]] = {
    "email": ("users.email",),
    "schools": ("users.schools",),
    "children": ("users.student_relationships", "students"),
    "teachers": ("sections.teachers", "teachers"),
    "students": ("sections.students", "students"),
    "course": ("sections.course", "courses"),
    "term": ("sections.term", "terms"),
    **{value.words: (value.key,) for value in OPTIONAL_VALUES},
}
"""Field of a view → the keys under which an app may declare that it does not hold it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes the views of a kind on a day."""

    index: RecordingIndex
    kind: Kind
    expected: Collection[str]
    """Clever IDs of the users whom the app should hold: Clever's lists show no others."""
    apart: Collection[str]
    """Those of users who are shared, and whom it need not hold: its lists do not show them."""

    def of_record(self, record: Record, classes: Iterable[str] = ()) -> View:
        """What Clever shares of a record; `classes` are the ids of a user's sections."""
        view = self._of_record(record, classes)
        return self._declared(view | self._optional(lambda value: value.shared(record)))

    def of_row(self, row: Held, classes: Iterable[str] = (), record: Record | None = None) -> View:
        """What the app holds in one row; a whole name that is the record's as Clever writes it."""
        view = {STATUS: (str(row.status),)} | self._of_row(row, classes)
        user = cast(User | None, record)
        if isinstance(row, HeldUser):
            text = " ".join(view.get("name", ())) or row.name or ""
            theirs = user and without_blanks(text) in all_whole_names(user)
            if text:
                view["name"] = (full_name(user) if user and theirs else text,)
        return self._declared(view | self._optional(lambda value: value.held(row)))

    def _optional(self, of: Callable[[OptionalValue], str | None]) -> dict[str, tuple[str, ...]]:
        """The optional values that the app shows, each as Clever writes it."""
        view = {}
        for value in optional_values.shown(self.index):
            if value.kind is self.kind and (text := of(value)):
                if value is GRADE:
                    text = optional_values.grade_spelling(self.index).at_clever(text)
                school = value.field == "primary_school"
                view[value.words] = self._names([text]) if school else (text,)
        return view

    def _declared(self, view: dict[str, tuple[str, ...]]) -> View:
        """The fields with a value that the app is not declared not to hold."""
        names = {**_DECLARABLE, "name": (f"{self.kind}.name",)}
        holds = self.index.profile.holds
        return {
            field: values
            for field, values in view.items()
            if values and all(holds(key) for key in names.get(field, ()))
        }

    def _of_record(self, record: Record, classes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        fields: Mapping[str, object] = {**record}
        if self.kind is Kind.USERS:
            user = cast(User, record)
            roles = filter(self.index.expectations.holds_role, roles_of(user))
            return {
                "name": (full_name(user),),
                "roles": _roles(roles),
                "schools": self._names(schools_of(user)),
                "email": _values(fields.get("email")),
                CLASSES: self._names(classes),
                "children": self._wanted(_children(user)),
            }
        if self.kind is Kind.SECTIONS:
            section = cast(Section, record)
            return {
                "name": _values(fields.get("name")),
                "teachers": self._wanted(section["teachers"]),
                "students": self._wanted(section["students"]),
                "course": self._names(_values(fields.get("course"))),
                "term": self._names(_values(fields.get("term_id"))),
            }
        return {"name": _values(fields.get("name"))}

    def _of_row(self, row: Held, classes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        if isinstance(row, HeldUser):
            schools = dict.fromkeys(school for role in row.roles for school in role.schools)
            return {
                "name": _values(" ".join(filter(None, (row.first_name, row.last_name)))),
                "roles": _roles(role.role for role in row.roles),
                "schools": self._names(schools),
                "email": _values(row.email),
                CLASSES: self._names(classes),
                "children": self._names(tie.student for tie in row.student_relationships),
            }
        if isinstance(row, HeldSection):
            return {
                "name": _values(row.name),
                "teachers": self._names(row.teachers),
                "students": self._names(row.students),
                "course": self._names(_values(row.course)),
                "term": self._names(_values(row.term)),
            }
        return {"name": _values(row.name)}

    def _wanted(self, clever_ids: Iterable[str]) -> tuple[str, ...]:
        return self._names(i for i in clever_ids if i in self.expected)

    def _names(self, clever_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple([self.index.name(i) for i in clever_ids if i not in self.apart])


def _children(user: User) -> list[str]:
    contact = roles_of(user).get("contact") or {}
    return [tie["student"] for tie in contact.get("student_relationships") or ()]


def _roles(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name.replace("_", " ") for name in names))


def _values(value: object) -> tuple[str, ...]:
    return (str(value),) if value else ()
