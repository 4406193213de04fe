"""The year on paper: what a composed app reads and holds on every day of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from composed.app import ComposedApp, Refused
from composed.paper import PaperClever, PaperFault
from composed.policies import Policies

from harness.contract.snapshot import Snapshot
from harness.contract.sync import Sync
from harness.plan.calendar import Calendar
from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import faults_of_day
from harness.plan.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDay:
    """One district's day with one app."""

    day: CalendarDay
    read: frozenset[tuple[str, str]]
    """Kind and id of the records that were delivered."""
    readable: frozenset[tuple[str, str]]
    """The same, had no answer failed."""
    incomplete: tuple[str, ...]
    """What failed for good; a refused sync has some too."""
    single: bool
    """Whether a record's own path was among it."""
    sync: Sync
    before: Snapshot
    """All rows the app had before its sync, shown or not."""
    after: Snapshot
    acted: Snapshot
    """After people did their lessons."""
    shown: Snapshot
    """What the app shows after its sync."""
    lessons: tuple[tuple[str, str], ...]
    """Clever ID and name of each lesson that was done."""

    @property
    def calm(self) -> bool:
        """Whether Clever answers well."""
        return not faults_of_day(self.day.district, self.day.day)


def year(policies: Policies, plan: Plan, calendar: Calendar) -> list[PaperDay]:
    """Every day of every district, in the order of the calendar."""
    app = ComposedApp(policies)
    return [_play(app, plan, day) for day in calendar]


def _play(app: ComposedApp, plan: Plan, day: CalendarDay) -> PaperDay:
    district = day.roster.district["id"]
    before = app.rows(district)
    clever = PaperClever(day.roster, app.policies.failure, list(_faults(day)))
    sync = app.sync(district, lambda: clever)
    after, shown = app.rows(district), app.snapshot(district)
    lessons = tuple(_lessons(app, plan, day))
    return PaperDay(
        day=day,
        read=frozenset(clever.delivered),
        readable=_readable(app.policies, day),
        incomplete=tuple(clever.incomplete),
        single=clever.single,
        sync=sync,
        before=before,
        after=after,
        acted=app.rows(district),
        shown=shown,
        lessons=lessons,
    )


def _faults(day: CalendarDay) -> Iterator[PaperFault]:
    spared = frozenset(key for cast in day.cast.values() for key in cast.values())
    for planned in faults_of_day(day.district, day.day):
        yield PaperFault(planned, spared)


def _readable(policies: Policies, day: CalendarDay) -> frozenset[tuple[str, str]]:
    clever = PaperClever(day.roster)
    with suppress(Refused):
        ComposedApp(policies).sync("", lambda: clever)
    return frozenset(clever.delivered)


def _lessons(app: ComposedApp, plan: Plan, day: CalendarDay) -> Iterator[tuple[str, str]]:
    for act in plan.on(day.day)[1]:
        if not (act.account or act.edit) and act.edge_case in day.cast:
            who = day.cast[act.edge_case][act.person]
            lesson = f"lesson {act.edge_case}/{act.person}/{act.day}"
            with suppress(LookupError):
                app.finish_lesson(day.roster.district["id"], who, lesson)
                yield who, lesson
