"""`rosterready certify`: the year is played once or several times, judged, and reported."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path

from harness import session
from harness.adapters.spec import parse_spec
from harness.assess.results import Results
from harness.cli.console import LOUDNESS, OUT, Narrator, Stopwatch, busy, print_last_line, shown
from harness.cli.endings import INTERRUPTED
from harness.cli.finishing import Baseline, finish, finish_interrupted, finish_unwritten
from harness.cli.options import is_export
from harness.cli.output_folder import REPEAT
from harness.cli.supervision import records_in
from harness.cli.trusting import told_of_tls, trust_within
from harness.errors import OutputError
from harness.prose import counted
from harness.recording.recording import Recording

_WORST = (INTERRUPTED, 1, 3, 0)
"""Of the exit codes of several runs, the one that counts: a breach outranks what is incomplete."""


def rehearse(
    rehearsal: session.Rehearsal,
    output: Path,
    watch: Stopwatch,
    baseline: Baseline | None = None,
) -> tuple[int, Results | None]:
    """Play, judge and report; the exit code, and the results of a year that was played."""
    records_in(output)
    watch.lap("planning")
    try:
        recording, other_calls = _recorded(rehearsal, output)
    except KeyboardInterrupt:
        return finish_interrupted(output), None
    except OutputError as problem:
        return finish_unwritten(problem, output), None
    watch.charge("search for culprits", session.search_time(recording))
    watch.lap("school year", session.app_time(recording, other_calls))
    with busy(f"Judging {counted(len(rehearsal.plan.scenarios), 'scenario')}"):
        results = session.judge_recording(recording)
    watch.lap("judging")
    against = baseline.against(results, recording.header) if baseline else None
    code = finish(results, output, recorded=True, watch=watch, comparison=against)
    return code, results


def _recorded(rehearsal: session.Rehearsal, output: Path) -> tuple[Recording, float]:
    """The year as it was played, or the one moment of an export.

    And the seconds that the app took for everything but its syncs.
    """
    if is_export(rehearsal.config):
        return session.record_export(rehearsal, output), 0.0
    if not LOUDNESS.quiet:
        for line in told_of_tls(rehearsal.config):
            OUT.print(line, soft_wrap=True, markup=False, highlight=False)
    trust_within(rehearsal.config)
    name = parse_spec(rehearsal.config.adapter).name
    narrator = Narrator(rehearsal.plan, name, meanwhile=session.get_ready)
    try:
        return session.record(rehearsal, output, narrator), narrator.other_calls
    finally:
        narrator.close()


def rehearse_repeatedly(
    times: int,
    prepare: Callable[[], session.Rehearsal],
    output: Path,
    baseline: Baseline | None = None,
) -> int:
    """Play the same year several times and say which checks differ; the worst exit code.

    The first run is in the folder, each further one in a folder of its own within it.
    """
    codes: list[int] = []
    played: list[Results] = []
    for number in range(1, times + 1):
        folder = output if number == 1 else output / REPEAT.format(number)
        folder.mkdir(exist_ok=True)
        gc.collect()  # what pytest leaves of a run holds 80 MB
        code, results = rehearse(prepare(), folder, Stopwatch(), baseline)
        if results is None:
            return code
        codes.append(code)
        played.append(results)
    code = min(codes, key=_WORST.index)
    _tell_flaky(played)
    worst = played[codes.index(code)]
    print_last_line(worst.last_line.replace(f"EXIT={worst.exit_code}", f"EXIT={code}"))
    return code


def flaky(runs: Sequence[Results]) -> dict[str, tuple[str, ...]]:
    """Check → its outcome in each run, for those that did not come to the same in all."""
    outcomes = [{check.id: str(check.outcome) for check in results.checks} for results in runs]
    names = dict.fromkeys(name for run in outcomes for name in run)
    came = {name: tuple(run.get(name, "not there") for run in outcomes) for name in names}
    return {name: row for name, row in came.items() if len(set(row)) > 1}


def _tell_flaky(runs: Sequence[Results]) -> None:
    flaky_checks = flaky(runs)
    if not LOUDNESS.quiet:
        OUT.print()
        for name, outcomes in flaky_checks.items():
            OUT.print(f"  [yellow]flaky[/yellow]  {shown(name)}: {', '.join(outcomes)}")
        if not flaky_checks:
            OUT.print("  No check is flaky: all came to the same each time.")
    print_last_line(f"REPEATS={len(runs)} FLAKY={len(flaky_checks)}")
