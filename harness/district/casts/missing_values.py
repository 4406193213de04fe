"""Missing values: every field that Clever's description allows to be null or absent.

The table is read from our schemas of Clever's answers: what is not `required` can be absent, what
has `x-nullable` can be null. A field that only one version of the API has says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from harness.district.casts.variation import Omission, Variation
from harness.district.data_model.raw import Raw
from harness.district.data_model.records import Role
from harness.resources import SCHEMAS

VERSIONS = ("v3.0", "v3.1")
_OF_USERS = ("email", "lms_status")
_INSIDE: Mapping[str, str] = {"location": "location", "credentials": "credentials"}
"""Fields that are records of their own → their definition."""
_ELSEWHERE: Mapping[str, str] = {
    "roles.student.email": "a copy of `email`, and missing with it",
    "roles.student.legacy_id": "Certification ISD has none, so that it is missing from everybody",
    "roles.student.preferred_name": "missing from most ordinary students",
    "roles.student.location.lat": "missing from all ordinary students",
    "roles.student.location.lon": "missing from all ordinary students",
    "roles.teacher.school": "Clever derives it from the classes",
    "roles.contact.legacy_id": "Clever's documentation gives one to every role but students",
    "course": "`course-missing` has it",
    "term_id": "`term-missing` has it",
    "teacher": "`class-without-a-teacher` has it",
}
"""Path → why the table leaves it out."""


def missing_values(kind: str) -> Iterator[Variation]:
    """What a role, or a kind of record, can go without, each field in a record of its own."""
    for path, forms in _fields(kind).items():
        if path in _ELSEWHERE:
            continue
        for form, versions in forms.items():
            raw = Raw(absent=(path,)) if form == "absent" else Raw(nulls=(path,))
            both = versions == VERSIONS
            words = form if both else f"{form} in {' and '.join(versions)}"
            yield Variation(path=path, words=words, value="", raw=raw)


def missing_values_left_out(kind: str) -> Iterator[Omission]:
    """The fields that may be missing by Clever's description and are not varied."""
    if kind in tuple(Role):
        yield Omission(path="name", why="Clever's documentation promises first and last name")
        yield Omission(path="roles", why="`null-roles` has it")
    if kind == "school":
        yield Omission(path="all", why="the district has few; `school-details-missing` has them")
    for path in _fields(kind):
        if path in _ELSEWHERE:
            yield Omission(path=path, why=_ELSEWHERE[path])


def _fields(kind: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Path → form → the versions of the API in which the field may have it."""
    fields: dict[str, dict[str, tuple[str, ...]]] = {}
    for version in VERSIONS:
        for path, form in _allowed(version, kind):
            forms = fields.setdefault(path, {})
            forms[form] = (*forms.get(form, ()), version)
    return fields


def _allowed(version: str, kind: str) -> Iterator[tuple[str, str]]:
    if kind == "school":
        return
    if kind not in tuple(Role):
        yield from _of(version, kind)
        return
    for path, form in _of(version, "user"):
        if path in _OF_USERS:
            yield path, form
    if kind != Role.CONTACT:
        yield from (("name.middle", form) for form in ("absent", "null"))
    definition = kind.replace("_", "-")
    yield from ((f"roles.{kind}.{path}", form) for path, form in _of(version, definition))


def _of(version: str, definition: str) -> Iterator[tuple[str, str]]:
    shape = _definitions(version)[definition]
    for name, field in shape["properties"].items():
        if name not in shape.get("required", ()):
            yield name, "absent"
        if field.get("x-nullable"):
            yield name, "null"
        if name in _INSIDE:
            yield from ((f"{name}.{path}", form) for path, form in _of(version, _INSIDE[name]))


@cache
def _definitions(version: str) -> Mapping[str, Any]:
    text = (SCHEMAS / f"clever-{version}.schema.json").read_text(encoding="utf-8")
    definitions: Mapping[str, Any] = json.loads(text)["$defs"]
    return definitions
