"""Simulator: Clever's API over rosters that become current when they are published."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from harness.district.clever.events import EventOrder
from harness.district.data_model.roster import Roster
from harness.errors import SimulatorError
from harness.simulator.access.clients import OAuthClient
from harness.simulator.access.logins import Logins
from harness.simulator.access.rate_limit import RateLimit
from harness.simulator.access.signer import Signer
from harness.simulator.access.tokens import Token, Tokens
from harness.simulator.data import resources
from harness.simulator.events import api as events_api
from harness.simulator.faults.fault import Faults
from harness.simulator.faults.request_cap import RequestCap
from harness.simulator.http import compression, serialization
from harness.simulator.http.message import Header, HttpError, Request, Response
from harness.simulator.http.traffic import Traffic
from harness.simulator.http.versions import VERSIONS
from harness.simulator.login import authorize, district_tokens, exchange, identity, openid
from harness.simulator.roster.publication import Publication
from harness.simulator.routing.call import EndpointCall
from harness.simulator.routing.routes import Route, RouteMatch, RouteTable

ROUTES: tuple[Route, ...] = (
    *identity.DATA_ROUTES,
    *resources.ROUTES,
    *events_api.ROUTES,
    *identity.ROUTES,
    *district_tokens.ROUTES,
    *exchange.ROUTES,
    *authorize.ROUTES,
    *openid.ROUTES,
)


class Simulator:
    """One Clever for one run, without sockets: `handle` turns a request into a response.

    Districts are tenants, chosen by bearer token. `now` is protocol time in Unix seconds (rate
    limits, token life); district time comes with each roster.
    """

    def __init__(
        self,
        *,
        clients: Iterable[OAuthClient],
        now: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.perf_counter,
        skip: Callable[[float], None] | None = None,
        routes: Iterable[Route] = ROUTES,
        events: bool = True,
        event_order: EventOrder = EventOrder.DOCUMENTED,
    ) -> None:
        """`skip` lets time be over before a slow answer, which then goes out at once; `events`:
        whether every app has events enabled from the start.
        """
        self.now = now
        self.traffic = Traffic()
        self.tokens = Tokens()
        self.faults = Faults()
        self.request_cap: RequestCap | None = None
        """What ends a sync that asks without end; None lets everything pass."""
        self.logins = Logins()
        self.signer = Signer()
        self.crashes: list[Exception] = []
        """Mistakes of the simulator itself, each answered with a 500."""
        self._timer, self._skip = timer, skip
        self._origin = timer()
        self._clients = {client.id: client for client in clients}
        self._event_order = event_order
        self._event_subscribers = set(self._clients) if events else set[str]()
        self._publications: dict[str, Publication] = {}
        self._moved_to: datetime | None = None
        self._limit = RateLimit()
        self._table = RouteTable(routes)
        self._request_ids = random.Random(0)  # request ids: any will do

    # What the run does to Clever.

    def publish(
        self,
        roster: Roster,
        *,
        at: datetime,
        heard: bool = True,
        order: EventOrder | None = None,
    ) -> None:
        """Makes a roster the district's current one; the first connects the district.

        Of what is not `heard` no app has events; `order` is that of the events, if not the usual.
        """
        district = roster.district["id"]
        before = self._publications.get(district)
        listeners = frozenset(self._event_subscribers if heard else ())
        order = order or self._event_order
        self._publications[district] = Publication(roster, at, before, listeners, order)
        if before is None:
            for client in self._clients.values():
                self.tokens.mint(district, client, at)

    def disconnect(self, district: str) -> None:
        """Disconnects a district from the app; its tokens stop working."""
        self._publications.pop(district, None)
        self.tokens.forget(district)

    def rotate(self, district: str, *, at: datetime) -> None:
        """Gives the district new tokens; the old ones stop working."""
        for client in self._clients.values():
            self.tokens.mint(district, client, at)

    def revoke(self, district: str) -> None:
        """Takes the district's tokens away: they answer 401, and no list has them."""
        for client in self._clients.values():
            token = self.tokens.of_district(district, client)
            if token is not None:
                self.tokens.revoke(token)

    def reset_rate_limits(self) -> None:
        """Gives every token its full request budget, as at the start of a school day."""
        self._limit.reset()

    def enable_events(self, client: str = "") -> None:
        """From the next publication on, the first app or the one named hears events."""
        self._event_subscribers.add(client or next(iter(self._clients)))

    def move_clock(self, at: datetime) -> None:
        """District time moves on though no district syncs; events grow old."""
        self._moved_to = at

    def token(self, district: str, client: str = "") -> str:
        """A district's active token, for the first app or the one named."""
        app = self._clients[client] if client else next(iter(self._clients.values()))
        token = self.tokens.of_district(district, app)
        if token is None:
            raise SimulatorError(
                f"District {district} has no token for the app {app.id}.",
                hint="Publish a roster of the district first.",
            )
        return token.value

    # What endpoints ask.

    def client(self, identity: str) -> OAuthClient | None:
        """The registered app with that id."""
        return self._clients.get(identity)

    @property
    def clients(self) -> tuple[OAuthClient, ...]:
        """The registered apps, in their order."""
        return tuple(self._clients.values())

    @property
    def districts(self) -> tuple[str, ...]:
        """The Clever ids of the districts in play, in the order they connected."""
        return tuple(self._publications)

    def publication(self, district: str) -> Publication | None:
        """What a district shares at the moment."""
        return self._publications.get(district)

    def district_time(self, publication: Publication) -> datetime:
        """The moment it is for a district: its last sync, or later if the clock was moved."""
        return max(publication.at, self._moved_to or publication.at)

    def district_tokens(self, client: OAuthClient) -> tuple[Token, ...]:
        """An app's tokens for the districts in play."""
        tokens = (self.tokens.of_district(district, client) for district in self._publications)
        return tuple(token for token in tokens if token is not None)

    def bearer(self, request: Request) -> Token | None:
        """The token a request carries, if it is in force."""
        return self._in_force(_bearer(request))

    def _in_force(self, bearer: str) -> Token | None:
        token = self.tokens.find(bearer)
        if token is not None and token.expires is not None and self.now() >= token.expires:
            return None
        return token

    # What the app sees.

    def handle(self, request: Request) -> Response:
        """Answers one request and logs the exchange."""
        started = self._timer()
        call = EndpointCall(clever=self, request=request)
        response = self._answer(call)
        seconds = self._timer() - started + response.delay
        self.traffic.append(started - self._origin, seconds, call.district, request, response)
        if response.delay and self._skip is not None:
            self._skip(response.delay)
            response.delay = 0.0
        return response

    def _answer(self, call: EndpointCall) -> Response:
        request = call.request
        if self.request_cap is not None and (refused := self.request_cap.spend()) is not None:
            return refused
        match = self._table.find(request.method, request.path)
        try:
            if match is not None and match.route.audience is None:
                return self.faults.answer(call, match.route.endpoint)
            if match is None:
                known = self._table.methods(request.path) if request.method == "OPTIONS" else ()
                if known:
                    return serialization.options_response(known, self.request_id())
                if not request.path.lower().startswith("/v"):
                    return serialization.cannot_response(request.method, request.path)
            return self._rate_limited(call, match)
        except HttpError as refused:
            return serialization.error_response(refused.status, refused.message)
        except Exception as crash:
            self.crashes.append(crash)
            return serialization.error_response(500, "Internal Server Error")

    def _rate_limited(self, call: EndpointCall, match: RouteMatch | None) -> Response:
        """An answer of the API host: rate limit, token, then the endpoint."""
        bearer = _bearer(call.request)
        if not bearer:
            response = serialization.error_response(
                401, "No bearer token in the Authorization header"
            )
        else:
            window = call.window = self._limit.take(bearer, self.now())
            response = (
                serialization.too_many_requests()
                if window.exceeded
                else self._authorized(call, match, bearer)
            )
            response.headers += call.window.headers()  # a fault may have put another one there
        response.headers.append(self.request_id())
        return response

    def _authorized(self, call: EndpointCall, match: RouteMatch | None, bearer: str) -> Response:
        token = self._in_force(bearer)
        call.publication = self._publications.get(token.district) if token else None
        if token is None or call.publication is None:
            return serialization.error_response(401, serialization.UNAUTHORIZED)
        call.token, call.district = token, token.district
        if match is None or not match.route.opens_to(token):
            return serialization.cannot_response(call.request.method, call.request.path)
        call.version, call.id = match.version, match.id
        try:
            response = self.faults.answer(call, match.route.endpoint)
        except HttpError as refused:
            return serialization.error_response(refused.status, refused.message)
        if response.compressible and compression.accepts(call.request):
            return compression.compressed(response)  # last, since faults read the body
        return response

    def request_id(self) -> Header:
        """A new `x-request-id`, in the form Clever's proxy gives it."""
        dice = self._request_ids.getrandbits(122)
        parts = (dice >> 90, dice >> 74 & 0xFFFF, dice >> 62 & 0xFFF, dice >> 48 & 0x3FFF | 0x8000)
        return b"x-request-id", b"%08x-%04x-9%03x-%04x-%012x" % (*parts, dice & 0xFFFFFFFFFFFF)


def _bearer(request: Request) -> str:
    scheme, _, value = request.header("authorization").partition(" ")
    return value.strip(" ") if scheme.lower() == "bearer" else ""


__all__ = ["ROUTES", "VERSIONS", "Simulator"]
