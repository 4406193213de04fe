"""Faults: what the simulator injects on each fault day, as data.

Faults lie where apps differ, and where they hit any reader, whatever its page size. A correct app
never archives what it could not read; it retries through what passes, and leaves what does not
pass for the next sync. Statuses, bodies and headers: https://dev.clever.com/docs/error-messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from harness.plan.plan import COMMON, KILLED_MIDWAY, Day, Incident

MAX_FAILURES = 20
"""A fault is over once it has hit one URL so often in a sync: an app that still asks never stops.

Clever's advice is five retries. Time does not end a fault: whoever waits longer than it lasted
would pass for an app that stops.
"""
MAX_REQUESTS = 5000
"""One sync may make so many requests, about three for each record; then nothing is answered."""
REFUSED = "refused"
"""The name of the fault under which Clever refuses the token of a district."""
CLOSED = "closed"
"""The name of the fault that hits every request beyond MAX_REQUESTS."""


class Target(StrEnum):
    """Which requests a fault is aimed at, by what they read."""

    ANYTHING = "anything"
    USERS = "users"
    SECTIONS = "sections"
    EVENTS = "events"
    ONE_RECORD = "one record"
    ROLE_LIST = "users of one role"
    PART = "a nested list or a record"
    SCHOOLS = "schools"
    TERMS = "terms"
    COURSES = "courses"
    PEOPLE = "users, of a school or a section too"
    MEMBERS = "what is nested under a record"
    LISTS = "lists, nested ones too"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFault:
    """One fault, and which requests it hits."""

    kind: str
    """Its name, also in the traffic log."""
    target: Target
    page: str = "any"
    """`any`, `later` (the second, or the only one) or `last`."""
    after: int = 0
    """Requests of this sort that pass before."""
    times: int | None = None
    """How often it hits; None: until MAX_FAILURES."""
    escalates: bool = False
    """Whether everything fails from its first hit on."""
    same_path_only: bool = False
    """Whether it hits a single path: that of the first request it hits."""
    same_url_only: bool = False
    """Whether it hits a single URL: that page of that list, while all others are answered."""
    query: str = ""
    """Regular expression that must be found in what follows the path's question mark."""


MISSING_RECORD = "missing-record"
LIST_FAILS = "list-fails"
"""The fault under which one list or record fails for good, and all else is answered."""
RATE_LIMITED = "rate-limited"
"""The fault under which one list is answered with 429 until the app gives up."""
SHORT_PAGE = "short-page"
"""No failure: the first page of a list has fewer records than were asked for, and a `next` link."""
_FROM_THE_BEGINNING = r"^(?!.*\b(starting_after|ending_before)=)"
_ANY_OR_STUDENTS = r"^(?!.*\brole=)|\brole=student\b"


def _one_page(kind: str, target: Target, query: str = "", after: int = 0) -> PlannedFault:
    """One page of one list, a later one if there is any, fails for as long as the app tries.

    Only one: an app that stops at the first page of the next list shows nothing of what it makes
    of a later page.
    """
    return PlannedFault(
        kind=kind, target=target, query=query, page="later", after=after, same_url_only=True
    )


FAULT_DAYS: Mapping[str, tuple[PlannedFault, ...]] = {
    Day.SLOW: (
        PlannedFault(kind="slow", target=Target.USERS, page="later", times=1),
        PlannedFault(kind=MISSING_RECORD, target=Target.ONE_RECORD, same_path_only=True),
    ),
    Day.TOO_MANY_REQUESTS: (
        PlannedFault(kind="too-many-requests", target=Target.USERS, page="later", escalates=True),
    ),
    Day.CUT_OFF: (
        PlannedFault(kind="cut-off", target=Target.SECTIONS, page="last", times=1),
        PlannedFault(
            kind=LIST_FAILS,
            target=Target.ROLE_LIST,
            query=r"\brole=student\b",
            page="later",
            same_url_only=True,
        ),
        PlannedFault(kind=LIST_FAILS, target=Target.PART, after=1, same_url_only=True),
    ),
    Day.HTML: (_one_page("html", Target.USERS, _ANY_OR_STUDENTS),),
    Day.EMPTY_BODY: (PlannedFault(kind="empty-body", target=Target.SECTIONS, page="last"),),
    Day.NO_LIST: (_one_page("no-list", Target.USERS, _ANY_OR_STUDENTS),),
    Day.SERVER_ERRORS: (
        PlannedFault(kind="server-errors", target=Target.ANYTHING, after=2, escalates=True),
        PlannedFault(kind="server-errors", target=Target.EVENTS),
    ),
}
"""Day → its faults, the one it is called after first.

Users and sections take turns, and the fault that hits everything comes last: an app that loses
what it cannot read has it back by the next time it is hit there, and every mistake shows. A list
of one role, a nested list or a single record fails alone, for apps that ask like that: a loss of a
part looks plausible, and nothing else gives it away.
"""


LISTS_FAIL: Mapping[str, tuple[PlannedFault, ...]] = {
    Day.SCHOOLS_FAIL: (_one_page(LIST_FAILS, Target.SCHOOLS),),
    Day.TERMS_FAIL: (_one_page("no-list", Target.TERMS),),
    Day.COURSES_FAIL: (_one_page("html", Target.COURSES),),
    Day.SECTIONS_FAIL: (_one_page(LIST_FAILS, Target.SECTIONS),),
    Day.STUDENTS_FAIL: (_one_page(LIST_FAILS, Target.PEOPLE, _ANY_OR_STUDENTS),),
    Day.TEACHERS_FAIL: (_one_page(LIST_FAILS, Target.PEOPLE, r"\brole=(teacher|staff)\b"),),
    Day.CONTACTS_FAIL: (
        _one_page(LIST_FAILS, Target.PEOPLE, r"\brole=contact\b"),
        _one_page(RATE_LIMITED, Target.PEOPLE, r"^(?!.*\brole=)"),
    ),
    Day.MEMBERS_FAIL: (
        _one_page(LIST_FAILS, Target.MEMBERS, after=1),
        _one_page(RATE_LIMITED, Target.PEOPLE, r"\brole=student\b"),
    ),
    Day.REFUSED: (PlannedFault(kind=REFUSED, target=Target.ANYTHING),),
    Day.REFUSED_MIDWAY: (
        PlannedFault(kind=REFUSED, target=Target.ANYTHING, after=2, escalates=True),
    ),
    Day.SHORT_PAGES: (
        PlannedFault(
            kind=SHORT_PAGE, target=Target.LISTS, query=r"^(?!.*\b(starting_after|ending_before)=)"
        ),
    ),
}
"""The same for the district `lists-fail`, where one list of an app fails and all others are read.

A district is read whole before each, so that what is lost was there. A list is meant as the app
asks for it: who asks for users by their role meets a fault of each role, who asks for all of them
meets one; and each of them meets a 429 that does not end. The token is refused from the start, and
in the middle of a sync. At last nothing fails, and pages are short.
"""


APP_KILLED = "app-killed"
"""Marks the request at which the app was killed; Clever answers it as any other."""
KILLS: Mapping[str, PlannedFault] = {
    Day.DEPARTURES: PlannedFault(kind=APP_KILLED, target=Target.ANYTHING, times=1),
    Day.ROLLOVER: PlannedFault(kind=APP_KILLED, target=Target.ANYTHING, page="last", times=1),
}
"""Days of the district `killed-midway` → the moment at which the app is killed while it syncs.

First once half of all records have come, then at the last request. How many requests that is, the
sync before tells (`harness.replay.killing`).
"""


def faults_of_day(district: str, day: str) -> tuple[PlannedFault, ...]:
    """The faults with which Clever answers a district on a day, or the moment the app is killed."""
    if district == COMMON:
        return FAULT_DAYS.get(day, ())
    if district == KILLED_MIDWAY:
        return (KILLS[day],) if day in KILLS else ()
    return LISTS_FAIL.get(day, ())


DEAD_TOKEN = PlannedFault(
    kind="token-replaced", target=Target.USERS, query=_ANY_OR_STUDENTS, page="later", times=1
)
"""What hits a district whose token stops working while the app reads: it is inside a list."""

BROKEN_FEED = PlannedFault(
    kind="events-break-off", target=Target.EVENTS, page="later", query=r"\bstarting_after="
)
"""What hits an app that reads events: their first page comes, no other does.

The newest event alone, which it may ask for before, is not meant.
"""
CHANGED_BEFORE = "changes-before-reading"
"""The name in the traffic log of requests right before which the district changed."""

FAULT_OF_INCIDENT: Mapping[str, str] = {
    Incident.ALL_WHILE_READ: CHANGED_BEFORE,
    Incident.BREAKS_OFF: BROKEN_FEED.kind,
}
"""Incident → the fault that must have hit a request; otherwise it did not concern the app."""

STILL_ASKING = "still-asking"
"""The name of the fault that hits all requests of a district whose sync does not end at all."""
FAULT_KINDS = frozenset(
    {
        APP_KILLED,
        CLOSED,
        STILL_ASKING,
        *(
            fault.kind
            for days in (FAULT_DAYS, LISTS_FAIL)
            for day in days.values()
            for fault in day
        ),
    }
)
"""The names of faults in the traffic log; other names there are changes in between."""
