"""Effects: what each kind of fault does to an answer of Clever's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from harness.district.data_model.roster import Roster
from harness.simulator.access.rate_limit import REQUESTS_PER_WINDOW, RateLimitWindow
from harness.simulator.faults.fault import Effect
from harness.simulator.http import serialization
from harness.simulator.http.message import Header, Response
from harness.simulator.routing.call import Endpoint, EndpointCall

_JSON: Header = (b"content-type", b"application/json; charset=utf-8")


def slow(seconds: float) -> Effect:
    """An answer that is right but comes late."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response:
        response = endpoint(call)
        response.delay += seconds
        return response

    return effect


def too_many_requests(wait: int = 1) -> Effect:
    """A 429 with the real headers and no body, until the reset it names has come.

    `wait` is in whole seconds of protocol time; real windows last up to a minute.
    """
    until = 0

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        nonlocal until
        now = call.clever.now()
        until = until or int(now) + 1 + wait
        if now >= until:
            return None
        call.window = RateLimitWindow(reset=until, used=REQUESTS_PER_WINDOW + 1)
        return serialization.too_many_requests()

    return effect


def rate_limited() -> Effect:
    """A 429 for what has records, again and again, although the reset that it names has come.

    Whoever shares the budget of a token with another program meets that. Nobody has to wait.
    """

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        if not endpoint(call).records:
            return None
        reset = int(call.clever.now())
        call.window = RateLimitWindow(reset=reset, used=REQUESTS_PER_WINDOW + 1)
        return serialization.too_many_requests()

    return effect


def server_error(status: int = 503) -> Effect:
    """A 500 from Clever's service, or a 502 or 503 from the proxy before it."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response:
        if status == 500:
            return serialization.error_response(500, "Internal Server Error")
        headers: list[Header] = [(b"content-type", b"text/plain")]
        return Response(status, headers, b"upstream is not available")

    return effect


def list_fails(status: int = 503) -> Effect:
    """A 503 for what has records; an empty list could not be told from one that failed."""
    fails = server_error(status)

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        return fails(call, endpoint) if endpoint(call).records else None

    return effect


def cut_off(part: float = 0.5) -> Effect:
    """A connection that drops inside the body, after a part (0 to 1) of it."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response:
        response = endpoint(call)
        response.cut = int(len(response.body) * part)
        return response

    return effect


def html(status: int = 200) -> Effect:
    """A page for people where JSON was due, with a status that says all is well."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response:
        headers: list[Header] = [(b"content-type", b"text/html; charset=utf-8")]
        body = b"<!DOCTYPE html>\n<html><body><h1>We will be back shortly</h1></body></html>\n"
        return Response(status, headers, body)

    return effect


def stale() -> Effect:
    """A page as it was before the last publication."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        current = call.publication
        if current is None or current.before is None:
            return None
        call.publication = current.before
        return endpoint(call)

    return effect


def changed_before(change: Callable[[Roster], Roster], at: datetime) -> Effect:
    """Records that change between two pages: a new roster is published before this one."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        if call.publication is None:
            return None
        call.clever.publish(change(call.publication.roster), at=at)
        call.publication = call.clever.publication(call.district)
        return endpoint(call)

    return effect


def synced_before(rosters: Sequence[tuple[Roster, datetime]]) -> Effect:
    """Several syncs of the district, one after the other, before this answer."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response:
        for roster, at in rosters:
            call.clever.publish(roster, at=at)
        call.publication = call.clever.publication(call.district)
        return endpoint(call)

    return effect


def changed_after(roster: Roster, at: datetime) -> Effect:
    """A right answer, after which another roster is current."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response:
        response = endpoint(call)
        call.clever.publish(roster, at=at)
        return response

    return effect


def refused() -> Effect:
    """A 401 to a token that Clever still lists as the district's."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response:
        return serialization.error_response(401, serialization.UNAUTHORIZED)

    return effect


def token_revoked() -> Effect:
    """A token that is revoked midway; from then on it answers 401."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        if call.token is None:
            return None
        call.clever.tokens.revoke(call.token)
        return serialization.error_response(401, serialization.UNAUTHORIZED)

    return effect


def token_replaced() -> Effect:
    """A token that a new one replaces midway; from then on it answers 401."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        if call.token is None or call.publication is None:
            return None
        clever = call.clever
        clever.rotate(call.district, at=clever.district_time(call.publication))
        return serialization.error_response(401, serialization.UNAUTHORIZED)

    return effect


def no_list() -> Effect:
    """A 200 whose JSON has no list of records, as a proxy answers that fails politely."""
    return lambda call, endpoint: Response(200, [_JSON], b'{"message":"temporarily unavailable"}')


def short_page() -> Effect:
    """Half a page, and a `next` link to the rest, however many records were asked for."""

    def effect(call: EndpointCall, endpoint: Endpoint) -> Response | None:
        records = endpoint(call).records
        if records < 2:
            return None
        call.most_records = records // 2
        return endpoint(call)

    return effect


def empty_body() -> Effect:
    """A 200 without any body."""
    return lambda call, endpoint: Response(200, [_JSON], b"")


def not_found() -> Effect:
    """A record that was in a list and cannot be read: unshared or deleted meanwhile."""
    return lambda call, endpoint: serialization.error_response(404, "Resource not found")


EFFECTS: Mapping[str, Callable[[], Effect]] = {
    "slow": lambda: slow(1.0),
    "too-many-requests": too_many_requests,
    "rate-limited": rate_limited,
    "server-errors": server_error,
    "list-fails": list_fails,
    "cut-off": cut_off,
    "html": html,
    "no-list": no_list,
    "empty-body": empty_body,
    "short-page": short_page,
    "missing-record": not_found,
    "events-break-off": server_error,
    "stale": stale,
    "token-dies": token_revoked,
    "token-replaced": token_replaced,
    "refused": refused,
}
"""Kind of fault → what makes its effect. An effect may keep state, so each fault has its own."""
