"""Counting and joining words, and what was probably meant."""

from __future__ import annotations

import pytest

from harness.prose import counted, did_you_mean, joined


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "no checks"), (1, "1 check"), (2, "2 checks"), (1200, "1,200 checks")],
)
def test_things_are_counted_in_words(number: int, expected: str) -> None:
    assert counted(number, "check") == expected


def test_a_plural_of_its_own_is_used_for_all_but_one() -> None:
    assert [counted(n, "class", "classes") for n in (0, 1, 2)] == [
        "no classes",
        "1 class",
        "2 classes",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["users"], "users"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_with_and(words: list[str], expected: str) -> None:
    assert joined(words) == expected


def test_a_hint_without_anything_near_says_otherwise() -> None:
    assert did_you_mean("Mya", ["Maya", "Leo"], otherwise="See the list.") == (
        'did you mean "Maya"?'
    )
    assert did_you_mean("xyz", ["Maya", "Leo"], otherwise="See the list.") == "See the list."


def test_what_exists_is_named_instead() -> None:
    assert did_you_mean("Mya", ["Maya", "Leo"]) == 'did you mean "Maya"?'
    assert did_you_mean("zzz", ["Maya", "Leo"]) == "choose from Leo, Maya"
    assert did_you_mean("zzz", []) == "there is none"
