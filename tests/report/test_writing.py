"""Writing the reports: whole files or none, and one bad format does not cost the others."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from harness.assess.results import Results
from harness.errors import OutputError
from harness.report import write

ALL = {format_.FILE for format_ in write.FORMATS.values()}


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_format_is_written(results: Results, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "report"

    written = write.write_all(results, folder)

    assert {path.name for path in written} == _names(folder) == ALL
    for name, format_ in write.FORMATS.items():
        assert (folder / format_.FILE).read_bytes() == write.render(results, name)


def test_writing_again_replaces_what_was_there(
    results: Results, ready: Results, tmp_path: Path
) -> None:
    write.write_all(results, tmp_path)

    write.write_all(ready, tmp_path)

    assert "Not ready" not in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert _names(tmp_path) == ALL


def test_a_folder_that_is_a_file_is_named_with_what_to_do(results: Results, tmp_path: Path) -> None:
    taken = tmp_path / "report"
    taken.write_text("mine")

    with pytest.raises(OutputError, match=r"report: cannot be written: File exists") as caught:
        write.write_all(results, taken)

    assert "--output" in caught.value.hint
    assert caught.value.exit_code == 3
    assert taken.read_text() == "mine"


def test_one_file_that_cannot_be_written_does_not_cost_the_others(
    results: Results, tmp_path: Path
) -> None:
    (tmp_path / "report.html").mkdir()

    with pytest.raises(OutputError, match=r"report\.html: cannot be written: Is a directory"):
        write.write_all(results, tmp_path)

    assert _names(tmp_path) == ALL
    assert (tmp_path / "results.json").is_file()


def test_a_format_that_cannot_be_drawn_takes_the_earlier_runs_file_away(
    ready: Results, tmp_path: Path
) -> None:
    write.write_all(ready, tmp_path)
    impossible = dataclasses.replace(ready, exit_code=7)

    with pytest.raises(OutputError, match=r"results\.json would not be valid, at exit_code"):
        write.write_all(impossible, tmp_path)

    assert _names(tmp_path) == ALL - {"results.json"}


def test_a_fault_of_our_own_is_called_so(results: Results, tmp_path: Path) -> None:
    broken = dataclasses.replace(results, run=None)  # type: ignore[arg-type]

    with pytest.raises(OutputError, match=r"report\.html could not be rendered") as caught:
        write.write_all(broken, tmp_path)

    assert "bug in rosterready" in caught.value.hint


def test_text_that_utf8_cannot_hold_does_not_stop_the_reports(
    results: Results, tmp_path: Path
) -> None:
    odd = dataclasses.replace(results, run=dataclasses.replace(results.run, app="half \ud800"))

    with pytest.raises(OutputError, match=r"results\.json"):
        write.write_all(odd, tmp_path)

    assert _names(tmp_path) == ALL - {"results.json"}
