"""Sync effect: whether a sync did its work, by what it was answered and what the app then held.

How a sync says it ended is evidence of what it says. An app that reads everything, applies it and
says "failed" has synced; one that was refused everything and says "completed" has not.
"""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.expectations import Expectations
from harness.assess.holdings import Holdings
from harness.assess.traffic_index import ACCOUNTS
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.plan.plan import NOT_SYNCED, Incident
from harness.recording.recording import LoggedRequest

PRUDENT = (Incident.NOTHING_SHARED, Incident.PAUSED, *NOT_SYNCED)
"""What an app may take for a mistake, and leave alone, whatever it calls that."""
_KINDS = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS)


def answered(requests: Iterable[LoggedRequest]) -> bool:
    """Whether Clever answered any of these requests for roster data well."""
    return any(
        request.status == 200 and not request.fault and not ACCOUNTS.match(request.path)
        for request in requests
    )


def turned_away(requests: Iterable[LoggedRequest]) -> str:
    """The status with which Clever refused the token of all requests for roster data; or ""."""
    statuses = {request.status for request in requests if not ACCOUNTS.match(request.path)}
    refused = statuses & {401, 403}
    return str(max(refused)) if refused and not statuses - refused - {429} else ""


def applied(
    expectations: Expectations,
    earlier: Roster | None,
    shared: Roster,
    held: Holdings,
    *,
    waits: bool,
) -> bool:
    """Whether what is shared is in use, as far as it is new or stays, and what went is not.

    What went may stay for an app that `waits` before it archives.
    """
    for kind in _KINDS:
        wanted = set(expectations.expected_ids(kind, shared))
        unshared = set(earlier.of(kind)) - set(shared.of(kind)) if earlier and not waits else set()
        active = held.active_ids[kind]
        if wanted - active or unshared & active:
            return False
    return True
