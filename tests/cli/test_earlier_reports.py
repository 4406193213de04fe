"""Reports of an earlier run are out of the way once another has begun, and kept if none did."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from harness.cli.output_folder import EARLIER, reserved, set_aside
from harness.errors import AdapterError, OutputError, RosterreadyError, UsageError
from harness.report.write import FORMATS
from harness.session import RECORDING

NAMES = {RECORDING, *(format_.FILE for format_ in FORMATS.values())}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What an earlier run left, and a file of somebody else's."""
    for name in (*NAMES, "notes.txt"):
        (tmp_path / name).write_text("a year ago")
    return tmp_path


def _left(folder: Path, problem: Exception | None) -> set[str]:
    """The names of what is there after a run that ends like this, and writes no report."""
    with suppress(RosterreadyError, OSError), set_aside(folder):
        assert {path.name for path in folder.iterdir()} == {"notes.txt", EARLIER}
        if problem:
            raise problem
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("problem", [None, AdapterError("x"), OutputError("x"), OSError("x")])
def test_no_earlier_report_survives_a_run_that_began(
    folder: Path, problem: Exception | None
) -> None:
    assert _left(folder, problem) == {"notes.txt"}


def test_a_run_that_never_began_takes_nothing_away(folder: Path) -> None:
    assert _left(folder, UsageError("x")) == {"notes.txt", *NAMES}
    assert (folder / RECORDING).read_text() == "a year ago"


def test_a_folder_is_for_one_process_and_what_a_killed_run_left_is_gone(tmp_path: Path) -> None:
    (tmp_path / EARLIER).mkdir()

    with reserved(tmp_path):
        assert not (tmp_path / EARLIER).exists()
        with pytest.raises(UsageError, match="another rehearsal"), reserved(tmp_path):
            pass
    with reserved(tmp_path):
        pass
