"""Declared away: assertions that an app can never be asked for, by what it does not hold."""

from __future__ import annotations

from collections.abc import Mapping

from harness.plan.phrases import about_cast, about_everyone, phrase_of
from harness.plan.phrases.phrase import THEN, Phrase
from harness.suite.scene import Scene

_SCHOOLS = ("users.schools", "schools")
_STUDENTS = ("users.student_relationships", "contacts")
_IN_CLASS = {
    "teachers": ("sections.teachers", "teachers"),
    "students": ("sections.students", "students"),
}
_NEEDS: Mapping[Phrase, Mapping[str, tuple[str, ...]]] = {
    about_cast.BELONGS: {"schools": _SCHOOLS, "students": _STUDENTS},
    about_cast.HAS: {
        "name": ("users.name",),
        "e-mail address": ("users.email",),
        "grade": ("users.grade",),
    },
    about_cast.ROLE_SCHOOLS: {"": _SCHOOLS},
    about_cast.KEEPS_LESSON: {"": ("progress",)},
    about_cast.MEMBERS: _IN_CLASS,
    about_everyone.EVERY_TIE: {"schools": _SCHOOLS, "students": _STUDENTS},
    about_everyone.EVERY_MEMBER: _IN_CLASS,
    about_everyone.EVERY_EMAIL: {"": ("users.email",)},
    about_everyone.EVERY_DAY: {
        "every user belongs to the schools Clever names": _SCHOOLS,
        "each role is at its own schools": _SCHOOLS,
        "every contact belongs to the students Clever names": _STUDENTS,
    },
}
"""Assertion → what it asks for → keys of `HOLDABLE`, all of which an app needs to be asked."""


def declared_away(scene: Scene) -> str:
    """The declaration by which an assertion of a scenario can never be asked; or ""."""
    for step in scene.planned.steps:
        recognised = phrase_of(THEN, step.partition(" ")[2])
        if recognised is None:
            continue
        phrase, groups = recognised
        needs = _NEEDS.get(phrase, {}).get(groups.get("what", ""), ())
        if declared := scene.index.expectations.declared(*needs):
            return declared
    return ""
