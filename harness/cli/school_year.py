"""SchoolYear: the days a served Clever is moved through, each made when it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.errors import UsageError
from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import FAULT_DAYS
from harness.plan.plan import DAYS, Plan
from harness.replay.fault_injection import faults_of
from harness.simulator.simulator import Simulator


def days_of(plan: Plan) -> tuple[str, ...]:
    """The days any district of a plan plays, in their order."""
    return tuple(day for day in DAYS if any(day in days for days in plan.days.values()))


class SchoolYear:
    """Publishes the days of a plan, forwards only; a fault day brings its fault along."""

    def __init__(
        self, simulator: Simulator, plan: Plan, played: Mapping[str, Iterator[CalendarDay]]
    ) -> None:
        self._simulator = simulator
        self._plan = plan
        self._played = played
        self.days = days_of(plan)
        self._ahead = list(self.days)
        self.today = ""
        """The day that is played; "" before the first."""
        self.districts: dict[str, str] = {}
        """The Clever id of each district that has shared, by its name in the plan."""

    def move_to(self, day: str) -> None:
        """Plays every day up to this one; raises UsageError when it does not lie ahead."""
        if day not in self._ahead:
            raise UsageError(
                f"{day} is no day that lies ahead",
                hint=f"The days to come are {', '.join(self._ahead) or 'none'}.",
            )
        while self.today != day:
            self._play(self._ahead.pop(0))

    def _play(self, name: str) -> None:
        simulator = self._simulator
        simulator.reset_rate_limits()
        if self.today in FAULT_DAYS:
            simulator.faults.clear()  # that day is over
        for district, days in self._plan.days.items():
            if name in days:
                day = next(self._played[district])
                simulator.publish(day.roster, at=day.at)
                self.districts[district] = day.roster.district["id"]
                if faults := faults_of(day):
                    simulator.faults.set(*faults)
        self.today = name
