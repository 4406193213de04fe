"""Sentences set the names of days apart."""

from __future__ import annotations

from harness.plan.day_names import on


def test_a_day_is_named_as_code_and_called_a_day() -> None:
    assert on("slow") == "on the day `slow`"
    assert on("slow", "html", "quiet") == "on the days `slow`, `html` and `quiet`"
