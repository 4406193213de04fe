"""Whole names: the ways in which an app may write a first, a middle and a last name as one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import normalize


def normalized(text: str) -> str:
    """The text with single spaces, none around it, and its letters composed."""
    return " ".join(normalize("NFC", text).split())


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
