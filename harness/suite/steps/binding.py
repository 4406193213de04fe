"""Binding: a step definition belongs to a phrase of the plan, never to words of its own.

pytest-bdd knows one definition for each keyword, which hands a step to the function bound to its
phrase: it looks every step up among all definitions, twice, and that took half of judging.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

from pytest_bdd import parsers

from harness.plan.phrases import phrase_of
from harness.plan.phrases.phrase import Phrase

_Function = TypeVar("_Function", bound=Callable[..., None])

_BOUND: dict[Phrase, Callable[..., None]] = {}


def step(*phrases: Phrase) -> Callable[[_Function], _Function]:
    """Binds a function to phrases, wherever each of them may stand.

    It is called with the scene and those of the phrase's groups, and `phrase`, that it names.
    """

    def bind(function: _Function) -> _Function:
        for phrase in phrases:
            if phrase in _BOUND:
                raise ValueError(f"{phrase.pattern!r} is bound to {_BOUND[phrase]} already")
            _BOUND[phrase] = function
        return function

    return bind


class BoundStep(parsers.StepParser):
    """Recognises what the plan recognises; `run` is the function bound to it, but for the scene."""

    def __init__(self, keyword: str) -> None:
        super().__init__(keyword)
        self._keyword = keyword

    def is_matching(self, name: str) -> bool:
        recognised = phrase_of(self._keyword, name)
        return recognised is not None and recognised[0] in _BOUND

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        run = _run(self._keyword, name)
        return run and {"run": run}


@cache
def _run(keyword: str, name: str) -> Callable[..., None] | None:
    """What judges this step; recordings that are judged in one process have the same steps."""
    recognised = phrase_of(keyword, name)
    match = recognised and recognised[0].compiled.fullmatch(name)
    if not (recognised and match):
        return None
    function = _BOUND[recognised[0]]
    given = {**match.groupdict(), "phrase": recognised[0]}
    wanted = inspect.signature(function).parameters.keys() & given.keys()
    return partial(function, **{name: given[name] for name in wanted})
