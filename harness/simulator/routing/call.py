"""EndpointCall: a request on its way to an endpoint, and what an endpoint is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.simulator.access.rate_limit import RateLimitWindow
from harness.simulator.access.tokens import Token
from harness.simulator.http.message import Request, Response
from harness.simulator.roster.publication import Publication
from harness.simulator.routing.clever import Clever


@dataclass(slots=True, kw_only=True)
class EndpointCall:
    """A request on its way to an endpoint."""

    clever: Clever
    request: Request
    version: str = ""
    id: str = ""
    token: Token | None = None
    publication: Publication | None = None
    district: str = ""
    """Whose district the answer speaks of, for the traffic log; an open endpoint may set it."""
    window: RateLimitWindow | None = None
    """The token's minute, for the rate headers."""
    most_records: int | None = None
    """How many records a page has at most, whatever the request asks for."""


Endpoint = Callable[[EndpointCall], Response]
"""Answers a call; raises Refusal for an error that Clever documents."""
