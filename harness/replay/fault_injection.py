"""Unwell: the faults a day asks of our Clever, in force while one district's app syncs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import (
    APP_KILLED,
    BROKEN_FEED,
    CLOSED,
    DEAD_TOKEN,
    MAX_FAILURES,
    MAX_REQUESTS,
    REFUSED,
    STILL_ASKING,
    PlannedFault,
    Target,
    faults_of_day,
)
from harness.simulator.faults.effects import EFFECTS
from harness.simulator.faults.fault import Fault, PageTarget
from harness.simulator.faults.request_cap import RequestCap
from harness.simulator.simulator import Simulator

_V, _ID = r"/v3\.[01]/", "[^/]+"
PATHS: Mapping[Target, str] = {
    Target.ANYTHING: r"/v3\.[01]/",
    Target.USERS: r"/v3\.[01]/(users|events|(schools|sections|users)/[^/]+/(users|my[a-z]+))/?$",
    Target.SECTIONS: r"/v3\.[01]/(sections|events|(schools|terms|courses|users)/[^/]+/sections)/?$",
    Target.EVENTS: r"/v3\.[01]/events/?$",
    Target.ONE_RECORD: r"/v3\.[01]/(sections|courses|terms|users)/[^/]+(/[a-z]+)?/?$",
    Target.ROLE_LIST: r"/v3\.[01]/users/?$",
    Target.SCHOOLS: (
        rf"{_V}(schools(/{_ID})?|(terms|courses|users)/{_ID}/schools|sections/{_ID}/school)/?$"
    ),
    Target.TERMS: rf"{_V}(terms(/{_ID})?|schools/{_ID}/terms|sections/{_ID}/term)/?$",
    Target.COURSES: rf"{_V}(courses(/{_ID})?|schools/{_ID}/courses|sections/{_ID}/course)/?$",
    Target.PEOPLE: rf"{_V}(users|schools/{_ID}/users)/?$",
    Target.MEMBERS: rf"{_V}[a-z]+/{_ID}/[a-z]+/?$",
    Target.LISTS: rf"{_V}(schools|terms|courses|sections|users)(/{_ID}/[a-zA-Z]+)?/?$",
    Target.PART: r"/v3\.[01]/(schools|sections|courses|terms|users)/[^/]+(/[a-z]+)?/?$",
}
"""What a fault means → the paths that read it, as a regular expression.

Events tell of users and sections alike, and may be all that an app asks for.
"""


def planned(day: CalendarDay) -> tuple[PlannedFault, ...]:
    """The faults of a district's day."""
    if day.token_replaced_during_sync:
        return (DEAD_TOKEN,)
    if day.feed_breaks_off:
        return (BROKEN_FEED,)
    return faults_of_day(day.district, day.day)


def refuses_token(day: CalendarDay) -> bool:
    """Whether Clever refuses the district's token on a day, from the start or midway."""
    return any(fault.kind in (REFUSED, DEAD_TOKEN.kind) for fault in planned(day))


@contextmanager
def injected_faults(
    simulator: Simulator, day: CalendarDay, most_requests: int = MAX_REQUESTS
) -> Iterator[None]:
    """Clever as this day wants it; afterwards it is well again, also when the app is looked at."""
    others = tuple(simulator.faults)
    simulator.faults.set(*others, *faults_of(day))
    simulator.request_cap = RequestCap(CLOSED, most_requests)
    try:
        yield
    finally:
        simulator.faults.set(*others)
        simulator.request_cap = None


def close_to(simulator: Simulator, day: CalendarDay) -> None:
    """From now on Clever refuses every request of this district, whose sync does not end."""
    closed = Fault(
        name=STILL_ASKING,
        effect=EFFECTS["server-errors"](),
        path="/",
        district=day.roster.district["id"],
        after=0,
        times=None,
    )
    simulator.faults.set(*simulator.faults, closed)


def faults_of(day: CalendarDay) -> tuple[Fault, ...]:
    """What is wrong with Clever on a district's day, ready to be set."""
    return tuple(_fault(fault, day) for fault in planned(day) if fault.kind != APP_KILLED)


def _fault(planned_fault: PlannedFault, day: CalendarDay) -> Fault:
    return Fault(
        name=planned_fault.kind,
        effect=EFFECTS[planned_fault.kind](),
        path=PATHS[planned_fault.target],
        query=_query(planned_fault),
        district=day.roster.district["id"],
        page=PageTarget(planned_fault.page),
        after=planned_fault.after,
        times=planned_fault.times,
        escalates=planned_fault.escalates,
        same_path_only=planned_fault.same_path_only,
        same_url_only=planned_fault.same_url_only,
        # One record that cannot be found is nobody of a cast: scenarios speak of those.
        exclude_ids=frozenset(key for cast in day.cast.values() for key in cast.values()),
        max_hits_per_request=MAX_FAILURES,
    )


_READS_ONE = r"^(?!.*\blimit=1(?:&|$))"
"""What does not ask for one record alone, as who wants to know whether a list answers does."""


def _query(planned_fault: PlannedFault) -> str:
    """What a request must have in its query: a list is hit where it is read, not tried."""
    if planned_fault.target in (Target.ANYTHING, Target.EVENTS, Target.ONE_RECORD):
        return planned_fault.query
    return f"{_READS_ONE}.*?(?:{planned_fault.query})"
