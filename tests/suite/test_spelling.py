from __future__ import annotations

import pytest

from harness.suite.checks.spelling import shows, shows_name

LONG = "Leopold" * 12


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ("Lia Storm", "  Lia  Storm "),
        ("Zoe\u0308", "Zoë"),
        (LONG, LONG[:22]),
        (LONG, LONG),
        ("", ""),
    ],
)
def test_a_text_may_be_tidied_and_cut(wanted: str, held: str) -> None:
    assert shows(wanted, held)


@pytest.mark.parametrize(
    ("wanted", "held"),
    [(LONG, LONG[:21]), (LONG, LONG[1:]), ("Zoë", "Zoe"), ("Lia", ""), ("O'Brien", "O&#x27;Brien")],
)
def test_a_text_may_not_be_another_one(wanted: str, held: str) -> None:
    assert not shows(wanted, held)


def test_first_and_last_name_are_compared_together_or_each_for_itself() -> None:
    assert shows_name(("Ana", "de la Cruz"), ("Ana de", "la Cruz"))
    assert shows_name((LONG, "Reyes"), (LONG[:30], "Reyes"))
    assert shows_name((None, "Ana Bell"), ("", "Ana Bell"))
    assert not shows_name((LONG, "Reyes"), (LONG[:30], ""))
