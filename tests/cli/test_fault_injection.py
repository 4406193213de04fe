"""Rehearsals that are killed, interrupted or starved end well; inject_faults.py has many more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import environment
from distribution import CHECKOUT

RUNS = 20


@pytest.mark.slow
def test_faults_at_generated_moments_end_well(tmp_path: Path) -> None:
    script = CHECKOUT / "tests" / "inject_faults.py"

    done = subprocess.run(
        # Where memory runs out differs from run to run; that is for the long run alone.
        [
            *(sys.executable, script, "--runs", str(RUNS), "--seed", "11", "--app", "small"),
            *("--keep", tmp_path, "--without", "memory"),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(tmp_path.iterdir())) == RUNS + 2  # with the two that nothing happens to
