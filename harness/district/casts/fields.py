"""Fields: what an edge case may set of a record, and the schools it may name."""

from __future__ import annotations

from collections.abc import Mapping

from harness.district.data_model.records import (
    ContactRole,
    Role,
    Section,
    StaffRole,
    StudentRole,
    TeacherRole,
)
from harness.district.population.five_schools import SCHOOLS
from harness.documents import Node
from harness.prose import did_you_mean

# What Clever derives (clever/users.py) cannot be set.
_DERIVED = {"school", "schools", "enrollments", "email", "student_relationships"}
FIELDS: Mapping[str, frozenset[str]] = {
    Role.STUDENT: frozenset(StudentRole.__annotations__) - _DERIVED,
    Role.TEACHER: frozenset(TeacherRole.__annotations__) - _DERIVED,
    Role.STAFF: frozenset(StaffRole.__annotations__) - _DERIVED,
    Role.DISTRICT_ADMIN: frozenset({"title"}),
    Role.CONTACT: frozenset(ContactRole.__annotations__) - _DERIVED,
    "section": frozenset(Section.__annotations__)
    - {"id", "district", "school", "created", "last_modified", "students", "course", "term_id"}
    - {"teacher", "teachers"},
    "school": frozenset({"low_grade", "high_grade"}),
}
"""Per role, for sections and for schools, the wire fields an edge case may set."""


def read_fields(node: Node, of: str) -> dict[str, object]:
    """Optional wire fields under `fields`, by name; a null value leaves a field out."""
    fields = node.mapping("fields", required=False)
    for key in fields.keys:
        if key not in FIELDS[of]:
            hint = did_you_mean(key, FIELDS[of])
            raise fields.error(f"a {of} has no field of this name to set", key, hint=hint)
    return fields.plain()


def school_keys(node: Node, key: str) -> tuple[str, ...]:
    """One or several school keys."""
    keys = node.texts(key)
    for school in keys:
        if school not in SCHOOLS:
            raise node.error(
                f'there is no school "{school}"', key, hint=did_you_mean(school, SCHOOLS)
            )
    return keys
