"""Calm days: nothing that happens to an edge case looks like a mass change on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.plan.calendar import Calendar
from harness.plan.calendar_day import CalendarDay
from harness.plan.plan import COMMON, NEIGHBOUR, Day

CALM = (Day.MIDYEAR, Day.DEPARTURES, Day.RETURNS)
"""Days on which no mass change may seem to happen: Clever itself holds a sync above 10 %."""
CALM_SHARE = 0.05


def mass_changes(calendar: Calendar) -> tuple[str, ...]:
    """A sentence for every calm day on which over 5 % of a record type are lost or changed."""
    sentences: list[str] = []
    for district in (COMMON, NEIGHBOUR):
        days = calendar.of(district)
        for before, after in pairwise(days):
            if after.day in CALM:
                sentences.extend(_of_day(before.roster, after))
    return tuple(sentences)


def _of_day(before: Roster, after: CalendarDay) -> Iterator[str]:
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
