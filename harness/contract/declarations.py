"""Claims: what a vendor can declare of its app in words a rehearsal can hold against it.

They stand under `[profile.declares]`. What is not declared is not held against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.contract.edit import EditKind, EditPersistence

YES, NO = "yes", "no"
NONE = "none"
"""Declared of matching: accounts from before are left alone, and everybody starts anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One thing that can be declared."""

    what: str
    """What it is about, in a sentence: `The vendor declares nothing about ...`."""
    values: Mapping[str, str]
    """Value → how it goes on in a sentence that begins with `what`."""
    several: bool = False
    """Whether more than one value can be true at once."""


_LASTS: Mapping[str, str] = {
    EditPersistence.PERSISTS: "lasts until somebody undoes it",
    EditPersistence.OVERWRITTEN: "lasts until the next sync",
    EditPersistence.NOT_POSSIBLE: "is not possible",
}
_MATCHES = {
    "email": "goes by e-mail address",
    "number": "goes by number",
    NONE: "does not take place",
}


def _whether(what: str) -> Declaration:
    return Declaration(what=what, values={YES: "takes place", NO: "does not take place"})


def _matching(whose: str) -> Declaration:
    what = f"matching {whose} to accounts from before Clever"
    return Declaration(what=what, values=_MATCHES, several=True)


DECLARATIONS: Mapping[str, Declaration] = {
    "api-version": Declaration(
        what="asking for roster data", values={"3.0": "is in 3.0", "3.1": "is in 3.1"}, several=True
    ),
    "user-types": Declaration(
        what="giving accounts",
        values={
            "student": "includes students",
            "teacher": "includes teachers",
            "staff": "includes staff",
            "district_admin": "includes district administrators",
            "contact": "includes contacts",
        },
        several=True,
    ),
    "daily-sync": _whether("bringing data up to date with every sync"),
    "archives": _whether("archiving what Clever no longer shares"),
    "restores": _whether("restoring what Clever shares again"),
    "co-teachers": _whether("giving a section all its co-teachers"),
    "several-schools": _whether("belonging to several schools"),
    "keeps-progress": _whether("keeping all work"),
    "matching-students": _matching("students"),
    "matching-teachers": _matching("teachers"),
    EditKind.ADD_ROLE: Declaration(what="manually adding a role", values=_LASTS),
    EditKind.CREATE_USER: Declaration(what="manually creating a user", values=_LASTS),
    EditKind.CREATE_GROUP: Declaration(what="manually creating a group", values=_LASTS),
    EditKind.SPLIT_SECTION: Declaration(what="manually splitting a section", values=_LASTS),
    EditKind.ADD_STUDENT: Declaration(what="manually adding a student to a section", values=_LASTS),
    EditKind.REMOVE_STUDENT: Declaration(
        what="manually removing a student from a section", values=_LASTS
    ),
}
"""Key → what it says and what can be said."""


def said_of(key: str, values: Sequence[str]) -> str:
    """What a declaration says, as the end of a sentence: `manually adding a role lasts until "
    "...`"""
    claim = DECLARATIONS[key]
    first, *more = (claim.values[value] for value in values)
    once = [words.partition(" ")[2] for words in more]  # the verb is said once
    listed = ", ".join((f"{claim.what} {first}", *once[:-1]))
    return f"{listed} and {once[-1]}" if once else listed


def misdeclared(key: str, values: Sequence[str]) -> str:
    """What is wrong with a declaration, or ""; the key is one of `DECLARATIONS`."""
    claim = DECLARATIONS[key]
    for value in values:
        if value not in claim.values:
            return f'"{value}" cannot be declared, expected {" or ".join(claim.values)}'
    if not values or (len(values) > 1 and (NONE in values or not claim.several)):
        return f"found {len(values)} values, expected one of {', '.join(claim.values)}"
    return ""
