"""`rosterready compare`: what changed from an earlier run to a later one."""

from __future__ import annotations

from pathlib import Path

import typer

from harness.assess.comparison import Comparison, OutcomeChange
from harness.cli.console import LOUDNESS, OUT, print_last_line, shown
from harness.errors import UsageError
from harness.prose import capitalized, counted, one_line
from harness.report.comparison import as_json, as_markdown, last_line
from harness.session import compared, read_run

FORMATS = ("text", "markdown", "json")
_COLOURS = {
    OutcomeChange.REGRESSED: "bold red",
    OutcomeChange.NEW: "bold red",
    OutcomeChange.WIDER: "bold red",
    OutcomeChange.NO_LONGER_JUDGED: "yellow",
    OutcomeChange.FIXED: "green",
    OutcomeChange.WAIVED: "cyan",
    OutcomeChange.STILL_BROKEN: "red",
}
_MOST = 10
"""Checks of one change that are listed, unless all are wanted."""


def compare_runs(before: Path, after: Path, format_: str) -> int:
    """Print what changed from one run to another; the exit code.

    Raises UsageError for an unknown format, DocumentError for what is not a run.
    """
    if format_ not in FORMATS:
        raise UsageError(
            f"--format {format_}: unknown format", hint=f"The formats are {', '.join(FORMATS)}."
        )
    comparison = compared(read_run(before), read_run(after))
    if format_ == "text":
        tell_comparison(comparison)
        print_last_line(last_line(comparison))
    else:
        drawn = as_json if format_ == "json" else as_markdown
        typer.echo(drawn(comparison).decode(), nl=False)
    return comparison.exit_code


def tell_comparison(comparison: Comparison) -> None:
    """What changed, on the terminal."""
    if LOUDNESS.quiet:
        return
    OUT.print()
    for change, number in comparison.counts.items():
        if number:
            _tell_change(comparison, change, number)
    for requirement in comparison.requirements:
        before, after = requirement.before or "not there", requirement.after or "not there"
        words = f"{before} → {after}".replace("_", " ")
        OUT.print(f"  {requirement.id:<4}{shown(words)}", soft_wrap=True)
    for row in comparison.circumstances:
        what = f"  {row.name}: {one_line(row.before or '-', 80)} → {one_line(row.after or '-', 80)}"
        OUT.print(f"[dim]{shown(what)}[/dim]", soft_wrap=True)
    for sentence in comparison.caveats:
        OUT.print(f"  Note: {shown(sentence)}", soft_wrap=True)
    OUT.print(f"\n  {shown(_conclusion(comparison))}", soft_wrap=True)


def _tell_change(comparison: Comparison, change: OutcomeChange, number: int) -> None:
    colour = _COLOURS[change]
    OUT.print(f"  [{colour}]{change}[/{colour}]  {counted(number, 'check')}", soft_wrap=True)
    most = number if LOUDNESS.verbose else _MOST
    for row in comparison.of(change)[:most]:
        states = f"{row.before or 'not there'} → {row.after or 'not there'}".replace("_", " ")
        OUT.print(f"    {shown(row.name)}  [dim]{shown(states)}[/dim]", soft_wrap=True)
        if row.why and change is not OutcomeChange.STILL_BROKEN:
            OUT.print(f"      [dim]{shown(one_line(row.why))}[/dim]", soft_wrap=True)
    if number > most:
        OUT.print(f"    and {number - most:,} more; -v lists all", soft_wrap=True)


def _conclusion(comparison: Comparison) -> str:
    checks = counted(comparison.compared, "check")
    return f"{capitalized(comparison.standing)}, over {checks} that both judged. {comparison.why}"
