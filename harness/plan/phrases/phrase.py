"""Phrase: one kind of sentence, where it may stand, how it is recognised and what it places.

Group names carry the meaning: `day`, `days`, `since`; `who` (people or records of the cast) and
`section`; `what` and `how` choose between kindred sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from harness.plan.demands import Demands

GIVEN, WHEN, THEN = "Given", "When", "Then"

DAY = r"(?P<day>[a-z][a-z-]*)"
SINCE = r"(?P<since>[a-z][a-z-]*)"
DAYS = r"(?P<days>[a-z][a-z-]*(?:(?:, | and )[a-z][a-z-]*)*)"
WHO = r"(?P<who>(?!every |all |nothing |no |the former ).+?)"
SECTION = r"(?P<section>.+?)"

Groups = Mapping[str, str]
"""What a sentence says for each named group of its phrase; those without a word are left out."""


def nothing(demands: Demands, groups: Groups) -> None:
    """What most phrases place, beside the days and people they name."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One kind of sentence. Step definitions are bound to it as an object, never to its words."""

    keywords: tuple[str, ...]
    pattern: str
    places: Callable[[Demands, Groups], None] = nothing
    """Puts what the sentence demands into the plan."""
    of_before: bool = False
    """Whether it is about the day before Clever is connected, of which no other phrase speaks."""
    breakable: bool = False
    """Whether a year that stopped early can break it all the same (and never meet it)."""
    compiled: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern))

    def groups(self, text: str) -> Groups | None:
        """The groups of a sentence; None when it is not of this kind."""
        match = self.compiled.fullmatch(text)
        return match and {name: words for name, words in match.groupdict().items() if words}


def given(pattern: str, places: Callable[[Demands, Groups], None] = nothing) -> Phrase:
    """A sentence that establishes what the rest rests on."""
    return Phrase((GIVEN,), pattern, places)


def when(pattern: str, places: Callable[[Demands, Groups], None] = nothing) -> Phrase:
    """A sentence about what Clever does, or people in the app."""
    return Phrase((WHEN,), pattern, places)


def then(pattern: str, places: Callable[[Demands, Groups], None] = nothing) -> Phrase:
    """A sentence that can fail."""
    return Phrase((THEN,), pattern, places)
