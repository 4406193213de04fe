"""What Clever shares on a day follows from the scenarios, and from nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from harness.plan.calendar import build_calendar
from harness.plan.compile import compile_plan
from harness.plan.plan import COMMON
from harness.resources import FEATURES
from harness.session import shipped

STANDING = (FEATURES / "standing.feature").read_text()
SCENARIO = """
Feature: Leaving
  @R6
  Rule: What disappears is archived
    Scenario: A student leaves and returns
      Given the edge case "student-returns"
      When on {day} Maya leaves
      And on returns Maya comes back
      Then Maya is active again
"""


def shared_on(folder: Path, feature: str) -> dict[str, bool] | None:
    """Day → whether Clever shares Maya on it; None when there is no Maya at all."""
    folder.mkdir(exist_ok=True)
    (folder / "standing.feature").write_text(STANDING)
    (folder / "leaving.feature").write_text(feature)
    cases = shipped().edge_cases
    plan = compile_plan(folder, cases)
    calendar = build_calendar(plan, cases, seed=1, salt="moved", run_date=date(2026, 11, 23))
    days = [day for day in calendar if day.district == COMMON]
    if "student-returns" not in days[0].cast:
        return None
    maya = days[0].cast["student-returns"]["Maya"]
    return {str(day.day): maya in day.roster.users for day in days}


@pytest.mark.slow
def test_moving_a_when_line_changes_what_is_published(tmp_path: Path) -> None:
    first = shared_on(tmp_path, SCENARIO.format(day="departures"))
    moved = shared_on(tmp_path, SCENARIO.format(day="midyear"))

    assert first is not None
    assert [day for day, there in first.items() if not there] == ["departures"]
    assert moved is not None
    assert [day for day, there in moved.items() if not there] == ["midyear", "departures"]


@pytest.mark.slow
def test_removing_the_last_scenario_removes_the_cast(tmp_path: Path) -> None:
    empty = "Feature: Leaving\n"

    assert shared_on(tmp_path, SCENARIO.format(day="midyear")) is not None
    assert shared_on(tmp_path, empty) is None
