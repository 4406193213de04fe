"""Trouble: what is wrong with Clever on each day of trouble, as data.

Faults lie where apps differ, and where they strike any reader, whatever its page size. A right app
never archives what it could not read; what passes it outlasts, and what does not pass it leaves
for the next sync. Statuses, bodies and headers: https://dev.clever.com/docs/error-messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from harness.plan.plan import Day, Happening

MOST_STRIKES = 40
"""So often one and the same request fails; who asks on is taken to ask without end."""
MOST_SECONDS = 60.0
"""So long after its first strike a fault is in force; five retries with back-off take 31 s."""
MOST_REQUESTS = 5000
"""So many requests one sync may make, about three for every record; then Clever is closed to it."""
CLOSED = "closed"
"""The name of the fault that strikes beyond MOST_REQUESTS."""


class Reads(StrEnum):
    """The requests a fault means, by what they read."""

    ANYTHING = "anything"
    USERS = "users"
    SECTIONS = "sections"
    EVENTS = "events"
    ONE_RECORD = "one record"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFault:
    """One kind of trouble, and which requests it strikes."""

    kind: str
    """Its name, also in the traffic log."""
    reads: Reads
    page: str = "any"
    """`any`, `later` (the second, or the only one) or `last`."""
    after: int = 0
    """Requests of this sort that pass before."""
    times: int | None = None
    """How often it strikes; None: until MOST_STRIKES or MOST_SECONDS."""
    spreads: bool = False
    """Whether from its first strike on everything fails."""
    sticks: bool = False
    """Whether it strikes a single path."""
    query: str = ""
    """Regular expression that must be found in what follows the path's question mark."""


MISSING_RECORD = "missing-record"

TROUBLE: Mapping[str, tuple[PlannedFault, ...]] = {
    Day.SLOW: (
        PlannedFault(kind="slow", reads=Reads.USERS, page="later", times=1),
        PlannedFault(kind=MISSING_RECORD, reads=Reads.ONE_RECORD, sticks=True),
    ),
    Day.TOO_MANY_REQUESTS: (
        PlannedFault(kind="too-many-requests", reads=Reads.USERS, page="later", spreads=True),
    ),
    Day.CUT_OFF: (PlannedFault(kind="cut-off", reads=Reads.SECTIONS, page="last", times=1),),
    Day.HTML: (PlannedFault(kind="html", reads=Reads.USERS, page="later"),),
    Day.EMPTY_BODY: (PlannedFault(kind="empty-body", reads=Reads.SECTIONS, page="last"),),
    Day.NO_LIST: (PlannedFault(kind="no-list", reads=Reads.USERS, page="later"),),
    Day.SERVER_ERRORS: (
        PlannedFault(kind="server-errors", reads=Reads.ANYTHING, after=2, spreads=True),
        PlannedFault(kind="server-errors", reads=Reads.EVENTS),
    ),
}
"""Day → its faults, the one it is called after first.

Users and sections take turns, and what takes everything comes last: an app that loses what it
cannot read has it back by the next time it is struck there, and every mistake shows.
"""

DEAD_TOKEN = PlannedFault(kind="token-replaced", reads=Reads.USERS, times=1)
"""What strikes a district whose token stops working while the app reads."""

BROKEN_FEED = PlannedFault(
    kind="events-break-off", reads=Reads.EVENTS, page="later", query=r"\bstarting_after="
)
"""What strikes an app that reads what changed: the first page of events comes, no other does.

The newest event alone, which it may ask for before, is not meant.
"""
CHANGED_BEFORE = "changes-before-reading"
"""The name under which requests stand in the traffic log that changes came right before."""

OF_HAPPENINGS: Mapping[str, str] = {
    Happening.ALL_WHILE_READ: CHANGED_BEFORE,
    Happening.BREAKS_OFF: BROKEN_FEED.kind,
}
"""What happens → the name of what must have struck a request, or it did not meet the app."""

KINDS_OF_TROUBLE = frozenset({CLOSED, *(one.kind for day in TROUBLE.values() for one in day)})
"""The names under which trouble stands in the traffic log; other faults are changes in between."""
