"""`bundle` and `judge BUNDLE`: the stated verdict is believed when the recording gives it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from cli.running import rosterready
from rehearsing import CATALOGUE, rehearse
from sharing import once

from harness import session
from harness.cli import bundling
from harness.cli.bundling import MEMBERS
from harness.errors import UsageError
from harness.report import bundle
from harness.report.write import write_all

pytestmark = pytest.mark.slow


def _run_of_a_mutant() -> Path:
    """A folder with all files of a rehearsal of one edge case, its bundle among them."""

    def fill(folder: Path) -> None:
        recording = rehearse("demo:hard-delete", folder, only=["student-returns"])
        write_all(session.judge_recording(recording, CATALOGUE), folder)
        (folder / "rosterready.toml").write_text('[profile]\ncompany = "canary-0004"\n')
        bundling.bundle_run(folder, None)

    return once("run-to-bundle", fill)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_run_of_a_mutant(), tmp_path / "run"))


def test_the_verdict_of_a_bundle_holds(run: Path) -> None:
    """And nothing is in it that no rehearsal writes."""
    judged = rosterready(run, "judge", bundle.FILE)
    made = bundle.unpack(run / bundle.FILE, MEMBERS)

    assert judged.code == 1
    assert judged.out.startswith(f"The stated verdict holds: {judged.last_line}")
    assert set(made.files) == set(MEMBERS)
    assert not any(b"canary-0004" in body for body in made.files.values())


def test_a_verdict_that_does_not_hold_is_told_though_all_checksums_are_right(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = bundle.unpack(run / bundle.FILE, MEMBERS)
    stated = made.last_line.replace("FAIL=2", "FAIL=0")
    assert stated != made.last_line
    (run / "forged.zip").write_bytes(bundle.pack(replace(made, last_line=stated)))

    code = bundling.judge_bundle(run / "forged.zip", None)

    said = capsys.readouterr()
    assert code == 3
    assert "the stated verdict does not hold: the manifest states VERDICT=PARTIAL" in said.err
    assert f"but the recording gives {made.last_line}" in said.err
    assert "VERDICT=PARTIAL EXIT=3" in said.out.splitlines()[-1]


def test_a_report_that_says_something_else_is_told_though_its_checksum_is_right(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = bundle.unpack(run / bundle.FILE, MEMBERS)
    results = orjson.loads(made.files["results.json"])
    results["run"]["app"] = "Another app"
    files = {
        **made.files,
        "summary.md": made.files["summary.md"] + b"All is well.\n",
        "results.json": orjson.dumps(results),
    }
    (run / "forged.zip").write_bytes(bundle.pack(replace(made, files=files)))

    code = bundling.judge_bundle(run / "forged.zip", None)

    assert code == 3
    assert "not what the recording gives: results.json and summary.md" in capsys.readouterr().err


def test_files_of_two_rehearsals_are_not_bundled(run: Path) -> None:
    (run / bundle.FILE).unlink()
    (run / "junit.xml").write_text("<testsuites/>")

    with pytest.raises(UsageError, match=r"gives: junit\.xml") as refused:
        bundling.bundle_run(run, None)

    assert "writes all reports of a recording again" in refused.value.hint
    assert not (run / bundle.FILE).exists()
