"""Next year: what a cast's people and classes are after rollover.

Everybody in a cast who stays at their school stays in the successors of their classes; who changes
school joins ordinary classes there.
"""

from __future__ import annotations

from dataclasses import replace

from harness.district.casts.cast import NEXT_YEAR
from harness.district.sis.entries import is_cast
from harness.district.sis.sis import Sis

_NEW_CLASSES = 3
"""How many ordinary classes a cast student joins at a new school."""


def successor(uid: str) -> str:
    """The uid of what a class, a course or a term is next year; likewise its name in a cast."""
    return f"{uid}{NEXT_YEAR}"


def with_successors(sis: Sis, old: Sis) -> Sis:
    """The casts know the successors of their classes, courses and terms by name."""
    for edge_case, names in old.casts.items():
        fresh = {successor(name): successor(uid) for name, uid in names.items()}
        known = {name: uid for name, uid in fresh.items() if _is_class(sis, uid)}
        sis = sis.with_cast(edge_case, known)
    return sis


def _is_class(sis: Sis, uid: str) -> bool:
    return uid in sis.sections or uid in sis.courses or uid in sis.terms


def with_cast_enrollments(sis: Sis, old: Sis) -> Sis:
    """Cast students who stayed at their school follow their classes; the others find new ones."""
    for row in old.sections.values():
        fresh = sis.sections.get(row.uid if row.reused else successor(row.uid))
        if fresh and is_cast(row.uid):
            stay = tuple(uid for uid in row.students if _stays(sis, old, uid))
            sis = sis.put(replace(fresh, students=stay))
    for uid in sorted({uid for row in old.sections.values() for uid in row.students}):
        if is_cast(uid) and _goes_on(sis, old, uid) and not _stays(sis, old, uid):
            sis = _enrolled_somewhere(sis, uid)
    return sis


def _goes_on(sis: Sis, old: Sis, uid: str) -> bool:
    """Whether a student has not left the district for good with the old year."""
    return sis.people[uid].present or not old.people[uid].present


def _stays(sis: Sis, old: Sis, uid: str) -> bool:
    return _goes_on(sis, old, uid) and _school(sis, uid) == _school(old, uid)


def _school(sis: Sis, uid: str) -> str:
    return sis.people[uid].roles["student"]["school"]


def _enrolled_somewhere(sis: Sis, uid: str) -> Sis:
    """A cast student in a few ordinary classes of their new school."""
    classes = [
        row
        for row in sis.sections.values()
        if row.present and row.school == _school(sis, uid) and not is_cast(row.uid)
    ]
    chosen = classes[:: max(1, len(classes) // _NEW_CLASSES)][:_NEW_CLASSES]
    return sis.put(*(replace(row, students=(*row.students, uid)) for row in chosen))
