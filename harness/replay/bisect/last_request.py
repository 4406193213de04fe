"""Last request: the one at which an app broke, before it had read what it reads else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus

from harness.recording.recording import Entry, LoggedRequest

_ID = re.compile(r"(?<=/)[0-9a-f]{24}(?=/|$)")


def last_request(entries: Sequence[Entry], district: str, day: str) -> LoggedRequest | None:
    """The last request of a district's sync."""
    asked = [
        entry
        for entry in entries
        if isinstance(entry, LoggedRequest)
        and (entry.district, entry.day, entry.during) == (district, day, "sync")
    ]
    return max(asked, key=lambda request: request.started + request.seconds, default=None)


def place_of(request: LoggedRequest) -> tuple[str, int, bool]:
    """Which list or record it asked for, from where on, and whether more of it was to come."""
    return _ID.sub("{id}", request.path), request.first, _has_more(request)


def broke_at(
    broken: LoggedRequest | None, again: LoggedRequest | None, good: LoggedRequest | None
) -> str:
    """The request at which two syncs broke, in words; "" when they broke elsewhere.

    `good` is the last request of a sync that went well: after the end of that list, all was read.
    """
    if broken is None or again is None or place_of(broken) != place_of(again):
        return ""
    refused = broken.status >= HTTPStatus.BAD_REQUEST
    if not refused and (good is None or _end_of(good) == _end_of(broken)):
        return ""
    return in_words(broken)


def in_words(request: LoggedRequest) -> str:
    """A request as a person reads it: `GET /v3.1/sections, records 101 to 200 of 320`."""
    words = f"{request.method} {request.path}"
    if request.status >= HTTPStatus.BAD_REQUEST:
        return f"{words}, answered with {request.status}"
    if request.listed is None or not request.records:
        return words
    last = request.first + request.records
    words = f"{words}, records {request.first + 1} to {last} of {request.listed}"
    return f"{words}, after which it asked for no more" if _has_more(request) else words


def _has_more(request: LoggedRequest) -> bool:
    return request.listed is not None and request.first + request.records < request.listed


def _end_of(request: LoggedRequest) -> tuple[str, bool]:
    path, _, more = place_of(request)
    return path, more
