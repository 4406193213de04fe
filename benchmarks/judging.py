"""What judging costs a scenario beyond pytest's own start, and what a whole rehearsal costs.

    python -m benchmarks.judging

CPU seconds of this process, the least of several runs: the machine may be busy.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from harness import session
from harness.config.config import Config
from harness.plan.plan import Plan
from harness.suite.runner import judge

RUNS = 5


def least(call: Callable[[], object]) -> float:
    """CPU seconds of the quickest of several calls."""
    best = float("inf")
    for _ in range(RUNS):
        began = time.process_time()
        call()
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    catalogue = session.Catalogue()
    moment = session.Circumstances(
        run_date=datetime.now(UTC).date(), salt="bench", now=time.time, timer=time.monotonic
    )
    began = time.monotonic()
    rehearsal = session.prepare(Config.default(Path.cwd()), moment, catalogue=catalogue)
    with tempfile.TemporaryDirectory() as folder:
        recording = session.record(rehearsal, Path(folder))
        empty = Path(folder) / "none.feature"
        empty.write_text("Feature: Nothing\n")
        played = time.monotonic() - began
        plan = catalogue.plan()
        start = least(lambda: judge(recording, Plan(scenarios=()), empty.parent))
        whole = least(lambda: judge(recording, plan, catalogue.features))
    own = sum(entry.seconds for entry in recording.entries if type(entry).__name__ == "Synced")
    each = (whole - start) / len(plan.scenarios) * 1000
    print(f"rehearsal, recorded          {played:6.2f} s, of which the app's own syncs {own:.2f} s")
    print(f"judging {len(plan.scenarios)} scenarios         {whole:6.2f} s")
    print(f"pytest's start               {start:6.2f} s")
    print(f"a scenario beyond the start  {each:6.2f} ms (goal: at most 3)")


if __name__ == "__main__":
    main()
