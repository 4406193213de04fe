"""Finishing a command that judges: reports into the folder, the verdict on the terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from harness import session
from harness.assess.comparison import Comparison
from harness.assess.results import Results
from harness.cli.comparing import tell_comparison
from harness.cli.console import Stopwatch, complain, tell
from harness.cli.endings import INCOMPLETE, INTERRUPTED, USAGE, last_line
from harness.cli.output_folder import reserved
from harness.errors import OutputError
from harness.recording.recording import Header, Recording
from harness.report import past_runs
from harness.report.comparison import write_comparison
from harness.report.write import write_all


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run that the run to come must not be worse than."""

    run: session.ComparedRun

    @classmethod
    def read(cls, path: Path | None) -> Baseline | None:
        """The run of this folder; raises DocumentError when it has no results."""
        return None if path is None else cls(session.read_run(path))

    def against(self, results: Results, header: Header) -> Comparison:
        """The run that has been judged, set against this one."""
        return session.compared(self.run, session.ComparedRun(results=results, header=header))


_WHAT = {"doctor": "examination"}


def finish(
    results: Results,
    output: Path | None,
    *,
    recorded: bool = False,
    watch: Stopwatch | None = None,
    code: int | None = None,
    comparison: Comparison | None = None,
) -> int:
    """Write and print the results; the exit code is theirs, unless one or a comparison is given."""
    written: dict[str, str] = {}
    if comparison:
        code = comparison.exit_code
        results = replace(results, notes=(*results.notes, _note(comparison)))
    code = results.exit_code if code is None else code
    results = replace(results, exit_code=code)
    if output is not None:
        results = replace(results, past_runs=past_runs.read(output)[-past_runs.MOST :])
        try:
            paths = write_all(results, output)
            if comparison:
                paths += write_comparison(comparison, output)
            written = {path.name: str(path) for path in paths}
            if recorded:
                past_runs.add(output, results)
        except OutputError as problem:
            complain(problem.message, problem.hint)
            code = problem.exit_code
        if recorded:
            written[session.RECORDING] = str(output / session.RECORDING)
    if watch is not None:
        watch.lap("reports")
        watch.tell()
    if comparison:
        tell_comparison(comparison)
    tell(replace(results, exit_code=code), written)
    return code


def _note(comparison: Comparison) -> str:
    return (
        f"The exit code is {comparison.exit_code}, as the baseline decides: {comparison.standing}. "
        f"{comparison.why}"
    )


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
        "Look for os._exit, native code, a closed stdout, and limits on memory or processor time. "
        "An adapter of the kind command: or http: runs in a process of its own.",
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
