"""Attempts: each plays the year once; another follows one in which a sync breaks down.

Then the culprits are searched for in small districts of their own, and the year is played again
without them, so that every edge case that has nothing to do with it gets a verdict all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from harness.adapters.loaded import LoadedAdapter
from harness.contract.adapter import Capability
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.district.population.sizes import FIVE_SCHOOLS, FIVE_SMALL_SCHOOLS, Size
from harness.plan.calendar import Calendar
from harness.plan.calendar_day import CalendarDay
from harness.plan.plan import (
    AFTER_THE_YEAR,
    COMMON,
    KILLED_MIDWAY,
    LONG_LISTS,
    SYNCED_TWICE,
    Day,
    Plan,
)
from harness.recording.attempt_salt import attempt_salt
from harness.recording.list_limits import wants_long_lists
from harness.recording.recording import (
    BisectOutcome,
    BisectResult,
    Entry,
    LoggedRequest,
    Recording,
)
from harness.recording.writer import COMPLETED, INTERRUPTED, Writer
from harness.replay.attempt import SYNC, YearAttempt
from harness.replay.bisect.same_size import rosters_of
from harness.replay.bisect.search import BUDGET, BisectSearch, placed_on, suspects
from harness.replay.bisect.subplans import without
from harness.replay.breakdown import Breakdown, breakdowns
from harness.replay.progress import Progress, Silence
from harness.replay.simulated_clever import SimulatedClever

MOST_ATTEMPTS = 3
"""Attempts at the year: the first, and two more without what broke those before.

There is one more for every small district that is left out as a whole.
"""

_HOPELESS = (
    BisectOutcome.BACKGROUND,
    BisectOutcome.SIZE,
    BisectOutcome.REQUEST,
    BisectOutcome.NO_ANSWER,
)
"""Results after which another attempt would end as this one did."""
_CERTAIN = (BisectOutcome.CULPRIT, BisectOutcome.TOGETHER, BisectOutcome.DISTRICT)
"""Results that say what to leave out."""

Calendars = Callable[[Plan, str, Size], Calendar]
"""The calendar of a plan under a salt, in a district of a size."""


@dataclass(slots=True, kw_only=True)
class YearAttempts:
    """The attempts of one rehearsal, from the first to the last."""

    adapter: LoadedAdapter
    clever: SimulatedClever
    writer: Writer
    calendars: Calendars
    salt: str
    mode: Mode
    timer: Callable[[], float]
    profile: Profile = field(default_factory=Profile)
    """What the vendor declares; it decides which syncs did their work."""
    progress: Progress = field(default_factory=Silence)
    budget: int = BUDGET
    size: Size = FIVE_SCHOOLS
    """Of the common district on every attempt."""
    pace: float = 0
    """Seconds between one day of the year and the next."""
    skip: Callable[[float], None] | None = None
    """Lets that time be over; None: it is waited for."""
    _spent: int = field(default=0, init=False)
    """Syncs the searches have asked for."""
    _unrepeated: set[tuple[str, str]] = field(default_factory=set, init=False)
    """Districts and days of breakdowns that did not repeat on the attempt before."""

    def play(self, plan: Plan, calendar: Calendar) -> Recording:
        """Play a plan, first over this calendar.

        Raises OutputError, and KeyboardInterrupt after closing the recording.
        """
        self.writer.conceal(self.clever.client.secret, client_id=self.clever.client.id)
        started = self.timer()
        try:
            ended = self._attempts(plan, calendar)
        except KeyboardInterrupt:
            self.writer.close(INTERRUPTED, self.timer() - started)
            raise
        return self.writer.close(ended, self.timer() - started)

    def _attempts(self, plan: Plan, calendar: Calendar) -> str:
        most = MOST_ATTEMPTS
        for number in count(1):
            attempt = _AttemptLog(self.writer)
            self._withdraw_all()
            self.progress.attempt(number, plan.syncs)
            year = self._year(plan, attempt, self.progress, stops_unasked=number == 1)
            ended = year.play(self._paced(self._days_of(calendar, attempt.entries)))
            if year.asked_nothing:
                return ended
            results = self._explained(plan, attempt.entries, number)
            left_out = sum(result.result == BisectOutcome.DISTRICT for result in results.values())
            most += left_out  # each district only once
            again = number < most and _of_use(results)
            for result in results.values():
                self.writer.add(replace(result, again=again))
                plan = without(plan, result)
            if not again:
                return ended
            calendar = self.calendars(plan, attempt_salt(self.salt, number + 1), self.size)
        return COMPLETED

    def _explained(
        self, plan: Plan, entries: Sequence[Entry], number: int
    ) -> dict[Breakdown, BisectResult]:
        """What is behind the breakdowns of an attempt, each in a district of its own.

        Those after one that could not be explained are left alone: they may follow from it.
        """
        results: dict[Breakdown, BisectResult] = {}
        for breakdown in breakdowns(entries, plan, self.profile):
            result = self._search(plan, breakdown, entries, number)
            self._spent += result.syncs
            if results and result.result not in _CERTAIN:
                break
            results[breakdown] = result
            if result.result not in _CERTAIN:
                break
        self._unrepeated = {
            (breakdown.district, breakdown.day)
            for breakdown, result in results.items()
            if result.result == BisectOutcome.DOES_NOT_REPEAT
        }
        return results

    def _search(
        self, plan: Plan, breakdown: Breakdown, entries: Sequence[Entry], number: int
    ) -> BisectResult:
        # What does not repeat in a small district may need one of full size.
        repeats = (breakdown.district, breakdown.day) not in self._unrepeated
        size = FIVE_SMALL_SCHOOLS if repeats else self.size

        def report(what: str) -> None:
            self.progress.waiting("bisect", breakdown.day, what)

        search = BisectSearch(
            plan=plan,
            breakdown=breakdown,
            profile=self.profile,
            attempt=self._attempt,
            salt=f"{self.salt}-{number}-{breakdown.district}-alone",
            report=report,
            rosters=rosters_of(entries, breakdown.district, breakdown.day),
            size=size,
            budget=self.budget - self._spent,
        )
        began = self.timer()
        result = search.search([*suspects(entries, breakdown), *placed_on(plan, breakdown)])
        result = replace(result, seconds=round(self.timer() - began, 3))
        self.progress.searched(result)
        return result

    def _attempt(self, plan: Plan, salt: str, size: Size) -> Sequence[Entry]:
        """The entries of an attempt in a district of its own, which nobody keeps."""
        self._withdraw_all()
        attempt = _AttemptLog(None)
        calendar = self.calendars(plan, salt, size)
        later = (
            day
            for name in AFTER_THE_YEAR
            for day in calendar.later(name)
            if name != KILLED_MIDWAY or self.adapter.killed_by
        )
        self._year(plan, attempt, Silence()).play((*calendar, *later))
        return attempt.entries

    def _days_of(self, calendar: Calendar, entries: Sequence[Entry]) -> Iterator[CalendarDay]:
        """The days of the year, then of `long-lists` if what was recorded meanwhile asks for it.

        At last those of `synced-twice`, if the adapter can start two syncs at once, and of
        `killed-midway`, if something can kill the app.
        """
        yield from calendar
        first_sync = [
            entry
            for entry in entries
            if isinstance(entry, LoggedRequest)
            and (entry.district, entry.day, entry.during) == (COMMON, Day.FIRST_SHARE, SYNC)
        ]
        if wants_long_lists(first_sync):
            yield from calendar.later(LONG_LISTS)
        if Capability.TWICE in self.adapter.capabilities:
            yield from calendar.later(SYNCED_TWICE)
        if self.adapter.killed_by:
            yield from calendar.later(KILLED_MIDWAY)

    def _paced(self, days: Iterable[CalendarDay]) -> Iterator[CalendarDay]:
        """The same days, each begun a while after the one before; `before` is no day of Clever's.

        A day that several districts play is one day.
        """
        before = ""
        for day in days:
            if self.pace and before not in ("", Day.BEFORE, day.day):
                (self.skip or time.sleep)(self.pace)
            before = day.day
            yield day

    def _withdraw_all(self) -> None:
        """Districts of earlier attempts are not in play any more, and not listed."""
        for district in self.clever.simulator.districts:
            self.clever.simulator.disconnect(district)

    def _year(
        self, plan: Plan, attempt: _AttemptLog, progress: Progress, *, stops_unasked: bool = False
    ) -> YearAttempt:
        return YearAttempt(
            plan,
            self.adapter,
            self.clever,
            attempt,
            self.mode,
            self.timer,
            progress,
            stops_unasked=stops_unasked,
        )


def _of_use(results: Mapping[Breakdown, BisectResult]) -> bool:
    """Whether another attempt shows more: not where an app lives on that fails a whole district."""
    if any(result.result in _HOPELESS for result in results.values()):
        return False
    return any(
        result.result != BisectOutcome.DISTRICT or breakdown.unanswered or breakdown.died
        for breakdown, result in results.items()
    )


class _AttemptLog:
    """Keeps the entries of one attempt, and passes them on to the recording if there is one."""

    def __init__(self, writer: Writer | None) -> None:
        self._writer = writer
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        if self._writer is not None:
            self._writer.add(entry)

    def conceal(self, *secrets: str, client_id: str = "") -> None:
        if self._writer is not None:
            self._writer.conceal(*secrets, client_id=client_id)
