"""Verbs: what can happen to somebody in a student information system, one pure function each.

They speak of uids, and of what a school office does; what Clever makes of it is in `rules.py`.
Each raises `Impossible` when it does not fit what the SIS holds just then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from harness.district.casts.cast import RolePart
from harness.district.casts.placement import edited_roles, maker_of, relation, tag_of, with_role
from harness.district.data_model.records import Name, Roles, School
from harness.district.sis.renewal import with_new_id
from harness.district.sis.sis import (
    CourseEntry,
    Entry,
    Person,
    SchoolEntry,
    SectionEntry,
    Sis,
    TermEntry,
)

FORGOTTEN = 300
"""Days of absence after which Clever gives a returning user another id."""


class Impossible(ValueError):  # noqa: N818 - says what is, reads better than ...Error
    """A change that does not fit what the SIS holds just then; the message says why."""


def leave(sis: Sis, uid: str) -> Sis:
    """Somebody or something is gone from the SIS; it keeps its id and classes, for its return."""
    entry = _entry(sis, uid)
    if not entry.present:
        raise Impossible(f"{_said(uid)} is not there")
    return sis.put(replace(entry, present=False, left=sis.at))


def come_back(sis: Sis, uid: str) -> Sis:
    """What had left is back, as it was.

    After 300 days a user is new to Clever and has another id (dev.clever.com/docs/users). Whether
    the rule holds for other records is not documented; here it does not.
    """
    entry = _entry(sis, uid)
    if entry.present:
        raise Impossible(f"{_said(uid)} is there already")
    sis = sis.put(replace(entry, present=True))
    forgotten = isinstance(entry, Person) and entry.left and _days(entry.left, sis.at) >= FORGOTTEN
    return with_new_id(sis, uid) if forgotten else sis


def _days(since: str, now: str) -> int:
    """Whole days between two moments as `Sis.at` writes them."""
    return (datetime.fromisoformat(now) - datetime.fromisoformat(since)).days


def arrive(sis: Sis, uid: str) -> Sis:
    """Somebody who was never there comes, and is new to Clever."""
    entry = come_back(sis, uid).entry(uid)
    if isinstance(entry, Person | SectionEntry):
        return sis.put(replace(entry, created=sis.at))
    return sis.put(entry)


def create_anew(sis: Sis, uid: str) -> Sis:
    """Clever takes somebody for created now, and the id stays.

    In April 2023 every record of Certification ISD was created anew in one night.
    """
    return sis.put(replace(sis.people[uid], created=sis.at))


def unshare(sis: Sis, uid: str, *, still_listed: bool = False) -> Sis:
    """The district no longer shares it with the app; the SIS still has it.

    Who is `still_listed` is named by classes all the same, and cannot be read: as Clever does when
    only some people of a class are shared (dev.clever.com/docs/sync-troubleshooting).
    """
    entry = _entry(sis, uid)
    if not entry.shared:
        raise Impossible(f"{_said(uid)} is not shared")
    if isinstance(entry, Person):
        return sis.put(replace(entry, shared=False, still_listed=still_listed))
    if still_listed:
        raise Impossible(f"{_said(uid)} is not a person, and no class lists it")
    return sis.put(replace(entry, shared=False))


def share_again(sis: Sis, uid: str) -> Sis:
    """The district shares it with the app."""
    entry = _entry(sis, uid)
    if entry.shared:
        raise Impossible(f"{_said(uid)} is shared already")
    return sis.put(replace(entry, shared=True))


def enroll(sis: Sis, student: str, sections: Sequence[str]) -> Sis:
    """A student joins classes."""
    for uid in sections:
        section = sis.sections[uid]
        if not section.present:
            raise Impossible(f"{_said(uid)} is not there")
        if student in section.students:
            raise Impossible(f"{_said(student)} is in {_said(uid)} already")
        sis = sis.put(replace(section, students=(*section.students, student)))
    return sis


def drop(sis: Sis, student: str, sections: Sequence[str]) -> Sis:
    """A student is taken off classes."""
    for uid in sections:
        section = sis.sections[uid]
        if student not in section.students:
            raise Impossible(f"{_said(student)} is not in {_said(uid)}")
        sis = sis.put(replace(section, students=_without(section.students, student)))
    return sis


def transfer(
    sis: Sis, student: str, school: str, sections: Sequence[str], *, grade: str | None = None
) -> Sis:
    """A student goes to another school: off all classes of the old one, into those of the new."""
    if school not in sis.schools:
        raise Impossible(f'this district has no school "{school}"')
    old = [row.uid for row in sis.sections.values() if student in row.students]
    sis = drop(sis, student, old)
    fields: dict[str, object] = {"school": school, "schools": [school]}
    sis = edit(sis, student, "student", fields | ({"grade": grade} if grade is not None else {}))
    return enroll(sis, student, sections)


def co_teach(sis: Sis, section: str, teacher: str) -> Sis:
    """A further teacher of a class."""
    row = sis.sections[section]
    if teacher in row.teachers:
        raise Impossible(f"{_said(teacher)} teaches {_said(section)} already")
    _require_teacher(sis, teacher)
    return sis.put(replace(row, teachers=(*row.teachers, teacher)))


def stop_teaching(sis: Sis, section: str, teacher: str) -> Sis:
    """A teacher leaves a class; the next co-teacher becomes primary when the primary leaves."""
    row = _taught(sis, section, teacher)
    return sis.put(replace(row, teachers=_without(row.teachers, teacher)))


def replace_teacher(sis: Sis, section: str, teacher: str) -> Sis:
    """Somebody takes over a class from its primary teacher; the co-teachers stay."""
    row = sis.sections[section]
    _require_teacher(sis, teacher)
    if row.teachers[:1] == (teacher,):
        raise Impossible(f"{_said(teacher)} is the primary teacher of {_said(section)} already")
    return sis.put(replace(row, teachers=(teacher, *_without(row.teachers[1:], teacher))))


def promote_teacher(sis: Sis, section: str, teacher: str) -> Sis:
    """A co-teacher becomes primary; who was it, stays as co-teacher."""
    row = _taught(sis, section, teacher)
    if row.teachers[0] == teacher:
        raise Impossible(f"{_said(teacher)} is the primary teacher of {_said(section)} already")
    return sis.put(replace(row, teachers=(teacher, *_without(row.teachers, teacher))))


def reschedule(sis: Sis, section: str, links: Mapping[str, str | None]) -> Sis:
    """A class gets another course or another term, or none."""
    row = sis.sections[section]
    if not links or all(getattr(row, key) == uid for key, uid in links.items()):
        raise Impossible(f"nothing changes for {_said(section)}")
    return sis.put(
        replace(row, course=links.get("course", row.course), term=links.get("term", row.term))
    )


def redate(sis: Sis, term: str, *, starts: int | None, ends: int | None) -> Sis:
    """A term begins or ends on other days, counted from the run date.

    Clever takes it for another term (dev.clever.com/docs/terms).
    """
    row = sis.terms[term]
    start = row.start if starts is None else sis.run_date + timedelta(days=starts)
    end = row.end if ends is None else sis.run_date + timedelta(days=ends)
    if (start, end) == (row.start, row.end):
        raise Impossible(f"{_said(term)} has these days already")
    return with_new_id(sis.put(replace(row, start=start, end=end)), term)


def gain_role(sis: Sis, uid: str, role: str, part: RolePart) -> Sis:
    """An employee takes on a further role; they stay the same user."""
    person = sis.people[uid]
    if role in person.roles:
        raise Impossible(f"{_said(uid)} has the role {role} already")
    roles = with_role(
        maker_of(sis),
        person.roles,
        role,
        part,
        uid=uid,
        name=person.name,
        position=person.position,
    )
    return sis.put(replace(person, roles=roles))


def lose_role(sis: Sis, uid: str, role: str) -> Sis:
    """An employee gives up one of several roles, a teacher with it their classes."""
    person = sis.people[uid]
    if role not in person.roles:
        raise Impossible(f"{_said(uid)} has no role {role}")
    if len(person.roles) == 1:
        raise Impossible(f"{role} is the only role of {_said(uid)}; say leave")
    kept: Any = {name: record for name, record in person.roles.items() if name != role}
    roles: Roles = kept
    sis = sis.put(replace(person, roles=roles))
    if role == "teacher":
        for row in sis.sections.values():
            if uid in row.teachers:
                sis = sis.put(replace(row, teachers=_without(row.teachers, uid)))
    return sis


def rename(sis: Sis, uid: str, names: Mapping[str, str]) -> Sis:
    """Another name: first, middle, last for people, name for the rest.

    Clever gives a course or a term with another name a new id, and likewise a contact without a
    sis_id (dev.clever.com/docs/contacts-guardians).
    """
    entry = _entry(sis, uid)
    match entry:
        case Person():
            name: Any = {**entry.name, **names}
            renamed: Name = name
            return _renewed_contact(sis, replace(entry, name=renamed))
        case SchoolEntry():
            record: School = {**entry.record, "name": names["name"]}
            return sis.put(replace(entry, record=record))
        case CourseEntry() | TermEntry():
            return with_new_id(sis.put(replace(entry, name=names["name"])), uid)
        case SectionEntry():
            return sis.put(replace(entry, source_name=names["name"]))
    raise AssertionError(f"{type(entry).__name__} is nothing that has a name")


def new_email(sis: Sis, uid: str, address: str | None = None) -> Sis:
    """Another e-mail address, "" for none; a contact without a sis_id gets a new Clever id."""
    person = sis.people[uid]
    if address is None:
        tag = tag_of(person.position)
        ordinary = (maker_of(sis).address(person.name, tag=each) for each in (tag, f"{tag}-2"))
        address = next(each for each in ordinary if each != person.email)
    if address == person.email:
        raise Impossible(f"{_said(uid)} has this address already")
    return _renewed_contact(sis, replace(person, email=address))


def reschool(sis: Sis, uid: str, role: str, schools: Sequence[str]) -> Sis:
    """An employee works at other schools in one of their roles."""
    missing = [school for school in schools if school not in sis.schools]
    if missing:
        raise Impossible(f'this district has no school "{missing[0]}"')
    if role not in sis.people[uid].roles or role not in ("teacher", "staff"):
        raise Impossible(f"{_said(uid)} has no role {role} with schools")
    own: dict[str, object] = {"school": schools[0]} if role == "teacher" else {}
    return edit(sis, uid, role, {"schools": list(schools), **own})


def relate(sis: Sis, contact: str, student: str, relationship: str) -> Sis:
    """A contact becomes a student's contact, or is something else to them from now on."""
    person = sis.people[contact]
    others = tuple(row for row in person.relations if row.student != student)
    return sis.put(replace(person, relations=(*others, relation(student, relationship))))


def unrelate(sis: Sis, contact: str, student: str) -> Sis:
    """A contact is no longer a student's contact; without any student they are gone."""
    person = sis.people[contact]
    others = tuple(row for row in person.relations if row.student != student)
    if others == person.relations:
        raise Impossible(f"{_said(contact)} is not a contact of {_said(student)}")
    return sis.put(replace(person, relations=others))


def edit(sis: Sis, uid: str, role: str, fields: Mapping[str, object]) -> Sis:
    """Fields as on the wire, of a role, a section or a school; None leaves a field out."""
    entry = _entry(sis, uid)
    if isinstance(entry, SchoolEntry):
        kept: Any = {
            key: said for key, said in {**entry.record, **fields}.items() if said is not None
        }
        school: School = kept
        return sis.put(replace(entry, record=school))
    if isinstance(entry, SectionEntry):
        return sis.put(replace(entry, fields={**entry.fields, **fields}))
    assert isinstance(entry, Person)
    if role not in entry.roles:
        raise Impossible(f"{_said(uid)} has no role {role}")
    return sis.put(replace(entry, roles=edited_roles(entry.roles, role, fields)))


def _renewed_contact(sis: Sis, person: Person) -> Sis:
    """The Sis with a person whose name or address changed.

    A contact without a sis_id is known by both (dev.clever.com/docs/contacts-guardians).
    """
    sis = sis.put(person)
    contact = person.roles.get("contact")
    return with_new_id(sis, person.uid) if contact and not contact["sis_id"] else sis


def _entry(sis: Sis, uid: str) -> Entry:
    """Whatever bears the uid; small districts have not every school."""
    try:
        return sis.entry(uid)
    except KeyError:
        raise Impossible(f"{_said(uid)} is not in this district") from None


def _taught(sis: Sis, section: str, teacher: str) -> SectionEntry:
    row = sis.sections[section]
    if teacher not in row.teachers:
        raise Impossible(f"{_said(teacher)} does not teach {_said(section)}")
    return row


def _require_teacher(sis: Sis, uid: str) -> None:
    if "teacher" not in sis.people[uid].roles:
        raise Impossible(f"{_said(uid)} is not a teacher")


def _without(uids: Sequence[str], uid: str) -> tuple[str, ...]:
    return tuple(other for other in uids if other != uid)


def _said(uid: str) -> str:
    """How the edge case itself calls somebody."""
    return uid.partition("/")[2] or uid
