"""Calendar: what every district shares on every day of a plan.

The common district, where the casts live, plays its days, the neighbour its own; when people had
accounts before Clever, a day `before` comes first, on which nothing is shared. District time
moves three days a day, as Certification ISD rotates, and ends the day before the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from harness.catalogue.edge_cases import EdgeCase
from harness.district.build import build_district, build_neighbour, build_small
from harness.district.population.look_alikes import with_look_alikes
from harness.district.population.sizes import (
    FIVE_SCHOOLS,
    LONG,
    NO_DISTRICT_ADMIN,
    SMALL,
    THREE_PAGES,
    TWO_PAGES,
    WITH_A_NEW_SCHOOL,
    WITH_AN_EMPTY_SCHOOL,
    WITH_TWO_EMPTY_SCHOOLS,
    Size,
)
from harness.district.sis.sis import Sis
from harness.plan.calendar_day import CalendarDay
from harness.plan.district_year import play_year
from harness.plan.plan import (
    COMINGS_AND_GOINGS,
    COMMON,
    DAYS,
    FOLLOWED_BY_EVENTS,
    KILLED_MIDWAY,
    LISTS_FAIL,
    LONG_LISTS,
    NEIGHBOUR,
    ODD_VALUES,
    OLD_DATA,
    Day,
    Plan,
)
from harness.plan.school_calendar import DAYS_APART


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """All days of all districts, in the order they are played: by day, the common one first."""

    days: tuple[CalendarDay, ...]
    later: Callable[[str], tuple[CalendarDay, ...]] = field(default=lambda _: (), repr=False)
    """Makes the days of a district of `AFTER_THE_YEAR`, for an app that is asked to sync it."""

    def __iter__(self) -> Iterator[CalendarDay]:
        return iter(self.days)

    def __len__(self) -> int:
        return len(self.days)

    def of(self, district: str) -> tuple[CalendarDay, ...]:
        """The days of one district, in order."""
        return tuple(day for day in self.days if day.district == district)


def build_calendar(
    plan: Plan,
    edge_cases: Mapping[str, EdgeCase],
    *,
    seed: int,
    salt: str,
    run_date: date,
    size: Size = FIVE_SCHOOLS,
) -> Calendar:
    """The calendar of a plan; only its own edge cases have their casts in the district.

    Raises PlanError for a change that is impossible on its day, and for a day whose roster breaks
    an invariant; DocumentError for a cast that cannot be placed.
    """

    def played(days: Mapping[str, tuple[str, ...]]) -> dict[str, list[CalendarDay]]:
        chosen = replace(plan, days=days)
        by_district = play_days(
            chosen, edge_cases, seed=seed, salt=salt, run_date=run_date, size=size
        )
        return {name: list(of) for name, of in by_district.items()}

    def later(name: str) -> tuple[CalendarDay, ...]:
        return tuple(played({name: plan.days.get(name, ())}).get(name, ()))

    listed = played(plan.counted)
    days = [day for of in listed.values() for day in of]
    used_before = {plan.home(act.edge_case) for act in plan.on(Day.BEFORE)[1]}
    days += [_before(of) for name, of in listed.items() if of and name in used_before]
    return Calendar(days=tuple(sorted(days, key=lambda day: DAYS.index(Day(day.day)))), later=later)


def play_days(
    plan: Plan,
    edge_cases: Mapping[str, EdgeCase],
    *,
    seed: int,
    salt: str,
    run_date: date,
    size: Size = FIVE_SCHOOLS,
) -> Mapping[str, Iterator[CalendarDay]]:
    """The days of each district of a plan, every day made when it is asked for.

    Raises what `build_calendar` raises, a day's errors when it is its turn.
    """
    cases: dict[str, list[EdgeCase]] = {name: [] for name in (COMMON, NEIGHBOUR, *plan.days)}
    for edge_case in plan.edge_cases:
        if (home := plan.home(edge_case)) in cases:
            cases[home].append(edge_cases[edge_case])

    @cache
    def common() -> Sis:
        casts = [case.cast for case in cases[COMMON]]
        return build_district(casts, seed=seed, salt=salt, run_date=run_date, size=size)

    def built(name: str) -> Sis:
        casts = [case.cast for case in cases[name]]
        if name == NEIGHBOUR:
            return build_neighbour(seed=seed, salt=salt, run_date=run_date)
        if name == COMMON:
            return common()
        small = LONG if name == LONG_LISTS else SMALL
        if name == LISTS_FAIL and size is FIVE_SCHOOLS:
            small = THREE_PAGES
        elif name == COMINGS_AND_GOINGS:
            small = WITH_A_NEW_SCHOOL
        elif name == KILLED_MIDWAY:
            small = TWO_PAGES
        elif name == OLD_DATA:
            small = NO_DISTRICT_ADMIN
        elif name == FOLLOWED_BY_EVENTS:
            small = WITH_TWO_EMPTY_SCHOOLS
        elif name == ODD_VALUES:
            small = WITH_AN_EMPTY_SCHOOL
        sis = build_small(name, casts, seed=seed, salt=salt, run_date=run_date, size=small)
        return with_look_alikes(sis, common()) if name == ODD_VALUES else sis

    def days(name: str) -> Iterator[CalendarDay]:
        yield from play_year(name, built(name), plan, cases[name])

    names = dict.fromkeys((COMMON, NEIGHBOUR, *plan.days))
    return {name: days(name) for name in names if plan.days.get(name)}


def _before(days: Sequence[CalendarDay]) -> CalendarDay:
    """The day before Clever is connected: people are who they are when they are shared first.

    Some of a cast have used the app for years and are shared later than others.
    """
    first, apart = days[0], timedelta(days=DAYS_APART)
    cast = {clever_id for names in first.cast.values() for clever_id in names.values()}
    later = {
        clever_id: day.roster.users[clever_id]
        for day in reversed(days)
        for clever_id in cast & day.roster.users.keys()
    }
    return replace(
        first,
        day=Day.BEFORE,
        roster=replace(first.roster, users={**first.roster.users, **later}),
        at=first.at - apart,
        date=first.date and first.date - apart,
    )
