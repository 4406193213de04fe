"""Finishing a command that judges: reports into the folder, the verdict on the terminal."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from harness import session
from harness.assess.results import Results
from harness.cli.console import Stopwatch, complain, print_last_line, tell
from harness.errors import OutputError, UsageError
from harness.report.write import write_all


def check_writable(folder: Path) -> None:
    """Refuse an output folder before anything is asked of the app; raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        raise UsageError(
            f"--output {folder}: cannot be written to ({problem.strerror or problem})",
            hint="Name a writable folder. The app was not contacted.",
        ) from problem


def finish(
    results: Results,
    output: Path | None,
    *,
    recorded: bool = False,
    watch: Stopwatch | None = None,
    code: int | None = None,
) -> int:
    """Write and print the results; the exit code is theirs, unless one is given."""
    written: dict[str, str] = {}
    code = results.exit_code if code is None else code
    if output is not None:
        try:
            written = {path.name: str(path) for path in write_all(results, output)}
        except OutputError as problem:
            complain(problem.message, problem.hint)
            code = problem.exit_code
        if recorded:
            written[session.RECORDING] = str(output / session.RECORDING)
    if watch is not None:
        watch.lap("reports")
        watch.tell()
    tell(replace(results, exit_code=code), written)
    return code


def finish_interrupted(output: Path) -> int:
    """Judge and write what was recorded before somebody pressed Ctrl-C."""
    complain("interrupted; judging what was recorded so far", "")
    recording = session.interrupted(output)
    if recording is not None:
        finish(session.judge_recording(recording), output, recorded=True, code=130)
    else:
        print_last_line("VERDICT=NONE EXIT=130")
    return 130
