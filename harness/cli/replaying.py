"""`rosterready replay`: one edge case alone in a small district, set against an earlier run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from harness import session
from harness.adapters.spec import parse_spec
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import Results, Run
from harness.cli.console import LOUDNESS, OUT, Narrator, print_last_line, shown
from harness.config.config import Config
from harness.contract.sync import Mode
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.errors import UsageError
from harness.prose import did_you_mean, one_line
from harness.report.json import load
from harness.session import Circumstances

_FINE = (Outcome.PASS, Outcome.NOT_APPLICABLE)
_BROKEN = (Outcome.FAIL, Outcome.WARN)


def replay_edge_case(
    edge_case: str,
    config: Config,
    moment: Circumstances,
    against: Path | None,
    mode: Mode | None = None,
) -> int:
    """Play one edge case alone and say what became of its checks; the exit code.

    0 when all hold, 1 when one fails or is blocked, 3 when one could not be judged. Raises
    UsageError for an edge case that does not exist, and for an earlier run of another app.
    """
    catalogue = session.shipped()
    edge_case = catalogue.formerly.edge_case(edge_case)
    if edge_case not in catalogue.edge_cases:
        raise UsageError(
            f"there is no edge case {edge_case!r}",
            hint=did_you_mean(
                edge_case,
                catalogue.edge_cases,
                otherwise="`rosterready list edge-cases` shows what there is.",
            ),
        )
    rehearsal = session.prepare(
        config, moment, only=[edge_case], mode=mode, catalogue=catalogue, size=FIVE_SMALL_SCHOOLS
    )
    earlier = _before(against, rehearsal)
    before = {catalogue.formerly.check(name): was for name, was in earlier.items()}
    narrator = Narrator(rehearsal.plan, parse_spec(config.adapter).name)
    try:
        with tempfile.TemporaryDirectory() as folder:
            recording = session.record(rehearsal, Path(folder), narrator)
    finally:
        narrator.close()
    results = session.judge_recording(recording, catalogue)
    return _tell(edge_case, [c for c in results.checks if c.edge_case == edge_case], before)


def _before(against: Path | None, rehearsal: session.Rehearsal) -> dict[str, Outcome]:
    """Check → its outcome in the run to compare with; empty without one.

    Raises UsageError when that was another app: what differs would look fixed.
    """
    if against is None:
        return {}
    earlier: Results = load(against / "results.json" if against.is_dir() else against)
    if other := _other_app(earlier.run, rehearsal):
        raise UsageError(
            f"{against} cannot be compared with this replay: {other}",
            hint="Name a run of this app with --against, or replay with --against none.",
        )
    return {check.id: check.outcome for check in earlier.checks}


def _other_app(earlier: Run, rehearsal: session.Rehearsal) -> str:
    """In what an earlier run differs so much that it shows nothing about this one, or ""."""
    config, profile = rehearsal.config, rehearsal.profile
    if earlier.adapter != (name := parse_spec(config.adapter).name):
        return f"it is a run of {earlier.adapter}, this is one of {name}"
    if earlier.mode != rehearsal.mode:
        return f"its update mode is {earlier.mode}, here it is {rehearsal.mode}"
    if profile and earlier.profile and earlier.profile != profile.digest():
        return f"it has another profile than {profile.app} has now"
    return ""


def _tell(edge_case: str, checks: list[CheckResult], before: dict[str, Outcome]) -> int:
    words = [_word(check, before.get(check.id)) for check in checks]
    if not LOUDNESS.quiet:
        OUT.print()
        for check, word in zip(checks, words, strict=True):
            _tell_check(check, word)
        OUT.print()
    code = _code(checks)
    worst = next((w for w in _ORDER if w in words), "NOTHING CHECKED")
    print_last_line(f"REPLAY={worst.replace(' ', '_')} EXIT={code} EDGE_CASE={edge_case}")
    return code


def _tell_check(check: CheckResult, word: str) -> None:
    colour = "green" if check.outcome in _FINE else "red"
    OUT.print(f"  [{colour}]{word:<15}[/{colour}]{shown(check.name)}", soft_wrap=True)
    if check.outcome is not Outcome.PASS:
        reason = check.reason if LOUDNESS.verbose else one_line(check.reason, 1000)
        OUT.print(f"                 [dim]{shown(reason)}[/dim]", soft_wrap=True)


_ORDER = (
    "ERROR", "NOW FAILING", "STILL FAILING", "FAILING", "BLOCKED", "FIXED", "PASSING",
    "NOT APPLICABLE",
)  # fmt: skip


def _word(check: CheckResult, earlier: Outcome | None) -> str:
    """What became of a check, against the earlier run if there is one."""
    if check.outcome in _BROKEN:
        if earlier is None:
            return "FAILING"
        return "STILL FAILING" if earlier in _BROKEN else "NOW FAILING"
    if check.outcome is Outcome.NOT_APPLICABLE:
        return "NOT APPLICABLE"
    if check.outcome is Outcome.PASS:
        return "FIXED" if earlier in (*_BROKEN, Outcome.BLOCKED) else "PASSING"
    return "BLOCKED" if check.outcome is Outcome.BLOCKED else "ERROR"


def _code(checks: list[CheckResult]) -> int:
    outcomes = {check.outcome for check in checks}
    if outcomes & {Outcome.FAIL, Outcome.WARN, Outcome.BLOCKED}:
        return 1
    return 0 if outcomes and outcomes <= set(_FINE) else 3
