"""Claims: what a vendor can declare of its app in words a rehearsal can hold against it.

They stand under `[profile.declares]`. What is not declared is not held against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.contract.edit import EditKind, EditPersistence
from harness.prose import joined

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
    answers: Mapping[str, str] = field(default_factory=dict)
    """Value → the sentence of an answer in the vendor's own voice; "" → the same for several.

    `{these}` are the values in `names`, or as they are; `{any_of_these}` joins them with "or".
    """
    names: Mapping[str, str] = field(default_factory=dict)


_LASTS: Mapping[str, str] = {
    EditPersistence.PERSISTS: "lasts until somebody undoes it",
    EditPersistence.OVERWRITTEN: "lasts until the next sync",
    EditPersistence.NOT_POSSIBLE: "is not possible",
}
_MATCHES = {
    "email": "goes by e-mail address",
    "number": "goes by number",
    "former-id": "goes by former Clever ID",
    NONE: "does not take place",
}


def _whether(what: str, yes: str, no: str) -> Declaration:
    values = {YES: "takes place", NO: "does not take place"}
    return Declaration(what=what, values=values, answers={YES: yes, NO: no})


def _matching(whose: str) -> Declaration:
    return Declaration(
        what=f"matching {whose} to accounts from before Clever",
        values=_MATCHES,
        several=True,
        answers={
            "": f"We match {whose} to the accounts they had before Clever by {{any_of_these}}.",
            NONE: f"We do not match {whose} to accounts from before Clever.",
        },
        names={
            "email": "e-mail address",
            "number": "number",
            "former-id": "Clever ID of before version 3",
        },
    )


def _edit(what: str, made: str, possible: str) -> Declaration:
    answers: dict[str, str] = {
        EditPersistence.PERSISTS: f"{made} lasts until somebody undoes it.",
        EditPersistence.OVERWRITTEN: f"{made} lasts until the next sync.",
        EditPersistence.NOT_POSSIBLE: f"Nobody can {possible} in our application.",
    }
    return Declaration(what=what, values=_LASTS, answers=answers)


DECLARATIONS: Mapping[str, Declaration] = {
    "api-version": Declaration(
        what="asking for roster data",
        values={"3.0": "is in 3.0", "3.1": "is in 3.1"},
        several=True,
        answers={"": "We use version {these} of Clever's API."},
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
        answers={"": "These have accounts: {these}."},
        names={
            "student": "students",
            "teacher": "teachers",
            "district_admin": "district administrators",
            "contact": "contacts",
        },
    ),
    "daily-sync": _whether(
        "bringing data up to date with every sync",
        "Every sync brings our data up to date.",
        "Not every sync brings all our data up to date.",
    ),
    "archives": _whether(
        "archiving what Clever no longer shares",
        "We archive what Clever no longer shares.",
        "We do not archive what Clever no longer shares.",
    ),
    "restores": _whether(
        "restoring what Clever shares again",
        "What Clever shares again is put back into use.",
        "What Clever shares again is not put back into use.",
    ),
    "co-teachers": _whether(
        "giving a section all its co-teachers",
        "Every section gets all its co-teachers.",
        "A section does not get all its co-teachers.",
    ),
    "several-schools": _whether(
        "belonging to several schools",
        "Users can belong to several schools.",
        "Users belong to one school only.",
    ),
    "keeps-progress": _whether(
        "keeping all work",
        "We store people's work and keep all of it.",
        "We do not keep all of people's work.",
    ),
    "matching-students": _matching("students"),
    "matching-teachers": _matching("teachers"),
    EditKind.ADD_ROLE: _edit(
        "manually adding a role", "A role added in our application", "add roles"
    ),
    EditKind.CREATE_USER: _edit(
        "manually creating a user", "A user created in our application", "create users"
    ),
    EditKind.CREATE_GROUP: _edit(
        "manually creating a group", "A group created in our application", "create groups"
    ),
    EditKind.SPLIT_SECTION: _edit(
        "manually splitting a section", "A section split in our application", "split sections"
    ),
    EditKind.ADD_STUDENT: _edit(
        "manually adding a student to a section",
        "Adding a student to a section in our application",
        "add students to a synced section",
    ),
    EditKind.REMOVE_STUDENT: _edit(
        "manually removing a student from a section",
        "Removing a student from a section in our application",
        "remove students from a synced section",
    ),
    EditKind.RENAME_SECTION: _edit(
        "manually renaming a section",
        "A section's name given in our application",
        "rename sections",
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


def answer_of(key: str, values: Sequence[str]) -> str:
    """What a declaration says, as a sentence in the vendor's own voice."""
    claim = DECLARATIONS[key]
    named = [claim.names.get(value, value) for value in values]
    answer = claim.answers.get(values[0]) or claim.answers[""]
    return answer.format(these=joined(named), any_of_these=joined(named, "or"))


def misdeclared(key: str, values: Sequence[str]) -> str:
    """What is wrong with a declaration, or ""; the key is one of `DECLARATIONS`."""
    claim = DECLARATIONS[key]
    for value in values:
        if value not in claim.values:
            return f'"{value}" cannot be declared, expected {" or ".join(claim.values)}'
    if not values or (len(values) > 1 and (NONE in values or not claim.several)):
        return f"found {len(values)} values, expected one of {', '.join(claim.values)}"
    return ""
