from __future__ import annotations

import pytest

from harness.suite.checks.spelling import shows, shows_name, shows_whole_name

LONG = "Leopold" * 12


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ("Lia Storm", "  Lia  Storm "),
        ("Zoe\u0308", "Zoë"),
        (LONG, LONG[:30]),
        (LONG, LONG),
        ("", ""),
    ],
)
def test_a_text_may_be_tidied_and_cut(wanted: str, held: str) -> None:
    assert shows(wanted, held)


@pytest.mark.parametrize(
    ("wanted", "held"),
    [(LONG, LONG[:29]), (LONG, LONG[1:]), ("Zoë", "Zoe"), ("Lia", ""), ("O'Brien", "O&#x27;Brien")],
)
def test_a_text_may_not_be_another_one(wanted: str, held: str) -> None:
    assert not shows(wanted, held)


def test_first_and_last_name_are_compared_together_or_each_for_itself() -> None:
    assert shows_name(("Ana", "de la Cruz"), ("Ana de", "la Cruz"))
    assert shows_name((LONG, "Reyes"), (LONG[:30], "Reyes"))
    assert shows_name((None, "Ana Bell"), ("", "Ana Bell"))
    assert not shows_name((LONG, "Reyes"), (LONG[:30], ""))


MAYA = {"first": "Maya", "middle": "Jane", "last": "de la Cruz"}


@pytest.mark.parametrize(
    "held",
    [
        *("Maya de la Cruz", "Maya Jane de la Cruz", "Maya J. de la Cruz", "de la Cruz, Maya"),
        *("de la Cruz, Maya J", " de la Cruz  Maya", "de la Cruz, Maya Jane"),
    ],
)
def test_a_whole_name_may_have_either_order_and_a_middle_name_or_initial(held: str) -> None:
    assert shows_whole_name(MAYA, held)


@pytest.mark.parametrize(
    "held", ["", "Maya", "de la Cruz", "Maya K. de la Cruz", "Maya de la Crux"]
)
def test_a_whole_name_has_all_parts_and_no_others(held: str) -> None:
    assert not shows_whole_name(MAYA, held)


def test_a_whole_name_of_one_part_is_that_part() -> None:
    assert shows_whole_name({"first": None, "middle": None, "last": "Ana Bell"}, "Ana Bell")
