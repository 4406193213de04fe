"""Exported: the scenarios that one exported snapshot answers, without its app.

Nobody saw the app sync, ask or work, and nobody saw the days before. What is left is how what the
app held at one moment compares with what Clever shared then. A recording of it calls that moment
the first share; its plan selects `export:DAY` or `diagnostic:DAY`, the day it really was.
"""

from __future__ import annotations

from collections.abc import Iterable

from harness.plan.phrases import about_cast, about_everyone, given, phrase_of, when
from harness.plan.phrases.phrase import Phrase
from harness.plan.plan import Day, PlannedScenario

EXPORT = "export"
"""A whole snapshot."""
DIAGNOSTIC = "diagnostic"
"""A `diagnostic.json` of Clever's validator: users with their Clever id and status."""
_STANDING = "standing.feature"

_PRESENCE = frozenset(
    {
        given.WHOLE_DISTRICT,
        given.EDGE_CASE,
        given.EVERYONE_HELD,
        given.HELD_ACTIVE,
        when.SHARES,
        when.DAYS_PASS,
        about_everyone.ALL,
        about_everyone.SPARSE,
        about_everyone.NOBODY_TWICE,
        about_cast.ACTIVE,
        about_cast.LIKE_OTHERS,
        about_cast.HELD_ONCE,
        about_cast.TWO_ACCOUNTS,
        about_cast.NO_ACCOUNT,
    }
)
"""Sentences about who is there."""
_VALUES = frozenset(
    {
        given.IN_CLASS,
        given.STANDS,
        about_everyone.NONE_MERGED,
        about_everyone.EVERY_NAME,
        about_everyone.EVERY_EMAIL,
        about_everyone.EVERY_TIE,
        about_everyone.EVERY_MEMBER,
        about_cast.BELONGS,
        about_cast.HAS,
        about_cast.ROLE_SCHOOLS,
        about_cast.MEMBERS,
        about_cast.LINKS,
    }
)
"""Sentences about what is known of them."""
_ON_THE_FIRST_DAY = frozenset({"nothing is in use that Clever has never shared"})
"""Later an export does not say whether Clever has shared it before."""


def selection(kind: str, day: str) -> str:
    """How a plan is told to be about an export."""
    return f"{kind}:{day}"


def exported(selected: Iterable[str]) -> str:
    """The selection among these that is about an export; "" when an app was played."""
    return next((n for n in selected if n.partition(":")[0] in (EXPORT, DIAGNOSTIC)), "")


def answers(row: PlannedScenario, selected: str) -> bool:
    """Whether an export, as a plan selects it, answers a scenario."""
    kind, _, day = selected.partition(":")
    if row.neighbour or row.district or row.acts or row.incidents:
        return False
    if row.feature != _STANDING and (day != Day.FIRST_SHARE or set(row.days) != {Day.FIRST_SHARE}):
        return False
    known = _PRESENCE | _VALUES if kind == EXPORT else _PRESENCE
    return all(_answers(step, known, day) for step in row.steps)


def _answers(step: str, known: frozenset[Phrase], day: str) -> bool:
    keyword, _, text = step.partition(" ")
    for meant in (keyword,) if keyword != "And" else ("Given", "When", "Then"):
        if match := phrase_of(meant, text):
            phrase, groups = match
            if phrase is about_everyone.EVERY_DAY and about_everyone.EVERY_TIE in known:
                return day == Day.FIRST_SHARE and groups["what"] in _ON_THE_FIRST_DAY
            if phrase in (when.SHARES, given.EVERYONE_HELD) and groups["day"] != Day.FIRST_SHARE:
                return False
            return phrase in known
    return False
