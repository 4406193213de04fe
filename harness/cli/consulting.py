"""`rosterready doctor`: what was tried with an app, what came, and what to do, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.table import Table
from rich.text import Text

from harness import session
from harness.cli.console import LOUDNESS, OUT, print_last_line
from harness.cli.options import circumstances, configuration
from harness.cli.trusting import trust_within
from harness.contract.sync import Mode
from harness.doctor import Diagnosis, State, Visit, examine
from harness.errors import RosterreadyError
from harness.prose import capitalized, harmless

_COLOURS = {State.FINE: "green", State.NOTE: "cyan", State.WRONG: "bold red"}
_MOST_DETAILS = 200


def consult(
    config: Path | None,
    adapter: str | None,
    mode: Mode | None,
    *,
    allow_remote: bool,
    tls: Path | None = None,
) -> int:
    """Examine the app and print everything; 0, or 2 when something is wrong."""
    counts = dict.fromkeys(State, 0)
    for diagnosis in _diagnoses(config, adapter, mode, allow_remote=allow_remote, tls=tls):
        counts[diagnosis.state] += 1
        if diagnosis.state is State.WRONG or not LOUDNESS.quiet:
            _tell(diagnosis)
    code = 2 if counts[State.WRONG] else 0
    if not LOUDNESS.quiet:
        OUT.print()
        OUT.print(f"Next: {_next(counts[State.WRONG])}", soft_wrap=True)
    word = "WRONG" if code else "WELL"
    print_last_line(
        f"DOCTOR={word} EXIT={code} WRONG={counts[State.WRONG]} NOTES={counts[State.NOTE]} "
        f"OK={counts[State.FINE]}"
    )
    return code


def _next(wrong: int) -> str:
    if wrong:
        return "fix what is wrong, from the top, and run `rosterready doctor` again."
    return "`rosterready certify --only standing` for a first verdict, then `rosterready certify`."


def _diagnoses(
    config: Path | None,
    adapter: str | None,
    mode: Mode | None,
    *,
    allow_remote: bool,
    tls: Path | None,
) -> Iterator[Diagnosis]:
    moment = circumstances(None, None)
    try:
        chosen = configuration(config, adapter, allow_remote=allow_remote, tls=tls)
        mode = session.checked_mode(chosen, mode, session.shipped())
        trust_within(chosen)
    except RosterreadyError as error:
        yield Diagnosis.of("configuration", error)
        return
    name = chosen.file or "no file, the defaults"
    yield Diagnosis(tried="configuration", came=f"{name}; update mode {mode}")
    visit = Visit(
        config=chosen,
        mode=mode,
        salt=moment.salt,
        run_date=moment.run_date,
        now=moment.now,
        timer=moment.timer,
    )
    yield from examine(visit)


def _tell(diagnosis: Diagnosis) -> None:
    """A line, what to do about it, and the lines below: of many the last, unless all are wanted."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=5, no_wrap=True)
    grid.add_column(overflow="fold")
    state = Text(diagnosis.state, style=_COLOURS[diagnosis.state])
    grid.add_row(state, Text.assemble((diagnosis.tried, "bold"), f": {harmless(diagnosis.came)}"))
    if diagnosis.do:
        grid.add_row("", Text(f"→ {capitalized(harmless(diagnosis.do))}"))
    OUT.print(grid)
    details = [harmless(line) for line in diagnosis.details]
    if len(details) > _MOST_DETAILS and not LOUDNESS.verbose:
        left_out = len(details) - _MOST_DETAILS
        details = [f"({left_out:,} lines before these; -v shows them)", *details[-_MOST_DETAILS:]]
    for line in details:
        OUT.print(Text(f"         {line}", style="dim"), soft_wrap=True)
