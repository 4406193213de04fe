"""Anchors: readable, made from the id alone, and never the same for two ids."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.report import anchors


def test_usual_ids_stay_readable() -> None:
    assert anchors.of_requirement("R6") == "R6"
    assert anchors.of_check("moving/a-student-returns") == "check-moving.a-student-returns"
    assert anchors.of_edge_case("student-returns") == "edge-student-returns"
    assert anchors.of_question("api-version") == "q-api-version"


@settings(deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_two_ids_never_meet(one: str, other: str) -> None:
    assert (anchors.of_check(one) == anchors.of_check(other)) == (one == other)


@settings(deadline=None)
@given(st.text(min_size=1))
def test_an_anchor_needs_no_escaping_anywhere(identifier: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+", anchors.of_check(identifier))
