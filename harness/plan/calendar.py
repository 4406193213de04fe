"""Calendar: what every district shares on every day of a plan.

The common district, where the casts live, plays its days, the neighbour its own; when people had
accounts before Clever, a day `before` comes first, on which nothing is shared. District time
moves three days a day, as Certification ISD rotates, and ends the day before the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from harness.catalogue.edge_cases import EdgeCase
from harness.district.build import (
    FIVE_SCHOOLS,
    Size,
    build_district,
    build_neighbour,
    build_small,
)
from harness.district.casts.changes import apply
from harness.district.casts.people import chosen_addresses
from harness.district.clever.invariants import broken_invariants
from harness.district.clever.rules import share
from harness.district.clever.sharing import listed_but_unshared
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.rollover import roll_over
from harness.district.sis.sis import Sis
from harness.errors import PlanError
from harness.plan.happenings import happens, meanwhile, moment, veiled
from harness.plan.plan import COMMON, DAYS, NEIGHBOUR, Day, Happening, PlacedChange, Plan

DAYS_APART = 3
CALM = (Day.MIDYEAR, Day.DEPARTURES, Day.RETURNS)
"""Days on which no mass change may seem to happen: Clever itself holds a sync above 10 %."""
CALM_SHARE = 0.05
_SYNC_TIME = time(16, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """What one district shares on one day, or on `before` will share on the first."""

    district: str
    day: str
    roster: Roster
    cast: Mapping[str, Mapping[str, str]]
    """Edge case → name → Clever id, also of who is away; empty for the neighbour."""
    at: datetime
    """District time."""
    unseen: tuple[tuple[Roster, datetime], ...] = ()
    """What it shared since the app's last sync, and does not share any more."""
    meanwhile: tuple[tuple[Roster, datetime], ...] = ()
    """What it shares next, while the app reads."""
    new_token: bool = False
    """Whether its token was replaced, so that the one before works no more."""
    token_dies: bool = False
    """Whether its token is replaced while the app reads."""
    feed_breaks_off: bool = False
    """Whether the app cannot read its events to their end."""
    wants_all: bool = False
    """Whether the app is asked for a full sync, whatever it does on other days."""
    disconnects: bool = False
    """Whether it has taken its token away, so that nothing of this can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """All days of all districts, in the order they are played: by day, the common one first."""

    days: tuple[CalendarDay, ...]

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
    played = play_days(plan, edge_cases, seed=seed, salt=salt, run_date=run_date, size=size)
    days = [day for district in played.values() for day in district]
    if days and plan.on(Day.BEFORE)[1]:
        days.append(_before(days[0]))
    return Calendar(days=tuple(sorted(days, key=lambda day: DAYS.index(Day(day.day)))))


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

    def built(name: str) -> Sis:
        casts = [case.cast for case in cases[name]]
        if name == NEIGHBOUR:
            return build_neighbour(seed=seed, salt=salt, run_date=run_date)
        if name == COMMON:
            return build_district(casts, seed=seed, salt=salt, run_date=run_date, size=size)
        return build_small(name, casts, seed=seed, salt=salt, run_date=run_date)

    names = dict.fromkeys((COMMON, NEIGHBOUR, *plan.days))
    return {
        name: _played(name, built(name), plan, cases[name]) for name in names if plan.days.get(name)
    }


def _before(first: CalendarDay) -> CalendarDay:
    """The day before Clever is connected: people are who they are on the first day."""
    apart = timedelta(days=DAYS_APART)
    return replace(first, day=Day.BEFORE, at=first.at - apart)


def district_time(day: str, run_date: date) -> datetime:
    """When Clever's nightly sync of a day of the school year happened; always before the run."""
    ago = 1 + DAYS_APART * (len(DAYS) - 1 - DAYS.index(Day(day)))
    return datetime.combine(run_date - timedelta(days=ago), _SYNC_TIME)


def upheavals(calendar: Calendar) -> tuple[str, ...]:
    """A sentence for every calm day on which over 5 % of a record type are lost or changed."""
    found: list[str] = []
    for district in (COMMON, NEIGHBOUR):
        days = calendar.of(district)
        for before, after in pairwise(days):
            if after.day in CALM:
                found.extend(_upheavals(before.roster, after))
    return tuple(found)


def _upheavals(before: Roster, after: CalendarDay) -> Iterator[str]:
    for kind in Kind:
        old, new = before.of(kind), after.roster.of(kind)
        lost = sum(key not in new for key in old)
        changed = sum(key in new and new[key] is not record for key, record in old.items())
        for word, count in (("lose", lost), ("change", changed)):
            if kind is not Kind.DISTRICTS and count > CALM_SHARE * len(old):
                yield (
                    f"{after.district}, {after.day}: {count} of {len(old)} {kind} {word}, "
                    f"more than {CALM_SHARE:.0%}"
                )


def _played(
    district: str, sis: Sis, plan: Plan, cases: Sequence[EdgeCase]
) -> Iterator[CalendarDay]:
    previous: Roster | None = None
    casts = {case.id: case.cast for case in cases}
    days = plan.days.get(district, ())
    changes = [change for change in plan.changes if change.edge_case in casts]
    _refuse_unplayed(changes, days)
    what = {one.day: one.what for one in plan.happenings if one.district == district}
    for day in days:
        at = moment(day, days, what, district_time(day, sis.run_date))
        before = sis = replace(sis, at=timestamp(at))
        if day == Day.ROLLOVER:
            sis = roll_over(sis)
        for change in changes:
            if change.day == day:
                sis = apply(sis, casts[change.edge_case], change.change)
        changed = sis
        synced: list[tuple[Roster, datetime]] = []
        for source, when in happens(what.get(day, ""), sis, at, before):
            sis, seen = source, veiled(what.get(day, ""), source, when)
            previous = share(seen, at=when, previous=previous)
            _refuse_broken(district, day, previous, seen, cases)
            synced.append((previous, when))
        later: list[tuple[Roster, datetime]] = []
        for source, when in meanwhile(what.get(day, ""), changed, at, before):
            sis, previous = source, share(source, at=when, previous=previous)
            _refuse_broken(district, day, previous, sis, cases)
            later.append((previous, when))
        yield CalendarDay(
            district=district,
            day=day,
            roster=synced[-1][0],
            cast=sis.cast_ids(),
            at=at,
            unseen=tuple(synced[:-1]),
            meanwhile=tuple(later),
            new_token=what.get(day) == Happening.ROTATED,
            token_dies=what.get(day) == Happening.TOKEN_DIES,
            feed_breaks_off=what.get(day) == Happening.BREAKS_OFF,
            wants_all=what.get(day) == Happening.ALL_WHILE_READ,
            disconnects=what.get(day) == Happening.FAREWELL,
        )


def _refuse_unplayed(changes: Sequence[PlacedChange], days: Sequence[str]) -> None:
    for change in changes:
        if change.day not in days:
            raise PlanError(
                f'"{change.change}" of {change.edge_case} is on {change.day}, '
                f"but the district plays {', '.join(days) or 'no day'}"
            )


def _refuse_broken(
    district: str, day: str, roster: Roster, sis: Sis, cases: Sequence[EdgeCase]
) -> None:
    shared_emails = {address for case in cases for address in chosen_addresses(sis, case.cast)}
    excused = {
        sis.clever_id(case.id, name): member.raw.breaks
        for case in cases
        for name, member in case.cast.members.items()
        if member.raw.breaks
    }
    hidden = listed_but_unshared(sis).values()
    problems = broken_invariants(
        roster, shared_emails=shared_emails, listed_but_unshared=hidden, excused=excused
    )
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise PlanError(
            f"on {day} the {district} district would share what Clever never shares: "
            f"{problems[0]}{more}",
            hint="The change of an edge case that is placed on this day breaks it.",
        )
