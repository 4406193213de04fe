"""The commands under a finding play the same people again, on the day and with what was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.assess.check_result import CheckResult
from harness.assess.results import Results
from harness.report.evidence_commands import again, at_clever


@pytest.fixture
def check(results: Results) -> CheckResult:
    """A check of an edge case with a finding about a user of the common district."""
    check = next(check for check in results.checks if check.edge_case and check.findings)
    finding = replace(
        check.findings[0], district="common", kind="users", clever_id="5f01", day="midyear"
    )
    return replace(check, findings=(finding,))


@pytest.mark.parametrize(("mode", "words"), [("full", ""), ("events", "--mode events ")])
def test_an_edge_case_is_played_again_as_it_was(
    results: Results, check: CheckResult, mode: str, words: str
) -> None:
    run = replace(results.run, config="", adapter="demo", mode=mode, seed=7, salt="abc")

    command = again(replace(results, run=run), check)

    assert command == (
        f"rosterready replay {check.edge_case} --adapter demo {words}--seed 7 --salt abc"
    )


def test_what_clever_answered_is_served_on_the_day_of_the_finding(
    results: Results, check: CheckResult
) -> None:
    run = replace(results.run, seed=7, salt="abc", district_salt="abc-2")
    asked = replace(check.findings[0], request="GET /v3.0/users?limit=100 (page 2 of 9)")

    serve, ask = at_clever(replace(results, run=run), replace(check, findings=(asked,)))

    assert serve == "rosterready serve --seed 7 --salt abc-2 --day midyear"
    assert ask.endswith('"$CLEVER_API_URL/v3.0/users/5f01"')


def test_nothing_is_served_of_whose_people_are_not_known(
    results: Results, check: CheckResult
) -> None:
    run = replace(results.run, district_salt="")

    assert at_clever(replace(results, run=run), check) == ()


def test_nothing_is_served_of_a_day_that_only_a_year_with_events_has(
    results: Results, check: CheckResult
) -> None:
    that_day = replace(check.findings[0], day="full-sync")

    assert at_clever(results, replace(check, findings=(that_day,))) == ()


def test_nothing_is_served_of_another_district(results: Results, check: CheckResult) -> None:
    elsewhere = replace(check.findings[0], district="neighbour")

    assert at_clever(results, replace(check, findings=(elsewhere,))) == ()


def test_nothing_is_served_that_has_no_record(results: Results, check: CheckResult) -> None:
    of_nobody = replace(check.findings[0], clever_id="")

    assert at_clever(results, replace(check, findings=(of_nobody,))) == ()
