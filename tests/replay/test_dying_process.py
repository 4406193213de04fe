"""An app whose process dies in a sync is narrowed down like any other breakdown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from distribution import CHECKOUT
from rehearsing import CATALOGUE, circumstances

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.config.config import load_config
from harness.contract.sync import SyncState
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.recording.recording import BisectResult, RunInterrupted, Synced

EXAMPLE = CHECKOUT / "examples" / "command-adapter"
READ = "        reading = {kind: list(clever.records(kind)) for kind in KINDS}\n"
DIES = """\
        for user in reading["users"]:
            staff = user["roles"].get("staff") or {}
            if len(staff.get("schools", ())) == 3:
                os._exit(9)
"""
"""No exception, no message, no answer: the process is gone in the middle of its sync."""
CULPRIT = "staff-in-several-schools"
OTHERS = ("name-changes", "two-teachers-share-a-class")
"""Some edge cases among which the culprit is searched for, on days without faults."""


@pytest.fixture
def satchel(tmp_path: Path) -> Path:
    """The example app, with a process that ends on somebody who works at three schools."""
    folder = shutil.copytree(
        EXAMPLE, tmp_path / "satchel", ignore=shutil.ignore_patterns("data", "__pycache__")
    )
    code = (folder / "satchel.py").read_text("utf-8")
    assert READ in code
    code = code.replace(READ, READ + DIES).replace("import json\n", "import json\nimport os\n")
    (folder / "satchel.py").write_text(code, "utf-8")
    return folder


@pytest.mark.exhaustive
@pytest.mark.slow
def test_a_process_that_dies_on_one_edge_case_leaves_a_verdict_to_all_others(
    satchel: Path,
) -> None:
    config = load_config(satchel / "rosterready.toml")
    rehearsal = session.prepare(
        config,
        circumstances("dying"),
        only=["standing", CULPRIT, *OTHERS],
        catalogue=CATALOGUE,
        size=FIVE_SMALL_SCHOOLS,
    )
    recording = session.record(rehearsal, satchel)
    found = [entry for entry in recording.entries if isinstance(entry, BisectResult)]
    broken = [
        entry
        for entry in recording.entries
        if isinstance(entry, Synced) and entry.final.state is SyncState.FAILED
    ]

    assert [(one.result, one.edge_cases) for one in found] == [("culprit", (CULPRIT,))]
    assert found[0].syncs <= 150
    assert broken
    assert "exited with 9" in broken[0].final.reason
    assert not [entry for entry in recording.entries if isinstance(entry, RunInterrupted)]

    results = session.judge_recording(recording, CATALOGUE, with_histories=False)
    outcomes = {
        outcome: {check.edge_case for check in results.checks if check.outcome is outcome}
        for outcome in Outcome
    }
    not_met = [row.id for row in results.requirements if row.state is RequirementState.NOT_MET]
    assert not_met == ["G1"]
    assert outcomes[Outcome.BLOCKED] == {CULPRIT}
    assert not (outcomes[Outcome.NOT_RUN] | outcomes[Outcome.ERROR])
    assert outcomes[Outcome.PASS] - {""} == set(OTHERS)
