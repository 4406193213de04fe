"""List limits: how many records an app asks for at once, as its requests say."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import parse_qs

from harness.recording.recording import LoggedRequest

USUAL_PAGE = 100
"""Records that Clever puts on a page unless asked for another number."""

LONG_LIST = 1000
"""Records that every list in the district `long-lists` exceeds."""

MOST_REQUESTS = 300
"""More requests in a first sync are those of an app that asks record by record."""


def limit_of(request: LoggedRequest) -> int:
    """How many records a request asked for at most."""
    (limit, *_) = parse_qs(request.query).get("limit", [""])
    return int(limit) if limit.isdecimal() else USUAL_PAGE


def wants_long_lists(first_sync: Collection[LoggedRequest]) -> bool:
    """Whether only lists longer than usual show how an app turns their pages.

    It asks for more than a usual page at once, and for no more than these lists hold. An app that
    asks for each record alone would wait for the rate limit, with a thousand classes.
    """
    return len(first_sync) <= MOST_REQUESTS and any(
        request.status == HTTPStatus.OK and USUAL_PAGE < limit_of(request) <= LONG_LIST
        for request in first_sync
    )
