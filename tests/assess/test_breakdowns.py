"""What the last trip through the year was made without is known by what it broke."""

from __future__ import annotations

from dataclasses import replace

import pytest
from suite.year_of_trouble import HEADER, day

from harness.assess.breakdowns import Breakdowns
from harness.plan.plan import COMMON, Incident, PlacedIncident, Plan, PlannedScenario
from harness.recording.recording import BisectOutcome, BisectResult, Entry, Recording

LOST = Incident.NOTHING_SHARED
PLACED = PlacedIncident(district="mishaps", what=LOST, day="midyear")


def row(edge_case: str, district: str = "", *incidents: PlacedIncident) -> PlannedScenario:
    return PlannedScenario(
        id=edge_case, feature="", rule="", name="", line=1, requirements=(), edge_case=edge_case,
        district=district, incidents=incidents,
    )  # fmt: skip


PLAN = Plan(
    scenarios=(row("moves"), row("comes-back", "mishaps", PLACED), row("closes", "mishaps")),
    edge_cases=("moves", "comes-back", "closes"),
    incidents=(PLACED,),
)
FOUND = BisectResult(
    district="mishaps", day="midyear", what="it broke", result=BisectOutcome.CULPRIT, again=True
)


def breakdowns(*found: BisectResult) -> Breakdowns:
    entries: tuple[Entry, ...] = (*day("midyear"), *found, *day("returns"))
    header = replace(HEADER, plan=PLAN)
    return Breakdowns(Recording(header=header, entries=entries, ended="completed", seconds=1.0))


@pytest.mark.parametrize(
    ("found", "behind"),
    [
        (replace(FOUND, edge_cases=("closes",)), {"closes"}),
        (replace(FOUND, incidents=(LOST,)), {"comes-back"}),
        (replace(FOUND, district=COMMON, incidents=(LOST,)), set()),
        (replace(FOUND, result=BisectOutcome.DISTRICT), {"comes-back", "closes"}),
        (replace(FOUND, edge_cases=("closes",), again=False), set()),
    ],
)
def test_edge_cases_are_left_out_with_what_happens_to_them_and_where(
    found: BisectResult, behind: set[str]
) -> None:
    known = breakdowns(found)

    assert {case for case in PLAN.edge_cases if known.culprit(case)} == behind


def test_a_district_or_what_happens_to_it_is_left_out() -> None:
    incident = breakdowns(replace(FOUND, incidents=(LOST,)))
    whole = breakdowns(replace(FOUND, result=BisectOutcome.DISTRICT))

    assert incident.left_out("mishaps", LOST)
    assert not incident.left_out("mishaps")
    assert not incident.left_out(COMMON, LOST)
    assert whole.left_out("mishaps")
    assert not whole.left_out("mishaps", LOST)


def test_several_breakdowns_of_one_trip_are_followed_by_one_other_trip() -> None:
    known = breakdowns(FOUND, replace(FOUND, district="summer"))

    assert [entry.day for entry in known.last_attempt] == ["returns"] * 3


def test_without_another_trip_all_is_one() -> None:
    known = breakdowns(replace(FOUND, again=False))

    assert {entry.day for entry in known.last_attempt} == {"midyear", "returns"}
