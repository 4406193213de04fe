"""What goes wrong on days without faults as well says nothing of what a fault leaves behind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rehearsing import CATALOGUE, recorded

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.results import Results
from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON
from harness.recording.recording import Recording, SnapshotTaken

JUDGED = ("faults", "lists", "values", "standing")


def frozen(recording: Recording, district: str) -> Recording:
    """As if the app showed of a district what it held after its first sync, all year long."""
    held: list[Snapshot] = []

    def shown(entry: SnapshotTaken) -> SnapshotTaken:
        if entry.district == district and (held or entry.after == "sync"):
            held.append(entry.snapshot)
            return replace(entry, snapshot=held[0])
        return entry

    entries = (shown(e) if isinstance(e, SnapshotTaken) else e for e in recording.entries)
    return replace(recording, entries=tuple(entries))


@pytest.fixture(scope="module")
def results() -> Results:
    """Those of an app that does nothing after its first sync of two districts."""
    recording = recorded("demo")
    for district in (COMMON, "lists-fail"):
        recording = frozen(recording, district)
    plan = replace(recording.header.plan, selected=JUDGED)
    part = replace(recording, header=replace(recording.header, plan=plan))
    return session.judge_recording(part, CATALOGUE, with_histories=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "check",
    [
        "faults/what-was-read-before-a-page-failed-is-up-to-date-after-the-next-good-sync",
        "lists/a-student-who-is-renamed-on-a-day-whose-sync-fails-has-the-new-name-after-the-next",
        "lists/a-student-who-leaves-on-a-day-whose-sync-fails-is-archived-by-the-next",
        "lists/a-student-who-joins-a-class-on-a-day-whose-sync-fails-is-in-it-after-the-next",
    ],
)
def test_a_check_about_what_a_fault_leaves_does_not_pass_when_nothing_ever_changes(
    results: Results, check: str
) -> None:
    found = next(result for result in results.checks if result.id == check)

    assert found.outcome is Outcome.BLOCKED
    assert not found.findings
