"""Binding: a step definition belongs to a phrase of the plan, never to words of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pytest_bdd import given, parsers, then, when

from harness.plan.phrases import phrase_of
from harness.plan.phrases.phrase import GIVEN, THEN, WHEN, Phrase

_Function = TypeVar("_Function", bound=Callable[..., None])
_DECORATORS = {GIVEN: given, WHEN: when, THEN: then}


class _Recognised(parsers.StepParser):
    """Recognises what the plan recognises; gives the groups of the sentence and its `phrase`."""

    def __init__(self, phrase: Phrase, keyword: str) -> None:
        super().__init__(phrase.pattern)
        self._phrase, self._keyword = phrase, keyword

    def is_matching(self, name: str) -> bool:
        recognised = phrase_of(self._keyword, name)
        return recognised is not None and recognised[0] is self._phrase

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        match = self._phrase.compiled.fullmatch(name)
        return {**match.groupdict(), "phrase": self._phrase} if match else None


def step(*phrases: Phrase) -> Callable[[_Function], _Function]:
    """Binds a step definition to phrases, wherever each of them may stand."""

    def bind(function: _Function) -> _Function:
        for phrase in phrases:
            for keyword in phrase.keywords:
                # One frame above this one is the module that pytest-bdd has to find it in.
                decorate = _DECORATORS[keyword](_Recognised(phrase, keyword), stacklevel=2)
                decorate(function)
        return function

    return bind
