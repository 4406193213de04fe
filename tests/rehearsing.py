"""Rehearsals of the demo vendor for tests: each is played once in a session and then reused."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path

from harness import session
from harness.assess.results import Outcome, RequirementState, Results
from harness.config.config import Config
from harness.recording.recording import Recording
from harness.session import Catalogue, Circumstances

CATALOGUE = Catalogue()
RUN_DATE = datetime.now(UTC).date()
"""As for a user: some apps look at the clock, and term dates hang on the run date."""


def circumstances(salt: str = "tests", run_date: date = RUN_DATE) -> Circumstances:
    return Circumstances(run_date=run_date, salt=salt, now=time.time, timer=time.monotonic)


@lru_cache(maxsize=8)  # a recording is some 40 MB, and there are a hundred apps
def recorded(adapter: str, salt: str = "tests") -> Recording:
    """The recording of one adapter's whole year."""
    rehearsal = session.prepare(
        Config.default(Path.cwd()).with_adapter(adapter), circumstances(salt), catalogue=CATALOGUE
    )
    with tempfile.TemporaryDirectory() as folder:
        return session.record(rehearsal, Path(folder))


@cache
def rehearsed(adapter: str) -> Results:
    """The results of one adapter's whole year."""
    return session.judge_recording(recorded(adapter), CATALOGUE)


def in_state(results: Results, *states: RequirementState) -> set[str]:
    """The ids of the requirements in one of these states."""
    return {row.id for row in results.requirements if row.state in states}


def with_outcome(results: Results, *outcomes: Outcome) -> set[str]:
    """The ids of the checks with one of these outcomes."""
    return {check.id for check in results.checks if check.outcome in outcomes}
