"""Whole names: the ways in which an app may write a first, a middle and a last name as one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import normalize

SHORTEST_CUT = 30
"""So many characters are left of a name that is cut where it became long."""


def normalized(text: str) -> str:
    """The text with single spaces, none around it, and its letters composed."""
    return " ".join(normalize("NFC", text).split())


def is_cut(wanted: str, held: str) -> bool:
    """Whether a text is the beginning of a name, cut where that became long."""
    wanted, held = normalized(wanted), normalized(held)
    return SHORTEST_CUT <= len(held) < len(wanted) and wanted.startswith(held)


def without_blanks(text: str) -> str:
    """A whole name as `whole_names` writes it: a part may have ended in a blank."""
    return normalized(text).replace(" ,", ",")


def whole_names(name: Mapping[str, object]) -> Iterator[str]:
    """Clever's `name` as one text: in either order, with or without the middle name or initial."""
    first, middle, last = (
        normalized(str(name.get(key) or "")) for key in ("first", "middle", "last")
    )
    for between in dict.fromkeys(("", middle, middle[:1], middle[:1] and f"{middle[:1]}.")):
        given = f"{first} {between}".strip()
        if not (given and last):
            yield given or last
            continue
        yield f"{given} {last}"
        yield f"{last}, {given}"
        yield f"{last} {given}"


def names_of(user: Mapping[str, Any]) -> Iterator[Mapping[str, object]]:
    """The names that an app may show: `name`, and of a student the one that is preferred.

    Since version 3.1 a student can have `preferred_name`, in which a part may be empty
    (https://dev.clever.com/docs/api-versioning).
    """
    name = user["name"]
    yield name
    student = user["roles"].get("student") or {}
    preferred = {key: part for key, part in (student.get("preferred_name") or {}).items() if part}
    if preferred:
        yield {**name, **preferred}


def all_whole_names(user: Mapping[str, Any]) -> Iterator[str]:
    """Each of these names as one text, in all the ways in which an app may write it."""
    for name in names_of(user):
        yield from whole_names(name)
