"""The district that `serve` plays is written as files that can be served again."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from harness.cli.exporting import CLEVER_CSV, export_district
from harness.district.csv.columns import FILES
from harness.district.csv.loading import load_district
from harness.errors import OutputError, UsageError

RUN_DATE = date(2026, 9, 1)
PROGRAM = [sys.executable, "-c", "from harness.cli import main; main()", "export"]


def _export(folder: Path, *, seed: int = 1, salt: str = "salt", day: str = "") -> dict[str, str]:
    paths = export_district(folder, CLEVER_CSV, seed=seed, salt=salt, run_date=RUN_DATE, day=day)
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def test_all_files_are_written_and_can_be_loaded(tmp_path: Path) -> None:
    files = _export(tmp_path)

    assert list(files) == [file.name for file in FILES]
    sis = load_district(tmp_path, salt="salt", run_date=RUN_DATE)
    assert len(sis.schools) == 5
    assert len(sis.people) > 900


@pytest.mark.slow
@pytest.mark.no_cover
def test_the_same_seed_salt_and_day_give_the_same_files(tmp_path: Path) -> None:
    first, again = _export(tmp_path / "a"), _export(tmp_path / "b")

    assert first == again
    assert _export(tmp_path / "c", seed=2)["students.csv"] != first["students.csv"]
    assert _export(tmp_path / "d", salt="other")["students.csv"] != first["students.csv"]


@pytest.mark.slow
def test_a_day_is_the_district_as_it_is_then(tmp_path: Path) -> None:
    first = _export(tmp_path / "first", day="first-share")
    departed = _export(tmp_path / "departures", day="departures")

    assert first == _export(tmp_path / "unsaid")
    before, after = (set(files["students.csv"].splitlines()) for files in (first, departed))
    assert before - after, "somebody left or changed"


@pytest.mark.parametrize(
    ("format_", "day", "complaint", "hint"),
    [
        ("clever-cvs", "", "--format clever-cvs: unknown format", "clever-csv"),
        (CLEVER_CSV, "sunday", "--day sunday: there is no such day", "first-share"),
        (CLEVER_CSV, "before", "--day before: there is no such day", "first-share"),
    ],
)
def test_what_there_is_not_is_a_usage_error(
    tmp_path: Path, format_: str, day: str, complaint: str, hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        export_district(tmp_path, format_, seed=1, salt="s", run_date=RUN_DATE, day=day)

    assert refused.value.message == complaint
    assert hint in refused.value.hint


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(OutputError, match="taken: cannot be written to"):
        export_district(tmp_path / "taken", CLEVER_CSV, seed=1, salt="s", run_date=RUN_DATE)


@pytest.mark.slow
def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    command = [*PROGRAM, "--format", "clever-csv", "--seed", "3", "--salt", "x", str(tmp_path)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [str(tmp_path / file.name) for file in FILES]
