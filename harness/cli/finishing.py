"""Finishing a command that judges: reports into the folder, the verdict on the terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harness import session
from harness.assess.results import Results
from harness.cli.console import Stopwatch, complain, tell
from harness.cli.endings import INCOMPLETE, INTERRUPTED, USAGE, last_line
from harness.cli.output_folder import reserved
from harness.errors import OutputError
from harness.recording.recording import Recording
from harness.report.write import write_all

_WHAT = {"doctor": "examination"}


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
    results = replace(results, exit_code=code)
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
    return _finish_recorded(recording, output, INTERRUPTED)


def finish_unwritten(problem: OutputError, output: Path) -> int:
    """Judge what reached the disk before no more could be written."""
    complain(problem.message, problem.hint)
    return _finish_recorded(session.rescued(output, problem.message), output, INCOMPLETE)


def finish_lost(command: str, how: str, output: Path | None) -> int:
    """Judge and write what was recorded before the process of the rehearsal ended under us."""
    ended = USAGE if command == "doctor" else INCOMPLETE
    message = f"the {_WHAT.get(command, 'rehearsal')} ended without a verdict: its process {how}"
    complain(
        message,
        "Look for os._exit, native code or a lack of memory. An adapter of the kind command: or "
        "http: runs in a process of its own.",
    )
    if output is None:
        last_line(command, ended)
        return ended
    with reserved(output):
        return _finish_recorded(session.rescued(output, message), output, INCOMPLETE)


def _finish_recorded(recording: Recording | None, output: Path, code: int) -> int:
    if recording is None:
        last_line("certify", code)
        return code
    return finish(session.judge_recording(recording), output, recorded=True, code=code)
