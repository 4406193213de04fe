"""Verbs: what edge cases can say happens, with the keys of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto


class Slot(StrEnum):
    """What a key of a verb takes."""

    ANYTHING = auto()  # a member or a school
    PERSON = auto()
    STUDENT = auto()
    EMPLOYEE = auto()
    CONTACT = auto()
    SECTION = auto()
    SECTIONS = auto()
    COURSE = auto()  # or `none`
    TERM = auto()  # or `none`
    SCHOOL = auto()
    SCHOOLS = auto()
    ROLE = auto()
    RELATIONSHIP = auto()
    FLAG = auto()
    DAYS = auto()  # from the day of the run
    TEXT = auto()
    FIELDS = auto()  # wire fields of the member's role


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """The keys of a verb; one with `bare` can also be written as `verb: X`."""

    keys: Mapping[str, Slot]
    optional: Mapping[str, Slot] = field(default_factory=dict)
    bare: str = ""


_ANYTHING = Verb(keys={"who": Slot.ANYTHING}, bare="who")
VERBS: Mapping[str, Verb] = {
    "leave": _ANYTHING,
    "return": _ANYTHING,
    "arrive": _ANYTHING,
    "unshare": Verb(keys={"who": Slot.ANYTHING}, optional={"still-listed": Slot.FLAG}, bare="who"),
    "share": _ANYTHING,
    "new-sis-id": _ANYTHING,
    "create-anew": Verb(keys={"who": Slot.PERSON}, bare="who"),
    "enroll": Verb(keys={"student": Slot.STUDENT, "in": Slot.SECTIONS}),
    "drop": Verb(keys={"student": Slot.STUDENT, "from": Slot.SECTIONS}),
    "move": Verb(keys={"student": Slot.STUDENT, "from": Slot.SECTIONS, "to": Slot.SECTIONS}),
    "transfer": Verb(
        keys={"student": Slot.STUDENT, "to": Slot.SCHOOL},
        optional={"sections": Slot.SECTIONS, "grade": Slot.TEXT, "new-email": Slot.FLAG},
    ),
    "co-teach": Verb(keys={"section": Slot.SECTION, "with": Slot.EMPLOYEE}),
    "stop-teaching": Verb(keys={"section": Slot.SECTION, "teacher": Slot.EMPLOYEE}),
    "replace-teacher": Verb(keys={"section": Slot.SECTION, "by": Slot.EMPLOYEE}),
    "promote-teacher": Verb(keys={"section": Slot.SECTION, "teacher": Slot.EMPLOYEE}),
    "reschedule": Verb(
        keys={"section": Slot.SECTION}, optional={"course": Slot.COURSE, "term": Slot.TERM}
    ),
    "redate": Verb(keys={"term": Slot.TERM}, optional={"starts": Slot.DAYS, "ends": Slot.DAYS}),
    "gain-role": Verb(keys={"person": Slot.EMPLOYEE}),  # and one role, read apart
    "lose-role": Verb(keys={"person": Slot.EMPLOYEE, "role": Slot.ROLE}),
    "rename": Verb(
        keys={"who": Slot.ANYTHING},
        optional=dict.fromkeys(("first", "middle", "last", "name"), Slot.TEXT),
    ),
    "new-email": Verb(
        keys={"who": Slot.PERSON}, optional={"to": Slot.TEXT, "same-as": Slot.PERSON}, bare="who"
    ),
    "reschool": Verb(keys={"who": Slot.EMPLOYEE, "role": Slot.ROLE, "schools": Slot.SCHOOLS}),
    "relate": Verb(
        keys={"contact": Slot.CONTACT, "student": Slot.STUDENT, "as": Slot.RELATIONSHIP}
    ),
    "unrelate": Verb(keys={"contact": Slot.CONTACT, "student": Slot.STUDENT}),
    "edit": Verb(keys={"who": Slot.ANYTHING, "fields": Slot.FIELDS}, optional={"role": Slot.ROLE}),
}
