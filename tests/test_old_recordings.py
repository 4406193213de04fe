"""A recording of an earlier version is read, and what was played in it is judged as it was then.

Checks added since ask for people and districts that it does not have. They are not run, and a
verdict of READY becomes INCOMPLETE: nobody has seen what the app makes of them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results
from harness.report.write import render

RECORDINGS = Path(__file__).parent / "recordings"


@cache
def judged(name: str) -> Results:
    return session.judge_recording(session.load_recording(RECORDINGS / f"{name}.recording.json.gz"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "not_met", "line"),
    [
        (
            "demo",
            [],
            "VERDICT=INCOMPLETE EXIT=3 PASS=335 FAIL=0 WARN=0 BLOCKED=0 ERROR=0 MANUAL=4 NA=50",
        ),
        (
            "demo-co-teacher-cap-of-two",
            ["R9"],
            "VERDICT=NOT_READY EXIT=1 PASS=330 FAIL=5 WARN=0 BLOCKED=0 ERROR=0 MANUAL=3 NA=50",
        ),
    ],
)
def test_an_old_recording_fails_what_it_failed_and_leaves_open_what_it_lacks(
    name: str, not_met: list[str], line: str
) -> None:
    results = judged(name)

    states = {row.id: row.state for row in results.requirements}
    assert [key for key, state in states.items() if state is RequirementState.NOT_MET] == not_met
    assert results.last_line == line
    left_open = [check for check in results.checks if check.outcome is Outcome.NOT_RUN]
    assert left_open
    lacking = re.compile(r"The recording has no|In the recording .* does not happen on")
    assert [check.reason for check in left_open if not lacking.match(check.reason)] == []
    asked_of = {key for check in left_open for key in check.requirements}
    assert {k for k, s in states.items() if s is RequirementState.NOT_PROVEN} <= asked_of


@pytest.mark.slow
def test_a_recording_is_judged_to_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """The order of a set differs from process to process, and must not reach the results."""
    recording = RECORDINGS / "demo-co-teacher-cap-of-two.recording.json.gz"
    command = [sys.executable, "-m", "harness", "judge", str(recording), "-o", str(tmp_path)]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=False)

    here = render(judged("demo-co-teacher-cap-of-two"), "json")

    assert (tmp_path / "results.json").read_bytes() == here
