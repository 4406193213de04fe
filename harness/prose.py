"""Prose: the small pieces of English that messages, findings and reports are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What a terminal might obey, what turns text around, and halves of surrogate pairs."""
_COMMAND = re.compile(r"(?<!\S)::|##(?=\[|vso\[)")
"""What a CI server takes for a command at the start of a line, to which any word may be wrapped:
`::error`, `##[error]`, `##vso[`."""


def harmless(text: str) -> str:
    """Text from outside as a terminal or a CI log may print it, legible and obeyed by nobody."""
    shown = _OBEYED.sub("\ufffd", text.replace("\r\n", "\n"))
    return _COMMAND.sub(lambda match: " ".join((match[0][:1], match[0][1:])), shown)


def one_line(text: str, most: int = 300) -> str:
    """The first line of a text, marked if there is more of it."""
    first, _, rest = text.strip().partition("\n")
    short = first.rstrip()[:most]
    return f"{short} …" if rest.strip() or len(first.rstrip()) > most else short


def counted(number: int, noun: str, plural: str = "") -> str:
    """`no checks`, `1 check`, `1,200 checks`."""
    return f"{f'{number:,}' if number else 'no'} {noun if number == 1 else plural or noun + 's'}"


def joined(words: Sequence[str], conjunction: str = "and") -> str:
    """`users, sections and terms`; "" for nothing."""
    *others, last = words or ("",)
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def few(words: Sequence[str], most: int = 3) -> str:
    """`a, b, c and 5 more`: no more than the first few."""
    if len(words) <= most:
        return joined(words)
    return joined([*words[:most], f"{len(words) - most:,} more"])


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """What exists instead of a word nobody knows, as a sentence for an error's hint.

    When nothing is near, it lists what there is, or says `otherwise`.
    """
    names = sorted(known)
    import difflib  # only for complaints

    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return otherwise or (f"choose from {', '.join(names)}" if names else "there is none")


def capitalized(words: str) -> str:
    """The words with a capital first letter; the others stay as they are."""
    return words[:1].upper() + words[1:]


def spelled_out(number: int) -> str:
    """`three`; in digits from eleven on."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
