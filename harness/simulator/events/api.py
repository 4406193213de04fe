"""The Events API: what changed, oldest first, for apps that follow a district by its events.

A cursor is a place in the order of ids: one older than every kept event is answered with the oldest
of them and a `prev` link, as recorded, not refused. `ending_before=last` stands for the feed's end.
The self link of an events path without a query ends in "?", as recorded.
"""

from __future__ import annotations

import re

from harness.simulator.events.feeds import feed_of
from harness.simulator.http import serialization
from harness.simulator.http.delivery import Delivery
from harness.simulator.http.message import HttpError, Response
from harness.simulator.roster import paging
from harness.simulator.roster.feed import Feed, oldest_kept
from harness.simulator.routing.call import Endpoint, EndpointCall
from harness.simulator.routing.routes import Route

LAST = "last"
_EVENT_ID = re.compile("[0-9a-f]{24}")


def _events(call: EndpointCall) -> Response:
    feed, since = _feed_of_caller(call)
    query = paging.Query(call.request.query)
    _check_cursors(query)
    listing = feed.listing(
        call.version,
        since=since,
        kinds=(*query.all("record_type"), *query.all("record_type[]")),
        school=query.get("school"),
    )
    page = paging.cut(listing, query)
    request = call.request
    links = paging.links(page, listing, request.path, request.query, query.parts)
    if not request.query:
        links[0] = ("self", f"{request.path}?")
    body = serialization.event_list_body(listing.pieces(page.start, page.stop), links)
    return serialization.event_response(
        body,
        _request_id(call),
        records=page.stop - page.start,
        delivery=Delivery(
            lambda start, stop: [feed.subject(event) for event in listing.ids(start, stop)],
            page.start,
            page.stop,
            page.total,
        ),
    )


def _event(call: EndpointCall) -> Response:
    feed, since = _feed_of_caller(call)
    ready = feed.event(call.version, call.id) if call.id >= since else None
    if ready is None:
        raise HttpError(404, "Resource not found")
    body = serialization.single_body(ready, [("self", f"/{call.version}/events/{call.id}")])
    return serialization.event_response(
        body, _request_id(call), records=1, delivery=Delivery.of_one(feed.subject(call.id))
    )


def _feed_of_caller(call: EndpointCall) -> tuple[Feed, str]:
    """What the caller's app hears, and what ids of events that are still kept do not fall below."""
    assert call.publication is not None
    assert call.token is not None
    clever = call.clever
    feed = feed_of(call.publication, call.token.client)
    return feed, oldest_kept(clever.district_time(call.publication))


def _check_cursors(query: paging.Query) -> None:
    for name in ("starting_after", "ending_before"):
        cursor = query.get(name)
        if not cursor or (name == "ending_before" and cursor == LAST):
            continue
        if not _EVENT_ID.fullmatch(cursor):
            raise HttpError(400, f"The parameter {name} must be the id of an event.")


def _request_id(call: EndpointCall) -> bytes:
    """A `clever-request-id`: 32 hexadecimal digits."""
    return call.clever.request_id()[1].replace(b"-", b"")


def _as_a_service(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals have the headers of its other answers: it is a service apart."""

    def answer(call: EndpointCall) -> Response:
        try:
            return endpoint(call)
        except HttpError as refused:
            body = serialization.error_body(refused.message)
            return serialization.event_response(
                body, _request_id(call), status=refused.status, records=0
            )

    return answer


ROUTES = (
    Route(path="/{version}/events", endpoint=_as_a_service(_events)),
    Route(path="/{version}/events/{id}", endpoint=_as_a_service(_event)),
)
