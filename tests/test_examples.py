"""The example in examples/command-adapter is a right app with a right adapter."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from distribution import CHECKOUT
from rehearsing import CATALOGUE, circumstances, skipping, with_outcome

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.results import Verdict
from harness.config.config import load_config
from harness.contract.clock import SkippableClock
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS

EXAMPLE = CHECKOUT / "examples" / "command-adapter"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example, without what an earlier rehearsal left in it."""
    return shutil.copytree(
        EXAMPLE, tmp_path / "example", ignore=shutil.ignore_patterns("data", "__pycache__")
    )


def _call(example: Path, document: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "adapter.py"],
        cwd=example,
        input=json.dumps(document),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.exhaustive
def test_satchel_comes_out_ready(example: Path) -> None:
    """In this process, and without waiting: `test_dying_process.py` starts one for every call."""
    clock = SkippableClock(example / "clock")
    adapter = f"python:vendors:SatchelInProcess?folder={example}&clock={example / 'clock'}"
    rehearsal = session.prepare(
        load_config(example / "rosterready.toml").with_adapter(adapter),
        skipping(circumstances("satchel"), clock),
        catalogue=CATALOGUE,
        size=FIVE_SMALL_SCHOOLS,
    )

    results = session.judge_recording(session.record(rehearsal, example), CATALOGUE)

    # What nobody had before Clever, or changes by hand, an adapter without such calls cannot show.
    assert results.verdict is Verdict.READY_WITH_CONDITIONS
    assert not with_outcome(results, Outcome.FAIL, Outcome.WARN, Outcome.BLOCKED, Outcome.ERROR)


def test_the_configuration_of_the_example_is_valid() -> None:
    config = load_config(EXAMPLE / "rosterready.toml")

    assert config.adapter == "command:python3 adapter.py"
    assert config.directory == EXAMPLE


def test_the_adapter_knows_nothing_of_rosterready() -> None:
    for module in EXAMPLE.glob("*.py"):
        assert "harness" not in module.read_text("utf-8"), module


def test_a_clever_that_does_not_answer_leaves_satchel_as_it_was(example: Path) -> None:
    connection = {
        "api": "http://127.0.0.1:9",
        "accounts": "http://127.0.0.1:9",
        "client_id": "id",
        "client_secret": "secret",
        "district": "5f0000000000000000000001",
    }
    (example / "satchel.py").write_text(
        (example / "satchel.py").read_text("utf-8").replace("RETRIES = 5", "RETRIES = 1"), "utf-8"
    )

    done = _call(example, {"call": "sync", "mode": "full", "connection": connection})

    answer = json.loads(done.stdout)
    assert answer["state"] == "refused"
    assert answer["reason"].endswith("; nothing was changed.")
    assert not (example / "data").exists()


def test_a_lesson_of_somebody_unknown_is_refused(example: Path) -> None:
    connection = {"district": "5f0000000000000000000001"}

    done = _call(
        example,
        {"call": "finish_lesson", "connection": connection, "clever_id": "5f01", "lesson": "one"},
    )

    assert done.returncode == 1
    assert "no active account for 5f01" in done.stderr
