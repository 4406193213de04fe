"""Missing values: what a record goes without, or has that an app may not expect.

A value that Clever does not guarantee (https://dev.clever.com/docs/schema-1) can be absent, null or
empty. When an app holds none of the records that lack one, in one of these forms or in any, it
takes the value for granted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from harness.district.data_model.enums import GENDERS, LUNCHES, RACES, SUBJECTS
from harness.district.data_model.grades import GRADES
from harness.district.data_model.records import (
    Kind,
    Record,
    Section,
    StudentRole,
    TeacherRole,
    User,
    roles_of,
)
from harness.prose import counted
from harness.suite.checks.reading import role_of

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    Kind.SCHOOLS: ("state_id", "low_grade", "high_grade", "phone", "principal", "location", "ext"),
    Kind.TERMS: ("name", "start_date", "end_date"),
    Kind.COURSES: ("name", "number"),
    Kind.SECTIONS: (
        *("grade", "subject", "course", "term_id", "teacher", "section_number", "period"),
        *("ext", "lms_status"),
    ),
    Kind.USERS: ("email", "name.middle", "lms_status"),
    "student": (
        *("student_number", "state_id", "gender", "dob", "grade", "graduation_year", "race"),
        *("hispanic_ethnicity", "home_language", "home_language_code", "ell_status", "frl_status"),
        *("iep_status", "gifted_status", "section_504_status", "disability", "location"),
        *("credentials", "ext", "enrollments"),
    ),
    "teacher": ("teacher_number", "state_id", "title", "credentials", "ext"),
    "staff": ("title", "department", "credentials", "ext"),
    "district_admin": ("title",),
    "contact": ("phone", "phone_type", "sis_id"),
}
"""By kind and role, what Clever's description marks as nullable, or its documentation as not
guaranteed."""


_VALUES: Mapping[str, frozenset[str]] = {
    "gender": frozenset(GENDERS),
    "race": frozenset(RACES),
    "grade": frozenset((*GRADES, "")),
    "frl_status": frozenset(LUNCHES),
    "subject": frozenset(SUBJECTS),
}


_KEYS: Mapping[str, frozenset[str]] = {
    Kind.SECTIONS: frozenset(Section.__annotations__),
    Kind.USERS: frozenset(User.__annotations__),
    "student": frozenset(StudentRole.__annotations__),
    "teacher": frozenset(TeacherRole.__annotations__),
}


_WORDS = {
    "iep_status": "an IEP status",
    "ell_status": "an ELL status",
    "enrollments": "enrolments and their dates",
    "period": "a period",
    "email": "an e-mail address",
    "name.middle": "a middle name",
    "dob": "a date of birth",
    "term_id": "a term",
    "ext": "extension fields",
    "credentials": "a username",
    "start_date": "a first day",
    "end_date": "a last day",
}


@dataclass(frozen=True, slots=True)
class UnusualValue:
    """A value of a record, missing or odd, that an app can stumble over."""

    role: str
    """The first role of the user who has it; "" for everything else."""
    path: str
    form: str
    """absent, null, empty; `missing` for any of them; `unheard` for what Clever never said."""

    @property
    def value(self) -> str:
        """The name of the value, without the role it is in."""
        return self.path.rpartition(".")[2] if self.path.startswith("roles.") else self.path

    @property
    def words(self) -> str:
        """As it follows the name of a record."""
        if self.form == "missing":
            return f"without {_WORDS.get(self.value) or 'a ' + self.value.replace('_', ' ')}"
        if self.form == "unheard":
            return f"with an unusual `{self.value}`"
        return f"without `{self.value}`" if self.form == "absent" else f"with `{self.value}` null"


Explanation = tuple[UnusualValue, ...]
"""The unusual values of which each explains an absence as well as the others."""


def explained(explanation: Explanation) -> str:
    """An explanation as it follows the name of a record."""
    first, *others = explanation
    if not others:
        return first.words
    return f"{first.words} and {counted(len(others), 'other value')}"


def unusual_values(kind: Kind, record: Record) -> Iterator[UnusualValue]:
    """What a record lacks, each value by its form and as such, and what is unheard of in it."""
    fields, first = cast(Mapping[str, Any], record), role_of(record)
    for prefix, part, of in _parts(kind, record):
        for key in OPTIONAL.get(of, ()):
            if form := _form(part, key):
                yield UnusualValue(first, f"{prefix}{key}", form)
                yield UnusualValue(first, f"{prefix}{key}", "missing")
        for key in _unheard(part, of):
            yield UnusualValue(first, f"{prefix}{key}", "unheard")
    if kind is Kind.USERS:
        for name, role in fields["roles"].items():
            if role is None:
                yield UnusualValue(first, f"roles.{name}", "null")


def _parts(kind: Kind, record: Record) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """A record and its roles: where each is, what is in it, and what it is called in the lists."""
    yield "", cast(Mapping[str, Any], record), kind
    if kind is Kind.USERS:
        for name, role in roles_of(cast(User, record)).items():
            yield f"roles.{name}.", role, name


def _unheard(fields: Mapping[str, Any], of: str) -> Iterator[str]:
    """Keys that Clever's description does not have, or has with other values."""
    yield from sorted(fields.keys() - _KEYS.get(of, fields.keys()))
    for key, known in _VALUES.items():
        if (fields.get(key) or "") not in known:
            yield key


def _form(fields: Mapping[str, Any], key: str) -> str:
    first, _, below = key.partition(".")
    if below:
        return _form(fields.get(first) or {}, below)
    if key not in fields:
        return "absent"
    match fields[key]:
        case None:
            return "null"
        case "":
            return "empty"
        case dict() as parts if all(part in ("", None) for part in parts.values()):
            return "empty"
        case [dict() as entry, *_] if not all(entry.values()):
            return "empty"
        case _:
            return ""


def beyond(explanation: Explanation) -> bool:
    """Whether it goes beyond what Clever's pages say can be missing: a SHOULD, not R7."""
    return unheard_of(explanation[0])


def unheard_of(unusual: UnusualValue) -> bool:
    a_role = unusual.path.startswith("roles.") and unusual.path.count(".") == 1
    return unusual.form == "unheard" or (unusual.form == "null" and a_role)
