"""The same app gets the same verdict tomorrow, next year and with yesterday's data still in it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rehearsing import RUN_DATE, SELDOM_PLAYED, circumstances, rehearse, rehearsed, year_without

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.results import Results
from harness.session import Circumstances

pytestmark = pytest.mark.slow


def certified(
    adapter: str, folder: Path, moment: Circumstances, only: Sequence[str] = ()
) -> Results:
    """The results of an app in the year without the districts that few apps of the matrix play."""
    catalogue = year_without(SELDOM_PLAYED)
    recording = rehearse(adapter, folder, moment, only=only, catalogue=catalogue)
    return session.judge_recording(recording, catalogue, with_histories=False)


def outcomes(results: Results, among: Results | None = None) -> Mapping[str, Outcome]:
    """What each check came to; only of those that are `among` these results, too."""
    asked = {check.id for check in (among or results).checks}
    return {check.id: check.outcome for check in results.checks if check.id in asked}


def fingerprints(results: Results) -> Mapping[str, str]:
    """What is under each answer, in a few letters."""
    return {answer.question: answer.fingerprint for answer in results.answers}


@pytest.mark.parametrize(
    ("app", "only"),
    [
        # No two of its users have the same address, not even those of yesterday's districts.
        pytest.param("variants.identity:UniqueEmail", (), marks=pytest.mark.exhaustive),
        ("harness.demo.mutants.keeping:HardDelete", ("student-returns", "student-unshared")),
    ],
)
def test_two_runs_against_one_database_give_the_same_verdict(
    tmp_path: Path, app: str, only: Sequence[str]
) -> None:
    adapter = f"python:{app}?database={tmp_path / 'vendor.sqlite'}"

    first = certified(adapter, tmp_path, circumstances("one"), only)
    second = certified(adapter, tmp_path, circumstances("two"), only)

    assert second.last_line == first.last_line
    assert outcomes(second) == outcomes(first)
    assert fingerprints(second) == fingerprints(first)
    assert any(fingerprints(first).values()) == (not only)  # of a part there are none


@pytest.mark.parametrize(
    ("days", "only"),
    [
        (-400, ("standing", "student-returns")),
        pytest.param(400, (), marks=pytest.mark.exhaustive),
    ],
)
def test_a_shifted_system_date_gives_the_same_verdict(
    tmp_path: Path, days: int, only: Sequence[str]
) -> None:
    """Term dates hang on the run date, and protocol time is whatever the clock says to both."""
    shift = timedelta(days=days)
    moment = Circumstances(
        run_date=RUN_DATE + shift,
        salt="shifted",
        now=lambda: time.time() + shift.total_seconds(),
        timer=time.monotonic,
    )

    shifted = certified(f"python:vendors:InAnotherYear?days={days}", tmp_path, moment, only)
    usual = certified("demo", tmp_path, circumstances(), only) if only else rehearsed("demo")

    assert outcomes(shifted) == outcomes(usual, among=shifted)


@pytest.mark.exhaustive
def test_another_seed_gives_the_same_verdict(tmp_path: Path) -> None:
    moment = replace(circumstances("seeded"), seed=20_301)

    seeded = certified("demo", tmp_path, moment)

    assert outcomes(seeded) == outcomes(rehearsed("demo"), among=seeded)
