"""Sync effect: whether a sync did its work, by what it was answered and what the app then held.

How a sync says it ended is evidence of what it says. An app that reads everything, applies it and
says "failed" has synced; one that was refused everything and says "completed" has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from harness.assess.expectations import Expectations
from harness.assess.holdings import Holdings
from harness.assess.traffic_index import ACCOUNTS
from harness.assess.whole_names import without_blanks
from harness.contract.snapshot import Held, HeldUser
from harness.district.data_model.records import Kind, Record
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


def only_values_changed(earlier: Roster, shared: Roster) -> bool:
    """Whether nothing came or went, so that who is in use tells nothing of a sync."""
    return all(earlier.of(kind).keys() == shared.of(kind).keys() for kind in _KINDS)


def left_all_values(earlier: Roster, shared: Roster, held: Holdings) -> bool:
    """Whether names and addresses changed, and what the app shows of them is as it was before."""
    kept = [
        shown == before
        for kind in (Kind.USERS, Kind.COURSES, Kind.TERMS, Kind.SCHOOLS)
        for clever_id, record in shared.of(kind).items()
        if record is not earlier.of(kind)[clever_id]
        if (row := held.active(kind, clever_id)) is not None
        for before, now, shown in zip(
            _values(earlier.of(kind)[clever_id]), _values(record), _shown(row), strict=True
        )
        if before != now and shown
    ]
    return bool(kept) and all(kept)


def _shown(row: Held) -> tuple[str, str]:
    """The name and the address that a row of the app has."""
    if isinstance(row, HeldUser):
        name = row.name or f"{row.first_name or ''} {row.last_name or ''}".strip()
        return without_blanks(name), (row.email or "").casefold()
    return without_blanks(getattr(row, "name", None) or ""), ""


def _values(record: Record) -> tuple[str, str]:
    """The name and the address that Clever gives."""
    fields = cast(Mapping[str, Any], record)
    name = fields.get("name") or ""
    if isinstance(name, dict):
        name = f"{name.get('first') or ''} {name.get('last') or ''}".strip()
    return without_blanks(name), str(fields.get("email") or "").casefold()
