"""Reads a cast member that is no person: a section, a course, a term or a school.

Raises DocumentError with file, line and key, and says what exists instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.district.casts.cast import NONE, CoursePart, SchoolPart, SectionPart, TermPart, Thing
from harness.district.casts.fields import read_fields, school_keys
from harness.district.data_model.enums import SUBJECTS
from harness.district.population.five_schools import SCHOOLS
from harness.documents import Node


def _section(node: Node) -> SectionPart:
    teachers = node.texts("teachers" if node.has("teachers") else "teacher")
    fields = read_fields(node, "section")
    if node.has("subject"):
        fields["subject"] = node.choice("subject", SUBJECTS)
    return SectionPart(
        school=school_keys(node, "school")[0] if node.has("school") else "",
        teachers=() if teachers == (NONE,) else teachers,
        course=node.text("course", ""),
        term=node.text("term", ""),
        size=node.integer("size") if node.has("size") else 0,
        reused=node.flag("reused", False),
        fields=fields,
    )


def _course(node: Node) -> CoursePart:
    number = node.text("number", empty=True) if node.has("number") else None
    by_number = node.flag("by-number", False)
    return CoursePart(label=node.text("name", ""), number=number, by_number=by_number)


def _term(node: Node) -> TermPart:
    return TermPart(
        school=school_keys(node, "school")[0],
        label=node.text("name", ""),
        starts=node.integer("starts") if node.has("starts") else None,
        ends=node.integer("ends") if node.has("ends") else None,
    )


def _school(node: Node) -> SchoolPart:
    return SchoolPart(key=node.choice("key", SCHOOLS))


THING_READERS: Mapping[str, Callable[[Node], Thing]] = {
    "section": _section,
    "course": _course,
    "term": _term,
    "school": _school,
}
