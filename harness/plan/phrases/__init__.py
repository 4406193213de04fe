"""Every phrase a scenario can use, each registered once, in one module a subject.

A phrase is a constant of its module: that is its registration. The compiler reads days, people,
changes and acts out of sentences by it; step definitions in `harness/suite/steps` bind it to code.
"""

from __future__ import annotations

from functools import cache

from harness.plan.phrases import (
    about_cast,
    about_everyone,
    about_requests,
    about_vendor,
    acts,
    given,
    when,
)
from harness.plan.phrases.phrase import Groups, Phrase

PHRASES: tuple[Phrase, ...] = tuple(
    constant
    for module in (given, acts, when, about_cast, about_everyone, about_requests, about_vendor)
    for constant in vars(module).values()
    if isinstance(constant, Phrase)
)


@cache
def phrase_of(keyword: str, text: str) -> tuple[Phrase, Groups] | None:
    """The phrase a step is, with its groups; None when it is none.

    A When that is no other phrase is a change in the edge case's own words.
    """
    for phrase in PHRASES:
        groups = phrase.groups(text) if keyword in phrase.keywords else None
        if groups is not None and phrase is not when.CHANGE:
            return phrase, groups
    change = when.CHANGE.groups(text) if keyword in when.CHANGE.keywords else None
    return (when.CHANGE, change) if change else None
