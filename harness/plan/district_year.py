"""A district's year: its days, one after the other, as the plan places what happens on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from harness.catalogue.edge_cases import EdgeCase
from harness.district.casts.cast import Cast
from harness.district.casts.changes import apply_change
from harness.district.casts.people import chosen_addresses
from harness.district.clever.events import EventOrder
from harness.district.clever.invariants import broken_invariants
from harness.district.clever.rules import roster_of, synced_at, with_news_since
from harness.district.clever.sharing import SharedPart, listed_but_unshared, shared_part
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.rollover import roll_over
from harness.district.sis.sis import Sis
from harness.errors import PlanError
from harness.plan.calendar_day import CalendarDay, DatedRoster
from harness.plan.incidents import clever_syncs, concurrent_changes, moment, visible_part
from harness.plan.plan import (
    NOT_SYNCED,
    Day,
    Incident,
    PlacedChange,
    Plan,
)
from harness.plan.school_calendar import SYNC_TIME, date_of, district_time

T = TypeVar("T")


def play_year(
    district: str,
    sis: Sis,
    plan: Plan,
    cases: Sequence[EdgeCase],
    *,
    shared: Roster | None = None,
) -> Iterator[CalendarDay]:
    """The days of a district, each made when it is asked for.

    `shared` is what it has shared on the first of them already, if it has.

    Raises PlanError for a change that is impossible on its day, or that no day has, and for a day
    whose roster breaks an invariant.
    """
    days = plan.days.get(district, ())
    changes = _Changes.of(plan, cases)
    changes.refuse_unplayed(days)
    incidents = {row.day: row.what for row in plan.incidents if row.district == district}
    nightly = _NightlySyncs(district=district, cases=cases, shared=shared)
    for day in days:
        incident = incidents.get(day, "")
        at = moment(day, days, incidents, district_time(day, sis.run_date))
        before = replace(sis, at=timestamp(at))
        after = changes.made_on(day, roll_over(before) if day == Day.ROLLOVER else before)
        until_sync: list[DatedRoster] = []
        for sis, when in clever_syncs(incident, after, at, before):
            seen = visible_part(incident, sis, when)
            until_sync.append(nightly.share(day, seen, when, synced=incident not in NOT_SYNCED))
        during_sync: list[DatedRoster] = []
        for sis, when in concurrent_changes(incident, after, at, before):
            during_sync.append(nightly.share(day, sis, when))
        yield CalendarDay(
            district=district,
            day=day,
            roster=until_sync[-1][0],
            cast=sis.cast_ids(),
            at=at,
            date=date_for_app(district, day, sis.run_date, plan),
            superseded=tuple(until_sync[:-1]),
            during_sync=tuple(during_sync),
            token_replaced=incident == Incident.ROTATED,
            token_replaced_during_sync=incident == Incident.TOKEN_DIES,
            feed_breaks_off=incident == Incident.BREAKS_OFF,
            superseded_unheard=incident == Incident.UNHEARD,
            event_order=EventOrder.RECORDED if incident == Incident.UNHEARD else None,
            full_sync=incident == Incident.ALL_WHILE_READ,
            disconnects=incident == Incident.DISCONNECTS,
        )


def date_for_app(district: str, day: str, run_date: date, plan: Plan) -> date:
    """What the app may take for the date: earlier if the district is away for long later on."""
    incidents = {row.day: row.what for row in plan.incidents if row.district == district}
    noon = datetime.combine(date_of(district, day, run_date, plan.archiving), SYNC_TIME)
    return moment(day, plan.days.get(district, ()), incidents, noon).date()


@dataclass(frozen=True, slots=True)
class _Changes:
    """The changes of the edge cases that live in a district."""

    placed: Sequence[PlacedChange]
    casts: Mapping[str, Cast]

    @classmethod
    def of(cls, plan: Plan, cases: Sequence[EdgeCase]) -> _Changes:
        casts = {case.id: case.cast for case in cases}
        return cls([change for change in plan.changes if change.edge_case in casts], casts)

    def made_on(self, day: str, sis: Sis) -> Sis:
        """The SIS after the changes of a day, in the order of the plan."""
        for change in self.placed:
            if change.day == day:
                sis = apply_change(sis, self.casts[change.edge_case], change.change)
        return sis

    def refuse_unplayed(self, days: Sequence[str]) -> None:
        """Raises PlanError for a change on a day that the district does not play."""
        for change in self.placed:
            if change.day not in days:
                raise PlanError(
                    f'"{change.change}" of {change.edge_case} is on {change.day}, '
                    f"but the district plays {', '.join(days) or 'no day'}"
                )


def _known(before: Roster | None, now: Roster, sis: Sis) -> Roster:
    """What Clever has after a sync: what is shared, and what it had and the SIS has not dropped.

    Sharing changes no record, so that what is shared again is as it was, `last_modified` included.
    """
    if before is None:
        return now
    kept = (sis.people, sis.sections, sis.courses, sis.terms)
    dropped = {entry.id for entries in kept for entry in entries.values() if not entry.present}

    def joined(earlier: Mapping[str, T], later: Mapping[str, T]) -> dict[str, T]:
        absent = earlier.keys() - later.keys() - dropped
        return {**{key: earlier[key] for key in absent}, **later} if absent else dict(later)

    return Roster(
        district=now.district,
        schools=joined(before.schools, now.schools),
        terms=joined(before.terms, now.terms),
        courses=joined(before.courses, now.courses),
        sections=joined(before.sections, now.sections),
        users=joined(before.users, now.users),
    )


@dataclass(slots=True, kw_only=True)
class _NightlySyncs:
    """Clever's syncs with a district: each roster is checked, and builds on the one before."""

    district: str
    cases: Sequence[EdgeCase]
    shared: Roster | None = None
    """The first one, if it is there already."""
    known: Roster | None = None
    """What Clever has of the district, shared with the app or not."""
    latest: tuple[SharedPart, Roster] | None = None
    """What was shared last, and as which records."""

    def share(self, day: str, sis: Sis, when: datetime, *, synced: bool = True) -> DatedRoster:
        """What the district shares from a moment on; raises PlanError for a broken invariant.

        `last_sync` stays where it was if Clever could not sync with the district, and
        `last_clever_sync` if nothing that is shared is new, has changed or is gone.
        """
        first, self.shared = self.shared, None
        part, roster = self.latest or (None, None)
        unchanged = part is not None and sis.holds_what(part.sis)
        if part and roster and unchanged:
            roster = replace(roster, district={**roster.district, **synced_at(sis, when)})
        else:
            earlier, part = part, shared_part(sis)
            roster = first or roster_of(part, at=when, previous=self.known, earlier=earlier)
        if self.known and not synced:
            last_sync = self.known.district["last_sync"]
            roster = replace(roster, district={**roster.district, "last_sync": last_sync})
        roster = with_news_since(self.latest and self.latest[1], roster)
        if self.known and unchanged:
            self.known = replace(self.known, district=roster.district)
        else:
            self._refuse_broken(day, roster, sis)
            self.known = _known(self.known, roster, sis)
        self.latest = part, roster
        return roster, when

    def _refuse_broken(self, day: str, roster: Roster, sis: Sis) -> None:
        shared_emails = {
            address for case in self.cases for address in chosen_addresses(sis, case.cast)
        }
        excused = {
            sis.clever_id(case.id, name): member.raw.breaks
            for case in self.cases
            for name, member in case.cast.members.items()
            if member.raw.breaks
        }
        hidden = listed_but_unshared(sis).values()
        problems = broken_invariants(
            roster,
            shared_emails=shared_emails,
            listed_but_unshared=hidden,
            excused=excused,
            before=self.latest[1] if self.latest else None,
        )
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            raise PlanError(
                f"on {day} the {self.district} district would share what Clever never shares: "
                f"{problems[0]}{more}",
                hint="The change of an edge case that is placed on this day breaks it.",
            )
