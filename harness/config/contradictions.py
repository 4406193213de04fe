"""Contradictions: tables of the profile that cannot both be true."""

from __future__ import annotations

from collections.abc import Sequence

from harness.contract.account_rules import ACCOUNT_HOLDERS
from harness.contract.declarations import NO, YES
from harness.contract.rows import ROWS
from harness.documents import Node
from harness.errors import DocumentError

_Place = tuple[str, str]
"""A table of the profile and a key in it; "" stands for the table itself."""

_NOT_BOTH: Sequence[tuple[_Place, _Place]] = (
    *((("not_held", key), ("accounts", key)) for key in ACCOUNT_HOLDERS),
    *((("not_held", key), ("rows", key)) for key in ROWS if key != "users"),
)
_NOT_WITH: Sequence[tuple[_Place, str, str]] = (
    (("not_held", "teachers"), "co-teachers", YES),
    (("not_held", "sections"), "co-teachers", YES),
    (("not_held", "sections.teachers"), "co-teachers", YES),
    (("not_held", "users.schools"), "several-schools", YES),
    (("not_held", "progress"), "keeps-progress", YES),
    (("archiving", ""), "archives", NO),
)
"""What excludes a value of a key of `[profile.declares]`."""


def refuse_contradictions(profile: Node) -> None:
    """Raises DocumentError, with both lines, if two tables contradict each other."""
    for first, second in _NOT_BOTH:
        if _says(profile, first) and _says(profile, second):
            raise _contradiction(profile, first, second)
    declares = profile.mapping("declares", required=False)
    for place, key, value in _NOT_WITH:
        declared = declares.has(key) and value in declares.texts(key)
        if declared and _says(profile, place):
            raise _contradiction(profile, place, ("declares", key), f' = "{value}"')


def _says(profile: Node, place: _Place) -> bool:
    table, key = place
    return profile.has(table) and (not key or profile.mapping(table).has(key))


def _contradiction(profile: Node, first: _Place, second: _Place, value: str = "") -> DocumentError:
    table, key = first
    other = profile.mapping(table)
    line = other.line_of(key) if key else other.line
    where = f"[profile.{table}]{f' {key}' if key else ''}"
    words = f"[profile.{second[0]}] {second[1]}{value} contradicts {where} in line {line}"
    return profile.mapping(second[0]).error(words, second[1], hint="keep one of them")
