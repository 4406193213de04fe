"""The terminal: progress and errors on stderr, results on stdout."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results, Verdict
from harness.plan.day_names import on
from harness.plan.faults import faults_of_day
from harness.plan.plan import Plan
from harness.prose import capitalized, counted, few, harmless, one_line
from harness.recording.recording import BisectResult

# Without emoji: `demo:zzz:` is a name, not a code for a picture.
ERR = Console(stderr=True, highlight=False, emoji=False)
OUT = Console(highlight=False, emoji=False)

_WORDS = {
    Verdict.READY: ("bold green", "Ready"),
    Verdict.READY_WITH_CONDITIONS: ("bold green", "Ready, with conditions"),
    Verdict.NOT_READY: ("bold red", "Not ready"),
    Verdict.INCOMPLETE: ("bold yellow", "Incomplete"),
    Verdict.PARTIAL: ("bold cyan", "Partial rehearsal"),
}
_STATES = {
    RequirementState.NOT_MET: ("red", "not met"),
    RequirementState.NOT_PROVEN: ("yellow", "not proven"),
    RequirementState.MANUAL: ("cyan", "needs you"),
    RequirementState.MET: ("green", "met"),
    RequirementState.ATTESTED: ("green", "attested"),
    RequirementState.NOT_APPLICABLE: ("dim", "n/a"),
    RequirementState.NOT_OBSERVABLE: ("dim", "not visible"),
}


def shown(text: str) -> str:
    """Text from outside, as Rich prints it: neither markup nor anything a terminal obeys."""
    return escape(harmless(text))


def complain(message: str, hint: str) -> None:
    """A problem and what to do about it."""
    ERR.print(f"[red]rosterready:[/red] {shown(message)}", soft_wrap=True)
    if hint:
        ERR.print(f"  {shown(capitalized(hint))}", soft_wrap=True)


@dataclass(slots=True)
class Loudness:
    """How much is printed: `-q` the last line and problems only, `-v` everything."""

    quiet: bool = False
    verbose: bool = False

    def reset(self) -> None:
        """As it is until a command says otherwise."""
        self.quiet = self.verbose = False


LOUDNESS = Loudness()


def progress(line: str) -> None:
    """A line about what goes on, for whoever wants to see it."""
    if not LOUDNESS.quiet:
        ERR.print(line, soft_wrap=True)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Says what goes on: on a terminal while it lasts, elsewhere in a line."""
    if LOUDNESS.quiet or not ERR.is_terminal:
        progress(what)
        yield
    else:
        with ERR.status(what):
            yield


_SYNCS = frozenset({"sync", "sync_twice"})
"""What is asked for a sync, whose time is in the recording."""


class Narrator:
    """Progress of a rehearsal: one line for each district's day, and what is awaited meanwhile."""

    def __init__(
        self, plan: Plan, adapter: str = "", meanwhile: Callable[[], None] | None = None
    ) -> None:
        """With an adapter's name the rehearsal is announced once its first sync has ended.

        Before that, the first line is for what keeps the app from being driven at all. `meanwhile`
        is called when a sync begins in which Clever fails, since an app waits before it asks again.
        """
        self._meanwhile = meanwhile
        self._number, self._all, self._attempt = 0, plan.syncs, 1
        self._announcement = _announcement(plan, adapter) if adapter else ""
        loud = ERR.is_terminal and not LOUDNESS.quiet
        self._status = ERR.status("starting") if loud else None
        self._began = time.monotonic()
        self.other_calls = 0.0
        """Seconds that the app took for all that is asked of it beside its syncs."""
        if self._status:
            self._status.start()

    def attempt(self, number: int, syncs: int) -> None:
        self._number, self._all, self._attempt = 0, syncs, number
        self._began = time.monotonic()
        if number > 1:
            progress(f"Attempt {number} at the year: {syncs} syncs")

    def searched(self, result: BisectResult) -> None:
        behind = few((*result.edge_cases, *result.incidents))
        outcome = f"{result.result}, {behind}" if behind else str(result.result)
        progress(
            f"  searched for what breaks the sync {on(result.day)} ({result.district}): "
            f"{shown(outcome)}  {result.seconds:.1f} s"
        )

    def waiting(self, district: str, day: str, what: str) -> None:
        words = {
            "connect": "connect() to return",
            "sync": "sync() to return",
            "approve": "approve() to return",
            "snapshot": "snapshot() to return",
            "act": "an act in the app, such as finish_lesson(), to return",
            "restart": "restart() to return",
            "renew_token": "renew_token() to return",
            "sync_twice": "two syncs at once to return",
        }
        if self._meanwhile and what == "sync" and faults_of_day(district, day):
            self._meanwhile()
            self._meanwhile = None
        again = f"attempt {self._attempt}, " if self._attempt > 1 else ""
        if self._status:
            self._status.update(f"{again}{day} ({district}): waiting for {words.get(what, what)}")

    def answered(self, what: str, seconds: float) -> None:
        if what not in _SYNCS:
            self.other_calls += seconds

    def stopped(self, district: str, day: str, message: str) -> None:
        complain(
            one_line(message),
            f"The year stops {on(day)} in the {district} district. "
            "`rosterready doctor` shows more.",
        )

    def done(self, district: str, day: str, outcome: str) -> None:
        self._number += 1
        self._all = max(self._all, self._number)  # some apps get a district after the year
        if self._announcement:
            progress(self._announcement)
            self._announcement = ""
        stopped = "yellow" if faults_of_day(district, day) else "red"  # then stopping can be right
        colour = "green" if outcome in ("completed", "partial") else stopped
        took, self._began = time.monotonic() - self._began, time.monotonic()
        again = f"attempt {self._attempt}: " if self._attempt > 1 else ""
        progress(
            f"  {again}{self._number}/{self._all}  {day:<17} {district:<10} "
            f"[{colour}]{shown(outcome)}[/{colour}]  {took:.1f} s"
        )

    def close(self) -> None:
        if self._status:
            self._status.stop()


class Stopwatch:
    """How long each phase of a run took, told once at its end."""

    def __init__(self) -> None:
        self._laps: list[str] = []
        self._began = time.monotonic()

    def lap(self, phase: str, detail: str = "") -> None:
        """The phase that ends now."""
        now = time.monotonic()
        duration = f"{phase} {now - self._began:.1f} s"
        self._laps.append(f"{duration} ({detail})" if detail else duration)
        self._began = now

    def charge(self, phase: str, seconds: float) -> None:
        """So much of the time since the last lap belongs to this phase of its own."""
        if seconds:
            self._laps.append(f"{phase} {seconds:.1f} s")
            self._began += seconds

    def tell(self) -> None:
        progress(f"Took: {', '.join(self._laps)}")


def _announcement(plan: Plan, adapter: str) -> str:
    """What a rehearsal asks of the app."""
    days = " + ".join(f"{len(days)} {name}" for name, days in plan.counted.items())
    return (
        f"Rehearsing {shown(adapter)}: {plan.syncs} syncs ({days}), "
        f"{counted(len(plan.scenarios), 'scenario')}, {counted(len(plan.edge_cases), 'edge case')}"
    )


def tell(results: Results, written: Mapping[str, str]) -> None:
    """The verdict, the requirements that are not met, and where the reports are."""
    if not LOUDNESS.quiet:
        _tell_verdict(results)
        if written:
            OUT.print()
        for what, path in written.items():
            OUT.print(f"  {what:<20}{shown(path)}", soft_wrap=True)
        OUT.print()
    print_last_line(results.last_line)


def _tell_verdict(results: Results) -> None:
    colour, words = _WORDS[results.verdict]
    OUT.print(f"\n[{colour}]{words}[/{colour}]  {shown(results.run.app)}", soft_wrap=True)
    ended = results.run.ended
    fault = ended.partition(": ")[2] if ended.startswith(("stopped on ", "stopped after ")) else ""
    if fault:
        _indented(2, f"The rehearsal {ended}", "yellow")
    for row in results.requirements:
        state_colour, state = _STATES[row.state]
        OUT.print(f"  {row.id:<4}[{state_colour}]{state:<11}[/{state_colour}]{shown(row.title)}")
        narrow = row.state is RequirementState.MET and row.leaves_out
        broken = row.state in (RequirementState.NOT_MET, RequirementState.NOT_PROVEN)
        if narrow or (broken and not (fault and fault in row.reason)):
            _indented(17, row.reason, "dim")
    everything = LOUDNESS.verbose
    for cause in results.causes if everything else results.causes[:5]:
        OUT.print()
        _indented(2, cause.sentence)
        _indented(2, cause.remedy, "dim")
    errors = [c for c in results.checks if c.outcome is Outcome.ERROR and c.reason != fault]
    reasons = dict.fromkeys((check.responsible, check.reason) for check in errors)
    for responsible, reason in list(reasons)[: None if everything else 3]:
        OUT.print()
        _indented(2, f"Error, {responsible}: {reason}", "yellow")
    for note in results.notes:
        OUT.print()
        _indented(2, f"Note: {note}")


def _indented(columns: int, words: str, style: str = "") -> None:
    """Words wrapped to the terminal, all lines indented; of several lines the first."""
    words = harmless(words if LOUDNESS.verbose else one_line(words, 1000))
    OUT.print(Padding(Text(words, style=style), (0, 0, 0, columns), expand=False))


def print_last_line(line: str) -> None:
    """The stable last line of stdout, without colours or wrapping."""
    OUT.print(line, markup=False, highlight=False, style=None, soft_wrap=True)
