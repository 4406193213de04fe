"""New ids: when Clever takes something for new, and gives it another id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.district.data_model.ids import Block, hashed
from harness.district.data_model.records import Roles, School
from harness.district.sis.entries import (
    CourseEntry,
    Entry,
    PersonEntry,
    SchoolEntry,
    SectionEntry,
    TermEntry,
)
from harness.district.sis.sis import Sis

_YEARLY = (SectionEntry, CourseEntry, TermEntry)
_SIS_FIELDS = {"student": "sis_id", "teacher": "sis_id", "staff": "staff_id", "contact": "sis_id"}


def with_new_id(sis: Sis, uid: str) -> Sis:
    """Clever gives it another id and takes it for created now; the old id never returns."""
    entry = sis.entry(uid)
    edition, block = entry.edition + 1, block_of(entry)
    position = sis.ids.cast_position(block, f"{uid} #{edition}", sis.slots.get(block, 1))
    year = sis.year if isinstance(entry, _YEARLY) else 0
    fresh = replace(entry, id=sis.ids.clever_id(block, position, year), edition=edition)
    match fresh:
        case PersonEntry():
            roles = _with_legacy_ids(sis, fresh.roles, position)
            return sis.put(replace(fresh, position=position, created=sis.at, roles=roles))
        case SectionEntry():
            return sis.put(replace(fresh, created=sis.at))
        case SchoolEntry():
            record: School = {**fresh.record, "id": fresh.id, "created": sis.at}
            return sis.put(replace(fresh, record=record))
        case _:
            return sis.put(fresh)


def with_new_sis_id(sis: Sis, uid: str) -> Sis:
    """The SIS gives it another number; Clever keys on that, so it gets another id as well."""
    sis = with_new_id(sis, uid)
    entry = sis.entry(uid)
    match entry:
        case PersonEntry():
            return sis.put(replace(entry, roles=_with_sis_ids(sis, entry)))
        case SectionEntry():
            position = int(entry.id[16:], 16)
            return sis.put(replace(entry, sis_id=sis.ids.sis_id(Block.SECTION, position)))
        case SchoolEntry():
            number = f"{hashed(entry.record['sis_id']) % 90 + 10}Z{entry.record['sis_id'][-3:]}"
            record: School = {**entry.record, "sis_id": number, "school_number": number}
            return sis.put(replace(entry, record=record))
        case _:
            return sis


def block_of(entry: Entry) -> Block:
    """The block of ids an entry belongs to; a person's is that of the first role they have."""
    match entry:
        case PersonEntry():
            return entry.block
        case SectionEntry():
            return Block.SECTION
        case CourseEntry():
            return Block.COURSE
        case TermEntry():
            return Block.TERM
        case _:
            return Block.SCHOOL


def _with_legacy_ids(sis: Sis, roles: Roles, position: int) -> Roles:
    before: Any = roles
    after: Any = {
        role: {**record, "legacy_id": sis.ids.legacy_id(role, position)}
        if "legacy_id" in record
        else record
        for role, record in before.items()
    }
    renewed: Roles = after
    return renewed


def _with_sis_ids(sis: Sis, person: PersonEntry) -> Roles:
    roles: Any = {**person.roles}
    for role, key in _SIS_FIELDS.items():
        if role in roles:
            number = sis.ids.sis_id(Block(role), person.position)
            roles[role] = {**roles[role], key: number}
            if role == "student":
                roles[role]["student_number"] = number
    renewed: Roles = roles
    return renewed
