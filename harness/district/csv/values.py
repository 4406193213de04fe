"""Values: what districts write into a column, as Clever normalises it.

Each parser takes what stands there, "" included, and raises ValueError with what is expected.
Spellings that are not Clever's own are those its instructions and common systems use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from harness.district.data_model.enums import (
    GENDERS,
    LUNCHES,
    PHONE_TYPES,
    RACES,
    RELATIONSHIP_TYPES,
    RELATIONSHIPS,
    STAFF_ROLES,
    SUBJECTS,
    YES_NO,
)
from harness.district.data_model.grades import GRADES

Parser = Callable[[str], str]

_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def one_of(what: str, allowed: Sequence[str], spellings: Mapping[str, str] | None = None) -> Parser:
    """A parser for an enumeration, in any casing, with other spellings of its values."""
    known = {_plain(value): value for value in allowed} | {
        _plain(spelling): value for spelling, value in (spellings or {}).items()
    }
    expected = f"{what}: {', '.join(value for value in allowed if value)}"

    def parse(value: str) -> str:
        if _plain(value) not in known:
            raise ValueError(expected)
        return known[_plain(value)]

    return parse


def _plain(value: str) -> str:
    return re.sub(r"[\s_-]+", "", value).lower()


def _grade_spellings() -> dict[str, str]:
    spellings = {f"{year:02d}": str(year) for year in range(1, 10)}
    return spellings | {
        "K": "Kindergarten",
        "KG": "Kindergarten",
        "0": "Kindergarten",
        "00": "Kindergarten",
        "PK": "PreKindergarten",
        "PreK": "PreKindergarten",
        "TK": "TransitionalKindergarten",
        "PS": "Preschool",
        "IT": "InfantToddler",
        "PG": "PostGraduate",
        "UG": "Ungraded",
    }


grade = one_of("a grade", (*GRADES, ""), _grade_spellings())
subject = one_of("a subject", SUBJECTS)
gender = one_of("a gender", GENDERS, {"Male": "M", "Female": "F"})
race = one_of(
    "a race",
    RACES,
    {
        "C": "Caucasian",
        "W": "Caucasian",
        "White": "Caucasian",
        "A": "Asian",
        "B": "Black or African American",
        "I": "American Indian",
        "P": "Hawaiian or Other Pacific Islander",
        "T": "Two or More Races",
        "M": "Two or More Races",
        "U": "Unknown",
    },
)
yes_or_no = one_of(
    "Y or N",
    YES_NO,
    {"Yes": "Y", "True": "Y", "T": "Y", "1": "Y", "No": "N", "False": "N", "F": "N", "0": "N"},
)
lunch = one_of("how a lunch is paid", LUNCHES, {"F": "Free", "R": "Reduced", "P": "Paid"})
relationship = one_of(
    "a relationship",
    RELATIONSHIPS,
    dict.fromkeys(("Mother", "Father", "Stepmother", "Stepfather"), "Parent")
    | dict.fromkeys(("Grandmother", "Grandfather"), "Grandparent")
    | dict.fromkeys(("Aunt", "Uncle"), "Aunt/Uncle")
    | dict.fromkeys(("Brother", "Sister"), "Sibling")
    | {"Guardian": "Other"},
)
contact_type = one_of(
    "a type of contact",
    RELATIONSHIP_TYPES,
    dict.fromkeys(("Parent", "Guardian"), "Parent/Guardian"),
)
phone_type = one_of("a type of phone", PHONE_TYPES, {"Mobile": "Cell"})
staff_role = one_of("a role", (*STAFF_ROLES, ""))


def day(value: str) -> date | None:
    """A date, written 8/21/2026 or 2026-08-21; None when there is none."""
    if not value:
        return None
    if match := _AMERICAN.fullmatch(value):
        month, number, year = map(int, match.groups())
    elif match := _ISO.fullmatch(value):
        year, month, number = map(int, match.groups())
    else:
        raise ValueError("a date such as 8/21/2026 or 2026-08-21")
    try:
        return date(year, month, number)
    except ValueError:
        raise ValueError("a date that exists, such as 8/21/2026") from None


def written(when: date | None) -> str:
    """A date as the instructions write it, padded."""
    return when.strftime("%m/%d/%Y") if when else ""


def birthday(value: str) -> str:
    """A date of birth as the API shows it, unpadded (recorded)."""
    when = day(value)
    return f"{when.month}/{when.day}/{when.year}" if when else ""
