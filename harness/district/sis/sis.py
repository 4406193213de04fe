"""Sis: what a district's student information system holds at one moment.

Clever derives from it what it shares (`rules.py`). The source is kept rather than the roster, so
that what leaves can return: an entry that is away or not shared keeps its id, its classes and all
else. Entries are frozen, the mappings are never changed in place, and a change is a function from
one Sis to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from harness.district.data_model.ids import Block, Ids
from harness.district.data_model.records import EMPLOYEES, District
from harness.district.sis.entries import (
    CourseEntry,
    Entry,
    PersonEntry,
    SchoolEntry,
    SectionEntry,
    TermEntry,
)

_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True, kw_only=True)
class Sis:
    """One district's source of truth."""

    ids: Ids
    seed: int
    run_date: date
    """Term dates hang on it."""
    at: str
    """District time: what is new now was created then."""
    year: int
    """0, and 1 after rollover."""
    domain: str
    """Of the district's e-mail addresses."""
    district: District
    slots: Mapping[Block, int]
    """How many ordinary records each block of ids was built with."""
    schools: Mapping[str, SchoolEntry]
    terms: Mapping[str, TermEntry]
    courses: Mapping[str, CourseEntry]
    sections: Mapping[str, SectionEntry]
    people: Mapping[str, PersonEntry]
    casts: Mapping[str, Mapping[str, str]]
    """Edge case → name in its cast → uid."""

    def entry(self, uid: str) -> Entry:
        """Whatever bears the uid; raises KeyError."""
        for kept in (self.people, self.sections, self.courses, self.terms, self.schools):
            if uid in kept:
                return kept[uid]
        raise KeyError(uid)

    def holds_what(self, earlier: Sis) -> bool:
        """Whether all is as it was, but the time."""
        return replace(self, at=earlier.at) == earlier

    def put(self, *entries: Entry) -> Sis:
        """This Sis with entries added or replaced."""
        return replace(
            self,
            people=_with(self.people, entries, PersonEntry),
            sections=_with(self.sections, entries, SectionEntry),
            courses=_with(self.courses, entries, CourseEntry),
            terms=_with(self.terms, entries, TermEntry),
            schools=_with(self.schools, entries, SchoolEntry),
        )

    def with_cast(self, edge_case: str, names: Mapping[str, str]) -> Sis:
        """This Sis, knowing under which names an edge case speaks of its entries."""
        known = {**self.casts.get(edge_case, {}), **names}
        return replace(self, casts={**self.casts, edge_case: known})

    @cached_property
    def merged_ids(self) -> Mapping[str, str]:
        """uid → Clever id of the merged user, for every employee who is part of one.

        An e-mail edit that merges or splits users can give a new id
        (https://dev.clever.com/docs/data-model-quirks-and-supported-features-district-integrations).
        Here it always does, and follows from who is merged: the same people are always the same
        user.
        """
        ids: dict[str, str] = {}
        for group in merged_groups(self):
            block = min((person.block for person in group), key=list(Block).index)
            together = "+".join(person.uid for person in group)
            clever_id = self.ids.clever_id(
                block, self.ids.cast_position(block, together, self.slots[block])
            )
            ids.update((person.uid, clever_id) for person in group)
        return ids

    def clever_id(self, edge_case: str, name: str) -> str:
        """The Clever id of a cast member, also while they are away; of a merged user, its own."""
        uid = self.casts[edge_case][name]
        return self.merged_ids.get(uid) or self.entry(uid).id

    def cast_ids(self) -> dict[str, dict[str, str]]:
        """Edge case → name → Clever id, of everybody and everything in a cast."""
        merged = self.merged_ids
        return {
            edge_case: {name: merged.get(uid) or self.entry(uid).id for name, uid in names.items()}
            for edge_case, names in self.casts.items()
        }


def merged_groups(sis: Sis) -> tuple[tuple[PersonEntry, ...], ...]:
    """Employees who share an e-mail address, and whom Clever therefore takes for one user.

    Only employees: students and contacts keep to themselves, whatever their address
    (https://dev.clever.com/docs/multi-role-users-in-clever).
    """
    by_email: dict[str, list[PersonEntry]] = {}
    for person in sis.people.values():
        if person.email and person.visible and any(role in person.roles for role in EMPLOYEES):
            by_email.setdefault(person.email, []).append(person)
    groups = (group for group in by_email.values() if len(group) > 1)
    return tuple(tuple(sorted(group, key=lambda person: person.uid)) for group in groups)


def _with(kept: Mapping[str, _E], entries: tuple[Entry, ...], kind: type[_E]) -> Mapping[str, _E]:
    added = {entry.uid: entry for entry in entries if isinstance(entry, kind)}
    return {**kept, **added} if added else kept
