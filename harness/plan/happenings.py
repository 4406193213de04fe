"""Happenings: what becomes of a small district of its own, beyond what single people do.

Between two syncs of the app Clever can sync several times with the district; the app sees the last
roster of them, and the events of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from harness.district.records import District
from harness.district.sis import Person, Sis
from harness.district.verbs import FORGOTTEN as FORGOTTEN_DAYS
from harness.district.verbs import leave
from harness.plan.plan import Happening

FEW = 3
"""How many students leave."""
GAPS: Mapping[str, timedelta] = {
    Happening.LATE: timedelta(days=60),
    Happening.YEAR_LATER: timedelta(days=FORGOTTEN_DAYS),
}
"""Between the last sync and one that comes late: events of the first half are kept no more."""
SUMMER = timedelta(days=75)
"""How long a district is paused."""
FORGOTTEN = timedelta(days=40)
"""How long ago something happened that a late sync finds no event of."""
SHORTLY = timedelta(hours=1)


def moment(day: str, days: Sequence[str], what: Mapping[str, str], at: datetime) -> datetime:
    """District time of a day: earlier than planned if a later sync comes late."""
    later = days[days.index(day) + 1 :]
    return at - sum((GAPS.get(what.get(one, ""), timedelta()) for one in later), timedelta())


def veiled(what: str, sis: Sis, at: datetime) -> Sis:
    """What of the district can be seen on a day, for that day alone; its SIS has it all."""
    match what:
        case Happening.YEAR_ENDS:
            return _without_classes(sis)
        case Happening.PAUSED:
            paused = District(
                **{
                    **sis.district,
                    "state": "paused",
                    "pause_start": at.date().isoformat(),
                    "pause_end": (at + SUMMER).date().isoformat(),
                }
            )
            return replace(_without_classes(sis), district=paused)
        case Happening.NOTHING_SHARED:
            return replace(_without_classes(sis), schools={}, people={})
        case _:
            return sis


def _without_classes(sis: Sis) -> Sis:
    return replace(sis, sections={}, courses={}, terms={})


def meanwhile(what: str, sis: Sis, at: datetime) -> tuple[tuple[Sis, datetime], ...]:
    """What Clever syncs from the district while the app reads, in the order it does."""
    if what != Happening.WHILE_READ:
        return ()
    fewer = _without_some(sis)
    return (fewer, at + SHORTLY), (_without_some(fewer), at + 2 * SHORTLY)


def happens(what: str, sis: Sis, at: datetime) -> Iterator[tuple[Sis, datetime]]:
    """What Clever syncs from the district until the app syncs, the last of it being current."""
    match what:
        case Happening.BACK_BEFORE_SYNC:
            yield _without_some(sis), at - SHORTLY
            yield sis, at
        case Happening.LATE:
            fewer = _without_some(sis, from_the_end=True)
            yield fewer, at - FORGOTTEN
            yield fewer, at
        case _:
            yield sis, at


def _without_some(sis: Sis, *, from_the_end: bool = False) -> Sis:
    """Without the first few students, or the last, who were part of no other happening."""
    students = [uid for uid, person in sorted(sis.people.items()) if _leaves(person)]
    for uid in students[-FEW:] if from_the_end else students[:FEW]:
        sis = leave(sis, uid)
    return sis


def _leaves(person: Person) -> bool:
    return person.visible and "student" in person.roles
