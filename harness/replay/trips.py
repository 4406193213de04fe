"""Trips: the trip through the year, and what follows when a sync breaks down in it.

Then the culprits are searched for in small districts of their own, and the year is played again
without them, so that every edge case that has nothing to do with it gets a verdict all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from harness.adapters.loaded import LoadedAdapter
from harness.contract.sync import Mode
from harness.district.population import FIVE_SCHOOLS, FIVE_SMALL_SCHOOLS, Size
from harness.plan.calendar import Calendar
from harness.plan.plan import Plan
from harness.recording.recording import Entry, Isolated, Recording
from harness.recording.writer import COMPLETED, INTERRUPTED, Writer
from harness.replay.clever import Clever
from harness.replay.damage import Damage, first_damage
from harness.replay.isolation import BUDGET, Isolation, suspects, with_cases
from harness.replay.progress import Progress, Silence
from harness.replay.replay import Year

MOST_TRIPS = 3
"""Trips through the year: the first, and two more without what broke those before."""

_HOPELESS = ("background", "no answer")
"""Results after which another trip would end as this one did."""

Calendars = Callable[[Plan, str, Size], Calendar]
"""The calendar of a plan under a salt, in a district of a size."""


@dataclass(slots=True, kw_only=True)
class Trips:
    """The trips of one rehearsal, from the first to the last."""

    adapter: LoadedAdapter
    clever: Clever
    writer: Writer
    calendars: Calendars
    salt: str
    mode: Mode
    timer: Callable[[], float]
    progress: Progress = field(default_factory=Silence)
    budget: int = BUDGET
    size: Size = FIVE_SCHOOLS
    """Of the common district on every trip."""

    def play(self, plan: Plan, calendar: Calendar) -> Recording:
        """Play a plan, first over this calendar.

        Raises OutputError, and KeyboardInterrupt after closing the recording.
        """
        self.writer.conceal(self.clever.client.secret, client_id=self.clever.client.id)
        started = self.timer()
        try:
            ended = self._trips(plan, calendar)
        except KeyboardInterrupt:
            self.writer.close(INTERRUPTED, self.timer() - started)
            raise
        return self.writer.close(ended, self.timer() - started)

    def _trips(self, plan: Plan, calendar: Calendar) -> str:
        left, unrepeated = self.budget, ""
        for number in range(1, MOST_TRIPS + 1):
            trip = _Trip(self.writer)
            self._withdraw_all()
            ended = self._year(plan, trip, self.progress).play(calendar)
            damage = first_damage(trip.entries)
            if damage is None:
                return ended
            # What does not repeat in a small district may need one of full size.
            size = self.size if damage.day == unrepeated else FIVE_SMALL_SCHOOLS
            found = self._search(plan, damage, trip.entries, size, number, left)
            left -= found.syncs
            unrepeated = damage.day if found.result == "does not repeat" else ""
            again = found.result not in _HOPELESS and number < MOST_TRIPS
            self.writer.add(replace(found, again=again))
            if not again:
                return ended
            plan = with_cases(plan, frozenset(plan.edge_cases) - set(found.edge_cases))
            calendar = self.calendars(plan, f"{self.salt}-{number + 1}", self.size)
        return COMPLETED

    def _search(
        self,
        plan: Plan,
        damage: Damage,
        entries: Sequence[Entry],
        size: Size,
        number: int,
        budget: int,
    ) -> Isolated:
        def told(what: str) -> None:
            self.progress.waiting("isolation", damage.day, what)

        search = Isolation(
            plan=plan,
            damage=damage,
            attempt=lambda part, salt: self._attempt(part, salt, size),
            salt=f"{self.salt}-{number}-alone",
            told=told,
            budget=budget,
        )
        return search.search(suspects(entries, damage))

    def _attempt(self, plan: Plan, salt: str, size: Size) -> Sequence[Entry]:
        """The entries of a trip in a district of its own, which nobody keeps."""
        self._withdraw_all()
        trip = _Trip(None)
        self._year(plan, trip, Silence()).play(self.calendars(plan, salt, size))
        return trip.entries

    def _withdraw_all(self) -> None:
        """Districts of earlier trips are not in play any more, and not listed."""
        for district in self.clever.simulator.districts:
            self.clever.simulator.withdraw(district)

    def _year(self, plan: Plan, trip: _Trip, progress: Progress) -> Year:
        return Year(plan, self.adapter, self.clever, trip, self.mode, self.timer, progress)


class _Trip:
    """Keeps the entries of one trip, and passes them on to the recording if there is one."""

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
