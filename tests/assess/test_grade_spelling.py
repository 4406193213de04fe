"""How an app writes grades: in a usual way, or in one of its own that is learned."""

from __future__ import annotations

import pytest

from harness.assess.grade_spelling import GradeSpelling, read

USUAL = {
    "3": "3",
    "03": "3",
    "3rd": "3",
    "Grade 3": "3",
    "gr. 12": "12",
    "11th grade": "11",
    "0": "Kindergarten",
    "K": "Kindergarten",
    "kindergarten": "Kindergarten",
    "Pre-K": "PreKindergarten",
    "TK": "TransitionalKindergarten",
    "ungraded": "Ungraded",
}
"""What an app shows → the grade at Clever."""


@pytest.mark.parametrize("text", USUAL)
def test_usual_words_for_a_grade_are_that_grade_and_no_other(text: str) -> None:
    spelling = GradeSpelling([])

    assert read(text) == USUAL[text]
    assert spelling.agrees(USUAL[text], text)
    assert not spelling.agrees("4", text)
    assert spelling.at_clever(text) == USUAL[text]


@pytest.mark.parametrize("text", ["", "-1", "Year 4", "Nursery", "130", "grade"])
def test_other_words_are_none_of_clevers_grades(text: str) -> None:
    assert read(text) == ""


def test_words_of_an_apps_own_are_learned_from_most_of_a_grade() -> None:
    spelling = GradeSpelling(
        [*[("3", "Year 4")] * 5, ("3", "Year 9"), *[("4", "Year 5")] * 5, ("Other", "Year 4")]
    )

    assert spelling.agrees("3", "Year 4")
    assert not spelling.agrees("4", "Year 4")
    assert spelling.at_clever("Year 5") == "4"
    assert spelling.at_clever("Year 4") == "Year 4"  # two of Clever's grades are that


def test_a_missing_grade_is_no_grade_and_a_grade_is_none_that_is_missing() -> None:
    spelling = GradeSpelling([])

    assert spelling.agrees("", "")
    assert not spelling.agrees("Kindergarten", "")
    assert not spelling.agrees("", "5")
