"""The words of findings: names, not ids, at most 160 characters."""

from __future__ import annotations

from collections.abc import Iterable

from harness.district.data_model.records import Kind
from harness.prose import few

LONGEST = 160

NOUNS = {
    Kind.SCHOOLS: "school",
    Kind.TERMS: "term",
    Kind.COURSES: "course",
    Kind.SECTIONS: "section",
    Kind.USERS: "user",
}


def spoken(names: Iterable[str], most: int = 3) -> str:
    """Names as one says them: `Art, Music and 2 more`."""
    listed = list(names)
    if not listed:
        return "nobody"
    return few(listed, most)


def short(words: str, most: int = 30) -> str:
    """A name cut to fit a sentence."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def sentence(words: str) -> str:
    """A sentence that fits: cut at the end if a name was very long."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
