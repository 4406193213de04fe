"""SchoolYear: the days a served Clever is moved through, each made when it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from harness.cli.first_day import FirstDay, first_day
from harness.errors import UsageError
from harness.plan.plan import COMMON, DAYS, NEIGHBOUR, Day, Plan
from harness.simulator.simulator import Simulator

if TYPE_CHECKING:
    from harness.plan.calendar_day import CalendarDay


def days_of(plan: Plan) -> tuple[str, ...]:
    """The days any district of a plan plays, in their order."""
    return tuple(day for day in DAYS if any(day in days for days in plan.days.values()))


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is known of the year once its plan is compiled."""

    plan: Plan
    played: Mapping[str, Iterator[CalendarDay]]
    """The days after the first, by district."""


class SchoolYear:
    """Publishes the days of the year, forwards only; a fault day brings its fault along.

    The plan is compiled when somebody asks for more than the first day.
    """

    first = Day.FIRST_SHARE

    def __init__(
        self,
        simulator: Simulator,
        *,
        edge_cases: Path,
        features: Path,
        seed: int,
        salt: str,
        run_date: date,
    ) -> None:
        self._simulator = simulator
        self._features = features
        self._edge_cases = edge_cases
        self._begun: FirstDay = first_day(
            edge_cases, features, seed=seed, salt=salt, run_date=run_date
        )
        self.today = ""
        """The day that is played; "" before the first."""
        self.districts: dict[str, str] = {}
        """The Clever id of each district that has shared, by its name in the plan."""

    @cached_property
    def _rest(self) -> _Rest:
        from harness.catalogue.edge_cases import load_edge_cases
        from harness.plan.compile import compile_plan
        from harness.plan.district_year import play_year

        cases = load_edge_cases(self._edge_cases)
        plan = compile_plan(self._features, cases)
        plan = replace(plan, days={name: plan.days[name] for name in (COMMON, NEIGHBOUR)})
        begun = self._begun
        begun.refuse_other_plan(plan)
        played = {
            name: play_year(
                name,
                begun.sis[name],
                plan,
                [cases[case] for case in begun.cases[name]],
                shared=roster,
            )
            for name, (roster, _) in begun.shared.items()
        }
        for days in played.values():
            next(days)
        return _Rest(plan, played)

    @property
    def days(self) -> tuple[str, ...]:
        """The names of the days, in order."""
        return days_of(self._rest.plan)

    def move_to(self, day: str) -> None:
        """Plays every day up to this one; raises UsageError when it does not lie ahead."""
        if not self.today:
            self._begin()
            if day == self.first:
                return
        ahead = self.days[self.days.index(self.today) + 1 :]
        if day not in ahead:
            raise UsageError(
                f"{day} is not a day that lies ahead",
                hint=f"The days to come are {', '.join(ahead) or 'none'}.",
            )
        for name in ahead[: ahead.index(day) + 1]:
            self._play(name)

    def _begin(self) -> None:
        for district, (roster, at) in self._begun.shared.items():
            self._simulator.publish(roster, at=at)
            self.districts[district] = roster.district["id"]
        self.today = self.first

    def _play(self, name: str) -> None:
        from harness.plan.faults import FAULT_DAYS
        from harness.replay.fault_injection import faults_of

        simulator = self._simulator
        simulator.reset_rate_limits()
        if self.today in FAULT_DAYS:
            simulator.faults.clear()  # that day is over
        for district, days in self._rest.plan.days.items():
            if name in days:
                day = next(self._rest.played[district])
                simulator.publish(day.roster, at=day.at)
                if faults := faults_of(day):
                    simulator.faults.set(*faults)
        self.today = name
