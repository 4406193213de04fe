"""People: their roles, names, addresses, schools and contacts, and fields of theirs or of things.

Pure functions from one SIS to the next; each raises ImpossibleChangeError when it does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from harness.district.data_model.records import Name, Roles, School
from harness.district.sis.addresses import address_of, address_tag
from harness.district.sis.classes import drop, enroll, stop_teaching_everywhere
from harness.district.sis.entries import (
    CourseEntry,
    PersonEntry,
    Relation,
    SchoolEntry,
    SectionEntry,
    TermEntry,
)
from harness.district.sis.impossible import ImpossibleChangeError, existing_entry, name_of
from harness.district.sis.new_ids import with_new_id
from harness.district.sis.roles import with_role_fields
from harness.district.sis.sis import Sis


def gain_role(sis: Sis, uid: str, role: str, fields: Mapping[str, object]) -> Sis:
    """An employee takes on a further role with these fields; they stay the same user."""
    person = sis.people[uid]
    if role in person.roles:
        raise ImpossibleChangeError(f"{name_of(uid)} has the role {role} already")
    return sis.put(replace(person, roles=with_role_fields(person.roles, role, fields)))


def lose_role(sis: Sis, uid: str, role: str) -> Sis:
    """An employee gives up one of several roles, a teacher with it their classes."""
    person = sis.people[uid]
    if role not in person.roles:
        raise ImpossibleChangeError(f"{name_of(uid)} has no role {role}")
    if len(person.roles) == 1:
        raise ImpossibleChangeError(f"{role} is the only role of {name_of(uid)}; say leave")
    kept: Any = {name: record for name, record in person.roles.items() if name != role}
    roles: Roles = kept
    sis = sis.put(replace(person, roles=roles))
    return stop_teaching_everywhere(sis, uid) if role == "teacher" else sis


def rename(sis: Sis, uid: str, names: Mapping[str, str]) -> Sis:
    """Another name: first, middle, last for people, name for the rest.

    Clever gives a course or a term with another name a new id, unless the district keys courses by
    their number (https://dev.clever.com/docs/data-model-quirks-and-supported-features-district-integrations),
    and likewise a contact without a sis_id (https://dev.clever.com/docs/contacts-guardians).
    """
    entry = existing_entry(sis, uid)
    match entry:
        case PersonEntry():
            name: Any = {**entry.name, **names}
            renamed: Name = name
            return _renewed_contact(sis, replace(entry, name=renamed))
        case SchoolEntry():
            record: School = {**entry.record, "name": names["name"]}
            return sis.put(replace(entry, record=record))
        case CourseEntry(by_number=True):
            return sis.put(replace(entry, name=names["name"]))
        case CourseEntry() | TermEntry():
            return with_new_id(sis.put(replace(entry, name=names["name"])), uid)
        case SectionEntry():
            return sis.put(replace(entry, source_name=names["name"]))
    raise AssertionError(f"{type(entry).__name__} is nothing that has a name")


def new_email(sis: Sis, uid: str, address: str | None = None) -> Sis:
    """Another e-mail address, "" for none; a contact without a sis_id gets a new Clever id."""
    person = sis.people[uid]
    if address is None:
        tag = address_tag(person.position)
        usual = (address_of(person.name, sis.domain, tag=each) for each in (tag, f"{tag}-2"))
        address = next(each for each in usual if each != person.email)
    if address == person.email:
        raise ImpossibleChangeError(f"{name_of(uid)} has this address already")
    return _renewed_contact(sis, replace(person, email=address))


def transfer(
    sis: Sis, student: str, school: str, sections: Sequence[str], *, grade: str | None = None
) -> Sis:
    """A student goes to another school: off all classes of the old one, into those of the new."""
    if school not in sis.schools:
        raise ImpossibleChangeError(f'this district has no school "{school}"')
    old = [row.uid for row in sis.sections.values() if student in row.students]
    sis = drop(sis, student, old)
    fields: dict[str, object] = {"school": school, "schools": [school]}
    sis = edit(sis, student, "student", fields | ({"grade": grade} if grade is not None else {}))
    return enroll(sis, student, sections)


def reschool(sis: Sis, uid: str, role: str, schools: Sequence[str]) -> Sis:
    """An employee works at other schools in one of their roles."""
    missing = [school for school in schools if school not in sis.schools]
    if missing:
        raise ImpossibleChangeError(f'this district has no school "{missing[0]}"')
    if role not in sis.people[uid].roles or role not in ("teacher", "staff"):
        raise ImpossibleChangeError(f"{name_of(uid)} has no role {role} with schools")
    own: dict[str, object] = {"school": schools[0]} if role == "teacher" else {}
    return edit(sis, uid, role, {"schools": list(schools), **own})


def relate(sis: Sis, contact: str, student: str, relationship: str) -> Sis:
    """A contact becomes a student's contact, or is something else to them from now on."""
    person = sis.people[contact]
    others = tuple(row for row in person.relations if row.student != student)
    return sis.put(replace(person, relations=(*others, Relation.usual(student, relationship))))


def unrelate(sis: Sis, contact: str, student: str) -> Sis:
    """A contact is no longer a student's contact; without any student they are gone."""
    person = sis.people[contact]
    others = tuple(row for row in person.relations if row.student != student)
    if others == person.relations:
        raise ImpossibleChangeError(f"{name_of(contact)} is not a contact of {name_of(student)}")
    return sis.put(replace(person, relations=others))


def edit(sis: Sis, uid: str, role: str, fields: Mapping[str, object]) -> Sis:
    """Fields as on the wire, of a role, a section or a school; None leaves a field out."""
    entry = existing_entry(sis, uid)
    if isinstance(entry, SchoolEntry):
        merged = {**entry.record, **fields}
        record: Any = {key: value for key, value in merged.items() if value is not None}
        school: School = record
        return sis.put(replace(entry, record=school))
    if isinstance(entry, SectionEntry):
        return sis.put(replace(entry, fields={**entry.fields, **fields}))
    assert isinstance(entry, PersonEntry)
    if role not in entry.roles:
        raise ImpossibleChangeError(f"{name_of(uid)} has no role {role}")
    return sis.put(replace(entry, roles=with_role_fields(entry.roles, role, fields)))


def _renewed_contact(sis: Sis, person: PersonEntry) -> Sis:
    """The Sis with a person whose name or address changed.

    A contact without a sis_id is known by both (https://dev.clever.com/docs/contacts-guardians).
    """
    sis = sis.put(person)
    contact = person.roles.get("contact")
    return with_new_id(sis, person.uid) if contact and not contact["sis_id"] else sis
