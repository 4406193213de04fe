"""What a person sees of a rehearsal: the attempt, where the time went, and what is wrong."""

from __future__ import annotations

import pytest

from harness.cli.console import Narrator, Stopwatch, complain
from harness.plan.plan import COMMON, Day, Plan
from harness.recording.recording import BisectOutcome, BisectResult

PLAN = Plan(scenarios=(), days={COMMON: ("first-share", "midyear")})
FOUND = BisectResult(
    district=COMMON,
    day="midyear",
    what="it broke",
    result=BisectOutcome.TOGETHER,
    edge_cases=("a", "b", "c", "d", "e"),
    seconds=4.25,
)


def test_a_second_attempt_is_counted_anew_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    narrator = Narrator(PLAN)
    narrator.attempt(1, 2)
    narrator.done(COMMON, "first-share", "completed")
    narrator.done(COMMON, "midyear", "failed")
    narrator.searched(FOUND)
    narrator.attempt(2, 2)
    narrator.done(COMMON, "first-share", "completed")

    lines = capsys.readouterr().err.splitlines()
    assert lines[1].startswith("  2/2  midyear")
    assert lines[2].startswith(
        "  searched for what breaks the sync on the day `midyear` (common): together"
    )
    assert "a, b, c and 2 more  4.2 s" in lines[2]
    assert lines[3].startswith("Attempt 2 at the year: 2 syncs")
    assert lines[4].startswith("  attempt 2: 1/2  first-share")


def test_a_day_after_the_year_is_none_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    narrator = Narrator(PLAN)
    for day in ("first-share", "midyear", "long-lists"):
        narrator.done(COMMON, day, "completed")

    assert capsys.readouterr().err.splitlines()[-1].startswith("  3/3  long-lists")


def test_what_can_be_done_meanwhile_is_begun_once_with_a_sync_in_which_clever_fails() -> None:
    begun: list[str] = []
    narrator = Narrator(PLAN, meanwhile=lambda: begun.append("begun"))
    narrator.waiting(COMMON, Day.FIRST_SHARE, "sync")
    narrator.waiting(COMMON, Day.SLOW, "snapshot")
    assert not begun

    narrator.waiting(COMMON, Day.SLOW, "sync")
    narrator.waiting(COMMON, Day.SERVER_ERRORS, "sync")
    assert begun == ["begun"]


def test_time_of_a_search_is_no_part_of_the_year(capsys: pytest.CaptureFixture[str]) -> None:
    watch = Stopwatch()
    watch.charge("search for culprits", 100.0)
    watch.lap("school year")
    watch.tell()

    assert "search for culprits 100.0 s, school year -" in capsys.readouterr().err


def test_a_year_without_a_search_mentions_none(capsys: pytest.CaptureFixture[str]) -> None:
    watch = Stopwatch()
    watch.charge("search for culprits", 0.0)
    watch.lap("school year")
    watch.tell()

    assert capsys.readouterr().err.startswith("Took: school year 0.0 s")


def test_a_problem_is_printed_as_it_is_and_its_hint_as_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    complain("adapter demo:zzz: there is no demo of this name", 'did you mean "zoo"?')

    assert capsys.readouterr().err.splitlines() == [
        "rosterready: adapter demo:zzz: there is no demo of this name",
        '  Did you mean "zoo"?',
    ]
