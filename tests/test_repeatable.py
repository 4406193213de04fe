"""The same app gets the same verdict tomorrow, next year and with yesterday's data still in it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rehearsing import CATALOGUE, RUN_DATE, circumstances, rehearse, rehearsed

from harness import session
from harness.assess.results import Results
from harness.session import Circumstances


def certified(adapter: str, folder: Path, moment: Circumstances) -> Results:
    """The results of an app that goes by the clock of its machine."""
    recording = rehearse(adapter, folder, moment, in_real_time=True)
    return session.judge_recording(recording, CATALOGUE)


@pytest.mark.parametrize(
    "app",
    [
        "harness.demo.adapter:DemoAdapter",
        "variants.identity:UniqueEmail",
        "harness.demo.mutants.keeping:HardDelete",
    ],
)
@pytest.mark.slow
def test_two_runs_against_one_database_give_the_same_verdict(tmp_path: Path, app: str) -> None:
    adapter = f"python:{app}?database={tmp_path / 'vendor.sqlite'}"

    first = certified(adapter, tmp_path, circumstances("one"))
    second = certified(adapter, tmp_path, circumstances("two"))

    assert second.last_line == first.last_line
    assert [c.outcome for c in second.checks] == [c.outcome for c in first.checks]


@pytest.mark.parametrize("days", [-400, 400])
@pytest.mark.slow
def test_a_shifted_system_date_gives_the_same_verdict(tmp_path: Path, days: int) -> None:
    """Term dates hang on the run date, and protocol time is whatever the clock says to both."""
    shift = timedelta(days=days)
    moment = Circumstances(
        run_date=RUN_DATE + shift,
        salt="shifted",
        now=lambda: time.time() + shift.total_seconds(),
        timer=time.monotonic,
    )

    shifted = certified(f"python:vendors:InAnotherYear?days={days}", tmp_path, moment)

    assert shifted.last_line == rehearsed("demo").last_line


@pytest.mark.slow
def test_another_seed_gives_the_same_verdict(tmp_path: Path) -> None:
    moment = replace(circumstances("seeded"), seed=20_301)

    assert certified("demo", tmp_path, moment).last_line == rehearsed("demo").last_line
