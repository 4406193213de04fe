"""Reads the `raw` of a cast member: paths into its record, each of which Clever must know.

Raises DocumentError with file, line and key, and says what exists instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.district.data_model.raw import Raw
from harness.district.data_model.records import (
    ContactRole,
    Course,
    DistrictAdminRole,
    Name,
    Role,
    School,
    Section,
    StaffRole,
    StudentRole,
    TeacherRole,
    Term,
    User,
)
from harness.documents import Node
from harness.prose import did_you_mean

_ROLES: Mapping[str, type] = {
    Role.STUDENT: StudentRole,
    Role.TEACHER: TeacherRole,
    Role.STAFF: StaffRole,
    Role.DISTRICT_ADMIN: DistrictAdminRole,
    Role.CONTACT: ContactRole,
}
_THINGS: Mapping[str, type] = {"section": Section, "course": Course, "term": Term, "school": School}


def read_raw(node: Node, kinds: Iterable[str]) -> Raw:
    """What a member's `raw` says; `kinds` are its roles, or what it is."""
    with node.mapping("raw", required=False) as below:
        if not below.keys:
            return Raw()
        known = _paths(tuple(kinds))
        return Raw(
            absent=_known(below, "absent", known),
            nulls=_known(below, "nulls", known),
            twice=_known(below, "twice", known),
            values=below.mapping("values", required=False).plain(),
            breaks=below.texts("breaks", ()),
        )


def _known(node: Node, key: str, known: frozenset[str]) -> tuple[str, ...]:
    paths = node.texts(key, ())
    open_below = known - {"name", "roles", *(f"roles.{role}" for role in Role)}
    for path in paths:
        if path not in known and path.rpartition(".")[0] not in open_below:
            raise node.error(f'Clever has no "{path}" here', key, hint=did_you_mean(path, known))
    return paths


def _paths(kinds: tuple[str, ...]) -> frozenset[str]:
    for kind in kinds:
        if kind in _THINGS:
            return frozenset(_THINGS[kind].__annotations__)
    of_roles = (f"roles.{role}.{name}" for role in kinds for name in _ROLES[role].__annotations__)
    names = (f"name.{part}" for part in Name.__annotations__)
    return frozenset((*User.__annotations__, *names, *(f"roles.{r}" for r in Role), *of_roles))
