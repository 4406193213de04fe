"""Claims: what a vendor can declare of its app in words a rehearsal can hold against it.

They stand under `[profile.declares]`. What is not declared is not held against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.contract.edit import EditKind, Lasting

NONE = "none"
"""Declared of matching: accounts from before are left alone, and everybody starts anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that can be declared."""

    what: str
    """Ends the sentence "The vendor declares nothing about ..."."""
    values: tuple[str, ...]
    several: bool = False
    """Whether more than one value can be true at once."""


def _lasting(what: str) -> Claim:
    return Claim(what=what, values=tuple(Lasting))


def _matching(whose: str) -> Claim:
    what = f"how {whose} are matched to accounts from before Clever"
    return Claim(what=what, values=("email", "number", NONE), several=True)


CLAIMS: Mapping[str, Claim] = {
    "matching-students": _matching("students"),
    "matching-teachers": _matching("teachers"),
    EditKind.ADD_ROLE: _lasting("roles that are added by hand"),
    EditKind.CREATE_USER: _lasting("users who are created by hand"),
    EditKind.CREATE_GROUP: _lasting("groups that are made by hand"),
    EditKind.SPLIT_SECTION: _lasting("sections that are split by hand"),
    EditKind.ADD_STUDENT: _lasting("students who are added to a section by hand"),
    EditKind.REMOVE_STUDENT: _lasting("students who are taken out of a section by hand"),
}
"""Key → what it says and what can be said."""


def misdeclared(key: str, values: Sequence[str]) -> str:
    """What is wrong with a declaration, or ""; the key is one of `CLAIMS`."""
    claim = CLAIMS[key]
    for value in values:
        if value not in claim.values:
            return f'"{value}" cannot be declared, expected {" or ".join(claim.values)}'
    if not values or (len(values) > 1 and (NONE in values or not claim.several)):
        return f"found {len(values)} values, expected one of {', '.join(claim.values)}"
    return ""
