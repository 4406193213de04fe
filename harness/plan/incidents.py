"""Incidents: what becomes of a small district of its own, beyond what single people do.

Between two syncs of the app Clever can sync several times with the district; the app sees the last
roster of them, and the events of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from harness.district.data_model.records import District, School
from harness.district.sis.entries import (
    CourseEntry,
    Entry,
    PersonEntry,
    SchoolEntry,
    SectionEntry,
    TermEntry,
    is_cast,
)
from harness.district.sis.presence import DAYS_UNTIL_FORGOTTEN, leave
from harness.district.sis.sis import Sis
from harness.plan.plan import NOT_SYNCED, Incident

FEW = 3
"""How many students leave."""
MANY = 20
"""How many have another address for a moment: more than have events in a batch's first second."""
GAPS: Mapping[str, timedelta] = {
    Incident.LATE: timedelta(days=60),
    Incident.YEAR_LATER: timedelta(days=DAYS_UNTIL_FORGOTTEN),
}
"""Between the last sync and one that comes late: events of the first half are kept no more."""
SUMMER = timedelta(days=75)
"""How long a district is paused."""
FORGOTTEN = timedelta(days=40)
"""How long ago something happened that a late sync finds no event of."""
SHORTLY = timedelta(hours=1)
AT_ONCE = timedelta(milliseconds=400)
"""Between two syncs so close that events of both have the same time, which is in whole seconds."""
WRONG = "wrong."
"""What addresses, names or numbers begin with in a night that the next one puts right."""


def moment(day: str, days: Sequence[str], what: Mapping[str, str], at: datetime) -> datetime:
    """District time of a day: earlier than planned if a later sync comes late."""
    later = days[days.index(day) + 1 :]
    return at - sum((GAPS.get(what.get(each, ""), timedelta()) for each in later), timedelta())


def visible_part(what: str, sis: Sis, at: datetime) -> Sis:
    """What of the district can be seen on a day, for that day alone; its SIS has it all."""
    match what:
        case Incident.YEAR_ENDS:
            return _without_classes(sis)
        case Incident.PAUSED:
            paused = District(
                **{
                    **sis.district,
                    "state": "paused",
                    "pause_start": at.date().isoformat(),
                    "pause_end": (at + SUMMER).date().isoformat(),
                }
            )
            return replace(_without_classes(sis), district=paused)
        case Incident.PENDING | Incident.ERROR:
            return replace(sis, district=District(**{**sis.district, "state": NOT_SYNCED[what]}))
        case Incident.NOTHING_SHARED:
            return replace(_without_classes(sis), schools={}, people={})
        case _:
            return sis


def _without_classes(sis: Sis) -> Sis:
    return replace(sis, sections={}, courses={}, terms={})


def concurrent_changes(
    what: str, sis: Sis, at: datetime, before: Sis
) -> tuple[tuple[Sis, datetime], ...]:
    """What Clever syncs from the district while the app reads, in the order it does.

    `before` is the SIS without what single people do on this day.
    """
    match what:
        case Incident.WHILE_READ:
            fewer = _without_some(sis)
            return (fewer, at + SHORTLY), (_without_some(fewer), at + 2 * SHORTLY)
        case Incident.ALL_WHILE_READ:
            nights = three_nights(sis, before)
            # What comes last changes nothing, so that all lists agree.
            return tuple(
                (night, at + number * SHORTLY)
                for number, night in enumerate((*nights, nights[-1]), start=1)
            )
    return ()


def clever_syncs(what: str, sis: Sis, at: datetime, before: Sis) -> Iterator[tuple[Sis, datetime]]:
    """What Clever syncs from the district until the app syncs, the last of it being current.

    `before` is the SIS without what single people do on this day.
    """
    match what:
        case Incident.ALL_WHILE_READ:
            yield before, at
        case Incident.BREAKS_OFF:
            for number, night in enumerate(three_nights(sis, before)):
                yield night, at - (2 - number) * SHORTLY
        case Incident.BACK_BEFORE_SYNC:
            some = (sis.people[uid] for uid in _ordinary(sis)[-MANY:])
            yield _without_some(_with_wrong_addresses(sis, some)), at - AT_ONCE
            yield sis, at
        case Incident.UNHEARD:
            yield unheard_night(sis, before), at - SHORTLY
            yield sis, at
        case Incident.LATE:
            fewer = _without_some(sis, from_the_end=True)
            yield fewer, at - FORGOTTEN
            yield fewer, at
        case _:
            yield sis, at


def three_nights(sis: Sis, before: Sis) -> tuple[Sis, Sis, Sis]:
    """Three syncs of Clever with the district: each event in them is outdated by a later one.

    First single people do what they do on this day, and a few students are away, those of a cast
    among them to whom nothing else happens. Then all of these are back, and every address is
    wrong but those of contacts, whose identity it is. Last the addresses are right, and a few
    others have left for good.
    """
    away = sis
    for uid in (*_ordinary(sis)[:FEW], *_idle(sis, before)):
        away = leave(away, uid)
    return away, _with_wrong_addresses(sis, sis.people.values()), _without_last(sis)


def unheard_night(sis: Sis, before: Sis) -> Sis:
    """What Clever has in the night before people of a cast change or come, and writes no events of.

    Who changes is away until then, so that an event says created of somebody the app has. Who comes
    is there already, with other values, and the event says updated of somebody it does not have.
    """
    night = before
    for uid in (*sis.schools, *sis.terms, *sis.courses, *sis.sections, *sis.people):
        was, entry = before.entry(uid), sis.entry(uid)
        if was == entry or not entry.visible:
            continue
        if was.visible:
            night = leave(night, uid)
        elif not isinstance(entry, TermEntry):  # with other values it would be another term
            night = night.put(_with_other_values(entry))
    return night


def _with_other_values(entry: Entry) -> Entry:
    """The same record, with something that is put right later."""
    match entry:
        case PersonEntry(relations=(_, *_) as relations):
            others = (replace(each, relationship="Other", type="Other") for each in relations)
            return replace(entry, relations=tuple(others))
        case PersonEntry():
            return replace(entry, email=f"{WRONG}{entry.email}")
        case SectionEntry():
            return replace(entry, number=f"{WRONG}{entry.number}")
        case CourseEntry():
            return replace(entry, name=f"{WRONG}{entry.name}")
        case SchoolEntry():
            wrong = School(**{**entry.record, "name": f"{WRONG}{entry.record['name']}"})
            return replace(entry, record=wrong)
        case _:
            return entry


def _idle(sis: Sis, before: Sis) -> Iterator[str]:
    """Students of a cast to whom nothing happens on this day."""
    for uid, person in sis.people.items():
        if is_cast(uid) and _leaves(person) and before.people[uid] is person:
            yield uid


def _ordinary(sis: Sis) -> Sequence[str]:
    return [u for u, person in sorted(sis.people.items()) if _leaves(person) and not is_cast(u)]


def _without_last(sis: Sis) -> Sis:
    for uid in _ordinary(sis)[-FEW:]:
        sis = leave(sis, uid)
    return sis


def _with_wrong_addresses(sis: Sis, people: Iterable[PersonEntry]) -> Sis:
    known = (p for p in people if p.email and "contact" not in p.roles)
    wrong = (replace(person, email=f"{WRONG}{person.email}") for person in known)
    return sis.put(*wrong)


def _without_some(sis: Sis, *, from_the_end: bool = False) -> Sis:
    """Without the first few ordinary students, or the last: nobody is part of two incidents."""
    students = _ordinary(sis)
    for uid in students[-FEW:] if from_the_end else students[:FEW]:
        sis = leave(sis, uid)
    return sis


def _leaves(person: PersonEntry) -> bool:
    return person.visible and "student" in person.roles
