"""Unaffected: the records that nothing has happened to since the part shared before.

A record follows from entries of the SIS: a class from its members, a user from their classes and
relations. Where all of these are the same objects, the record is, too. Whatever cannot be told
cheaply counts as affected, and is derived again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from harness.district.clever.sharing import SharedPart
from harness.district.sis.entries import Entry, PersonEntry, SectionEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Unaffected:
    """Clever ids of records that are as they were."""

    sections: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()


def unaffected(before: SharedPart, now: SharedPart) -> Unaffected:
    """The classes and users of whom nothing is new, nor of anybody they depend on."""
    if before.sis.district != now.sis.district or before.sis.schools != now.sis.schools:
        return Unaffected()
    people = _new_people(before, now)
    sections = _new(before.sis.sections, now.sis.sections)
    subjects = _new(before.sis.courses, now.sis.courses) | _new(before.sis.terms, now.sis.terms)
    kept = {
        row.id
        for row in now.sections
        if row.uid not in sections
        and before.sizes.get(row.uid)
        and subjects.isdisjoint((row.course, row.term))
        and people.isdisjoint(row.students)
        and people.isdisjoint(row.teachers)
    }
    return Unaffected(sections=frozenset(kept), users=_users(before, now, people, sections))


def _new_people(before: SharedPart, now: SharedPart) -> set[str]:
    """uids of people who are new, have changed, or have another id or none for the app."""
    ids = (dict(before.ids).items() ^ dict(now.ids).items()) | (
        dict(before.listed_but_unshared).items() ^ dict(now.listed_but_unshared).items()
    )
    return _new(before.sis.people, now.sis.people) | {uid for uid, _ in ids}


def _new(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> set[str]:
    """uids of entries that are another than before, or on one side only."""
    if before is now:
        return set()
    changed = {uid for uid, entry in now.items() if before.get(uid) is not entry}
    return changed | (before.keys() - now.keys())


def _users(
    before: SharedPart, now: SharedPart, people: Collection[str], sections: set[str]
) -> frozenset[str]:
    """The users of whom neither they nor their classes nor those they belong to have changed."""
    resized = {uid for uid, size in now.sizes.items() if before.sizes.get(uid) != size}
    rows = (
        row
        for part in (before, now)
        for uid in sections | resized
        if (row := part.sis.sections.get(uid))
    )
    touched = {*people, *(uid for row in rows for uid in _members(row))}
    affected = {
        now.ids[uid]
        for uid in now.ids
        if uid in touched or _depends_on(now.sis.people[uid], touched)
    }
    return frozenset(now.ids.values()) - affected


def _members(row: SectionEntry) -> tuple[str, ...]:
    return (*row.students, *row.teachers)


def _depends_on(person: PersonEntry, touched: set[str]) -> bool:
    return any(relation.student in touched for relation in person.relations)
