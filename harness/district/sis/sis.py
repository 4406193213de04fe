"""Sis: what a district's student information system holds at one moment.

Clever derives from it what it shares (`rules.py`). The source is kept rather than the roster, so
that what leaves can return: an entry that is away or not shared keeps its id, its classes and all
else. Entries are frozen, the mappings are never changed in place, and a change is a function from
one Sis to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from harness.district.casts.cast import EMPLOYEES
from harness.district.data_model.ids import Block, Ids
from harness.district.data_model.raw import AS_IT_IS, Raw
from harness.district.data_model.records import District, Name, Roles, School


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Anything the SIS holds, under a name that never changes while its Clever id may."""

    uid: str
    id: str
    """The Clever id."""
    present: bool = True
    """Whether the SIS has it now."""
    left: str = ""
    """District time at which it left the SIS last, as `Sis.at` writes it."""
    shared: bool = True
    """Whether the district shares it with the app."""
    edition: int = 0
    """How often Clever has given it another id."""
    raw: Raw = AS_IT_IS
    """What an edge case changes of its record as it is sent."""

    @property
    def visible(self) -> bool:
        return self.present and self.shared


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolEntry(Entry):
    """A school; its uid is its key (`elementary`)."""

    record: School
    low: str
    high: str
    next: str | None
    """Key of the school its leavers go to, if the district has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry(Entry):
    school: str
    name: str
    start: date | None
    """None when the SIS does not say, as for the end."""
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEntry(Entry):
    name: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEntry(Entry):
    """A class. All references are uids."""

    school: str
    sis_id: str
    created: str
    source_name: str
    """The SIS's own name; Clever shows it when there is no course to name the class after."""
    course: str | None
    term: str | None
    teachers: tuple[str, ...]
    """Primary first."""
    students: tuple[str, ...]
    subject: str = ""
    period: str = ""
    number: str = ""
    classroom: str = ""
    reused: bool = False
    """Keeps its id at rollover."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """Wire fields an edge case sets; None leaves a field out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Whose contact somebody is, and as what."""

    student: str
    relationship: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entry):
    """A person in all their roles, as the SIS has them."""

    position: int
    """Where the id stands in its block; addresses and usernames derive from it too."""
    name: Name
    email: str
    created: str
    roles: Roles
    """Clever's shape, but `school` and `schools` are school keys, those the SIS itself names."""
    relations: tuple[Relation, ...] = ()
    """For contacts."""
    unplaced: bool = False
    """Has no classes, and gets none at rollover."""
    still_listed: bool = False
    """Classes go on naming the person while the district does not share them."""

    @property
    def block(self) -> Block:
        """The block of ids the person belongs to: that of the first role they had."""
        return next(Block(role) for role in _BY_BLOCK if role in self.roles)


_BY_BLOCK = ("student", "teacher", "contact", "staff", "district_admin")
_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
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
    people: Mapping[str, Person]
    casts: Mapping[str, Mapping[str, str]]
    """Edge case → name in its cast → uid."""

    def entry(self, uid: str) -> Entry:
        """Whatever bears the uid; raises KeyError."""
        for kept in (self.people, self.sections, self.courses, self.terms, self.schools):
            if uid in kept:
                return kept[uid]
        raise KeyError(uid)

    def put(self, *entries: Entry) -> Sis:
        """This Sis with entries added or replaced."""
        return replace(
            self,
            people=_with(self.people, entries, Person),
            sections=_with(self.sections, entries, SectionEntry),
            courses=_with(self.courses, entries, CourseEntry),
            terms=_with(self.terms, entries, TermEntry),
            schools=_with(self.schools, entries, SchoolEntry),
        )

    def with_cast(self, edge_case: str, names: Mapping[str, str]) -> Sis:
        """This Sis, knowing under which names an edge case speaks of its entries."""
        known = {**self.casts.get(edge_case, {}), **names}
        return replace(self, casts={**self.casts, edge_case: known})

    def clever_id(self, edge_case: str, name: str) -> str:
        """The Clever id of a cast member, also while they are away; of a merged user, its own."""
        uid = self.casts[edge_case][name]
        return merged_ids(self).get(uid) or self.entry(uid).id

    def cast_ids(self) -> dict[str, dict[str, str]]:
        """Edge case → name → Clever id, of everybody and everything in a cast."""
        merged = merged_ids(self)
        return {
            edge_case: {name: merged.get(uid) or self.entry(uid).id for name, uid in names.items()}
            for edge_case, names in self.casts.items()
        }


def is_cast(uid: str) -> bool:
    """Whether a uid is that of a cast member, rather than of an ordinary record."""
    return "/" in uid


def merged_groups(sis: Sis) -> tuple[tuple[Person, ...], ...]:
    """Employees who share an e-mail address, and whom Clever therefore takes for one user."""
    by_email: dict[str, list[Person]] = {}
    for person in sis.people.values():
        if person.email and person.visible and any(role in person.roles for role in EMPLOYEES):
            by_email.setdefault(person.email, []).append(person)
    groups = (group for group in by_email.values() if len(group) > 1)
    return tuple(tuple(sorted(group, key=lambda person: person.uid)) for group in groups)


def merged_ids(sis: Sis) -> dict[str, str]:
    """uid → Clever id of the merged user, for every employee who is part of one.

    Merging gives a new id (Clever: an e-mail edit that merges or splits can); it follows from who
    is merged, so that the same people are always the same user.
    """
    found: dict[str, str] = {}
    for group in merged_groups(sis):
        block = min((person.block for person in group), key=list(Block).index)
        together = "+".join(person.uid for person in group)
        clever_id = sis.ids.clever(block, sis.ids.cast(block, together, sis.slots[block]))
        found.update((person.uid, clever_id) for person in group)
    return found


def _with(kept: Mapping[str, _E], entries: tuple[Entry, ...], kind: type[_E]) -> Mapping[str, _E]:
    added = {entry.uid: entry for entry in entries if isinstance(entry, kind)}
    return {**kept, **added} if added else kept
