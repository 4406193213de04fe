"""Judging, against pytest-bdd itself with the same scenarios and steps that do nothing.

CPU seconds of this process, the least of several runs by turns: the machine may be busy.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from benchmarks import empty_steps
from harness import session
from harness.assess.recording_index import RecordingIndex
from harness.config.config import Config
from harness.suite.runner import judge

Result = TypeVar("Result")
RUNS = 5
GOAL = 1.5
"""Times what pytest-bdd takes."""


def compare(kept: Path | None = None) -> Iterator[str]:
    """Lines of text about a recording in this folder, or about the demo's rehearsal of now."""
    catalogue = session.Catalogue()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kept is None:
            _rehearse(folder, catalogue)
        yield from _judged(folder, kept or folder, catalogue)


def _rehearse(folder: Path, catalogue: session.Catalogue) -> None:
    moment = session.Circumstances(
        run_date=datetime.now(UTC).date(), salt="bench", now=time.time, timer=time.monotonic
    )
    config = Config.default(Path.cwd()).with_adapter("demo")
    session.record(session.prepare(config, moment, catalogue=catalogue), folder)


def _judged(folder: Path, kept: Path, catalogue: session.Catalogue) -> Iterator[str]:
    size = (kept / "recording.json.gz").stat().st_size
    loading, recording = _timed(lambda: session.load_recording(kept))
    plan = recording.header.plan
    empty_steps.write(folder, catalogue.features)
    empty_steps.run(folder)  # imports are loading
    judge(RecordingIndex(recording), plan, catalogue.features)
    empty = judging = float("inf")
    passed = 0
    for _ in range(RUNS):
        seconds, passed = _timed(lambda: empty_steps.run(folder))
        empty = min(empty, seconds)
        judging = min(
            judging, _timed(lambda: judge(RecordingIndex(recording), plan, catalogue.features))[0]
        )
    yield f"recording                  {size / 1e6:6.2f} MB, loaded in {loading:.2f} s"
    yield f"{passed} scenarios, empty steps {empty:6.2f} s"
    yield f"{len(plan.scenarios)} scenarios, judged      {judging:6.2f} s"
    yield f"ratio                      {judging / empty:6.2f} (goal: at most {GOAL})"


def _timed(call: Callable[[], Result]) -> tuple[float, Result]:
    """CPU seconds of a call, and what it returned."""
    began = time.process_time()
    result = call()
    return time.process_time() - began, result
