"""Verbs: what edge cases can say happens, with the keys of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto


class KeyType(StrEnum):
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
    LATER = auto()  # a member with `later`, who may stand for many
    FIELDS = auto()  # wire fields of the member's role


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """The keys of a verb; one with `bare` can also be written as `verb: X`."""

    keys: Mapping[str, KeyType]
    optional: Mapping[str, KeyType] = field(default_factory=dict)
    bare: str = ""


_ANYTHING = Verb(keys={"who": KeyType.ANYTHING}, bare="who")
VERBS: Mapping[str, Verb] = {
    "leave": _ANYTHING,
    "return": _ANYTHING,
    "arrive": _ANYTHING,
    "unshare": Verb(
        keys={"who": KeyType.ANYTHING}, optional={"still-listed": KeyType.FLAG}, bare="who"
    ),
    "share": _ANYTHING,
    "new-sis-id": _ANYTHING,
    "vary": Verb(keys={"who": KeyType.LATER}, bare="who"),
    "create-anew": Verb(keys={"who": KeyType.PERSON}, bare="who"),
    "enroll": Verb(keys={"student": KeyType.STUDENT, "in": KeyType.SECTIONS}),
    "drop": Verb(keys={"student": KeyType.STUDENT, "from": KeyType.SECTIONS}),
    "move": Verb(
        keys={"student": KeyType.STUDENT, "from": KeyType.SECTIONS, "to": KeyType.SECTIONS}
    ),
    "transfer": Verb(
        keys={"student": KeyType.STUDENT, "to": KeyType.SCHOOL},
        optional={"sections": KeyType.SECTIONS, "grade": KeyType.TEXT, "new-email": KeyType.FLAG},
    ),
    "co-teach": Verb(keys={"section": KeyType.SECTION, "with": KeyType.EMPLOYEE}),
    "stop-teaching": Verb(keys={"section": KeyType.SECTION, "teacher": KeyType.EMPLOYEE}),
    "replace-teacher": Verb(keys={"section": KeyType.SECTION, "by": KeyType.EMPLOYEE}),
    "promote-teacher": Verb(keys={"section": KeyType.SECTION, "teacher": KeyType.EMPLOYEE}),
    "reschedule": Verb(
        keys={"section": KeyType.SECTION},
        optional={"course": KeyType.COURSE, "term": KeyType.TERM, "school": KeyType.SCHOOL},
    ),
    "redate": Verb(
        keys={"term": KeyType.TERM}, optional={"starts": KeyType.DAYS, "ends": KeyType.DAYS}
    ),
    "gain-role": Verb(keys={"person": KeyType.EMPLOYEE}),  # and one role, read apart
    "lose-role": Verb(keys={"person": KeyType.EMPLOYEE, "role": KeyType.ROLE}),
    "rename": Verb(
        keys={"who": KeyType.ANYTHING},
        optional=dict.fromkeys(("first", "middle", "last", "name"), KeyType.TEXT),
    ),
    "new-email": Verb(
        keys={"who": KeyType.PERSON},
        optional={"to": KeyType.TEXT, "same-as": KeyType.PERSON},
        bare="who",
    ),
    "reschool": Verb(
        keys={"who": KeyType.EMPLOYEE, "role": KeyType.ROLE, "schools": KeyType.SCHOOLS}
    ),
    "relate": Verb(
        keys={"contact": KeyType.CONTACT, "student": KeyType.STUDENT, "as": KeyType.RELATIONSHIP}
    ),
    "unrelate": Verb(keys={"contact": KeyType.CONTACT, "student": KeyType.STUDENT}),
    "edit": Verb(
        keys={"who": KeyType.ANYTHING, "fields": KeyType.FIELDS}, optional={"role": KeyType.ROLE}
    ),
}
