"""Time that is skipped is over for everybody who reads the clock, in this process or another."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.contract.clock import SkippableClock


def test_what_is_skipped_is_over_for_all_who_know_the_path(tmp_path: Path) -> None:
    mine, theirs = SkippableClock(tmp_path / "clock"), SkippableClock(tmp_path / "clock")
    began, wall = mine.timer(), time.time()

    theirs.skip(90)

    assert mine.timer() - began == pytest.approx(90, abs=5)
    assert theirs.now() - wall == pytest.approx(90, abs=5)


def test_another_process_needs_the_path_alone(tmp_path: Path) -> None:
    clock = SkippableClock(tmp_path / "clock")
    skipping = f"open({str(tmp_path / 'clock')!r}, 'ab').write(bytes(1500))"

    subprocess.run([sys.executable, "-c", skipping], check=True)

    assert clock.skipped == 1.5


def test_nothing_is_skipped_backwards_or_without_measure(tmp_path: Path) -> None:
    clock = SkippableClock(tmp_path / "clock")

    clock.skip(-3)
    with pytest.raises(ValueError, match="7200 s"):
        clock.skip(7200)

    assert clock.skipped == 0
