"""`rosterready history`: what each rehearsal came to, a line each, and what changed since."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from harness.assess.results import PastRun
from harness.cli.console import OUT
from harness.errors import UsageError
from harness.prose import joined
from harness.report import past_runs


def show_history(run: Path) -> None:
    """Print the runs of a folder, the latest last; raises UsageError if it has none."""
    runs = past_runs.read(run)
    if not runs:
        raise UsageError(
            f"{run / past_runs.FILE}: no rehearsals are noted there",
            hint="Name the folder that `rosterready certify` writes to. Parts are not noted.",
        )
    OUT.print(_line(runs[0], ""), markup=False, soft_wrap=True)
    for before, after in pairwise(runs):
        OUT.print(_line(after, _changed(before, after)), markup=False, soft_wrap=True)


def _line(run: PastRun, changed: str) -> str:
    counts = f"PASS={run.passed} FAIL={run.failed} OPEN={run.open}"
    words = (run.run_date, f"{run.verdict:<21}", f"{counts:<28}", run.app_version, changed)
    return "  ".join(filter(None, words)).rstrip()


def _changed(before: PastRun, after: PastRun) -> str:
    """The requirements that are met no longer, and those that are not unmet any more."""
    broken = [name for name in after.not_met if name not in before.not_met]
    mended = [name for name in before.not_met if name not in after.not_met]
    words = [f"no longer met: {joined(broken)}"] if broken else []
    words += [f"mended: {joined(mended)}"] if mended else []
    return "; ".join(words)
