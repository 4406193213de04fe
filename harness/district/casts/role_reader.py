"""Reads one role of a cast member.

Raises DocumentError with file, line and key, and says what exists instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.district.casts.cast import RolePart
from harness.district.casts.fields import read_fields, school_keys
from harness.district.data_model.enums import RELATIONSHIPS
from harness.district.data_model.grades import GRADES
from harness.district.data_model.records import Role
from harness.district.population.five_schools import SCHOOLS
from harness.documents import Node


def read_role(node: Node, role: str) -> RolePart:
    """What an edge case says about one role of a person."""
    part, fields = ROLE_READERS[role](node), read_fields(node, role)
    return replace(part, fields=fields) if fields else part


def _student(node: Node) -> RolePart:
    (school, *more) = school_keys(node, "school")
    if more:
        raise node.error(
            "a student has one school of their own; the rest follow from sections", "school"
        )
    grade = node.choice("grade", (*GRADES, ""), SCHOOLS[school].usual_grade)
    return RolePart(schools=(school,), grade=grade, sections=node.texts("sections", ()))


def _teacher(node: Node) -> RolePart:
    return RolePart(schools=school_keys(node, "schools" if node.has("schools") else "school"))


def _staff(node: Node) -> RolePart:
    return RolePart(schools=school_keys(node, "school" if node.has("school") else "schools"))


def _district_admin(node: Node) -> RolePart:
    return RolePart()


def _contact(node: Node) -> RolePart:
    of = node.mapping("of")
    children = {child: of.choice(child, RELATIONSHIPS) for child in of.keys}
    if not children:
        raise node.error("a contact is somebody's contact", "of")
    return RolePart(children=children)


ROLE_READERS: Mapping[str, Callable[[Node], RolePart]] = {
    Role.STUDENT.value: _student,
    Role.TEACHER.value: _teacher,
    Role.STAFF.value: _staff,
    Role.DISTRICT_ADMIN.value: _district_admin,
    Role.CONTACT.value: _contact,
}
