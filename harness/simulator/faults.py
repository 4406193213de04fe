"""Faults: wrappers around an endpoint that make Clever misbehave, one kind at a time.

A fault says which requests it means (path, district), how many it lets pass first and how often it
strikes; what it strikes is marked with its name in the traffic log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from harness.district.roster import Roster
from harness.simulator import wire
from harness.simulator.limits import LIMIT, Window
from harness.simulator.message import Header, Response
from harness.simulator.routes import Call, Endpoint

Strike = Callable[[Call, Endpoint], Response | None]
"""The spoilt answer to a call, or None when the fault cannot strike here."""

PAGES = r"/v3\.[01]/(schools|terms|courses|sections|users|events)/?$"
"""Paths of the lists an app pages through; single records and relations are not meant."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of trouble and when it strikes."""

    name: str
    strike: Strike = field(repr=False)
    path: str = PAGES
    """Regular expression the path must match from its beginning."""
    district: str = ""
    """Clever id of the only district meant, or "" for any."""
    after: int = 1
    """Matching requests that pass before the first strike: 1 means in the middle of paging."""
    times: int | None = 1
    """How often it strikes; None: every time."""
    struck: int = 0
    _seen: int = 0

    def __call__(self, call: Call, endpoint: Endpoint) -> Response:
        """The endpoint's answer, or the spoilt one when it is this request's turn."""
        if not self._means(call) or (self.times is not None and self.struck >= self.times):
            return endpoint(call)
        self._seen += 1
        response = self.strike(call, endpoint) if self._seen > self.after else None
        if response is None:
            return endpoint(call)
        self.struck += 1
        response.fault = f"{response.fault}+{self.name}" if response.fault else self.name
        return response

    def _means(self, call: Call) -> bool:
        if self.district and self.district != call.district:
            return False
        return re.match(self.path, call.request.path, re.IGNORECASE) is not None


class Faults:
    """The faults in force; the first set is the innermost."""

    def __init__(self) -> None:
        self._faults: tuple[Fault, ...] = ()

    def set(self, *faults: Fault) -> None:
        """Puts exactly these in force."""
        self._faults = faults

    def clear(self) -> None:
        """Clever is well again."""
        self._faults = ()

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def answer(self, call: Call, endpoint: Endpoint) -> Response:
        """The endpoint's answer with every fault around it."""
        for fault in self._faults:
            endpoint = _around(fault, endpoint)
        return endpoint(call)


def _around(fault: Fault, endpoint: Endpoint) -> Endpoint:
    return lambda call: fault(call, endpoint)


def slow(seconds: float) -> Strike:
    """An answer that is right but comes late."""

    def strike(call: Call, endpoint: Endpoint) -> Response:
        response = endpoint(call)
        response.delay += seconds
        return response

    return strike


def too_many_requests(wait: int = 1) -> Strike:
    """A 429 with the real headers and no body, until the reset it names has come.

    `wait` is in whole seconds of protocol time; real windows last up to a minute.
    """
    until = 0

    def strike(call: Call, endpoint: Endpoint) -> Response | None:
        nonlocal until
        now = call.simulator.now()
        until = until or int(now) + 1 + wait
        if now >= until:
            return None
        call.window = Window(reset=until, used=LIMIT + 1)
        return wire.too_many()

    return strike


def server_error(status: int = 503) -> Strike:
    """A 500 from Clever's service, or a 502 or 503 from the proxy before it."""

    def strike(call: Call, endpoint: Endpoint) -> Response:
        if status == 500:
            return wire.refusal(500, "Internal Server Error")
        headers: list[Header] = [(b"content-type", b"text/plain")]
        return Response(status, headers, b"upstream is not available")

    return strike


def cut_off(part: float = 0.5) -> Strike:
    """A connection that drops inside the body, after a part (0 to 1) of it."""

    def strike(call: Call, endpoint: Endpoint) -> Response:
        response = endpoint(call)
        response.cut = int(len(response.body) * part)
        return response

    return strike


def html(status: int = 200) -> Strike:
    """A page for people where JSON was due, with a status that says all is well."""

    def strike(call: Call, endpoint: Endpoint) -> Response:
        headers: list[Header] = [(b"content-type", b"text/html; charset=utf-8")]
        body = b"<!DOCTYPE html>\n<html><body><h1>We will be back shortly</h1></body></html>\n"
        return Response(status, headers, body)

    return strike


def stale() -> Strike:
    """A page as it was before the last publication."""

    def strike(call: Call, endpoint: Endpoint) -> Response | None:
        current = call.publication
        if current is None or current.before is None:
            return None
        call.publication = current.before
        return endpoint(call)

    return strike


def shifting(change: Callable[[Roster], Roster], at: datetime) -> Strike:
    """Records that change between two pages: a new roster is published before this one."""

    def strike(call: Call, endpoint: Endpoint) -> Response | None:
        if call.publication is None:
            return None
        call.simulator.publish(change(call.publication.roster), at=at)
        call.publication = call.simulator.publication(call.district)
        return endpoint(call)

    return strike


def shifted(roster: Roster, at: datetime) -> Strike:
    """A right answer, after which another roster is current."""

    def strike(call: Call, endpoint: Endpoint) -> Response:
        response = endpoint(call)
        call.simulator.publish(roster, at=at)
        return response

    return strike


def token_dies() -> Strike:
    """A token that is revoked midway; from then on it answers 401."""

    def strike(call: Call, endpoint: Endpoint) -> Response | None:
        if call.token is None:
            return None
        call.simulator.tokens.revoke(call.token)
        return wire.refusal(401, wire.UNAUTHORIZED)

    return strike


def trouble(name: str, *, district: str = "") -> Fault:
    """The fault of a day of trouble, in the middle of paging; KeyError for any other name."""
    strike, times = {
        "slow": (slow(1.0), 2),
        "too-many-requests": (too_many_requests(), None),
        "server-errors": (server_error(503), 2),
        "cut-off": (cut_off(), 1),
        "html": (html(), 1),
        "stale": (stale(), 1),
        "token-dies": (token_dies(), 1),
    }[name]
    return Fault(name=name, strike=strike, district=district, times=times)
