"""The route table: which endpoint answers a path, and which kind of token may ask it.

Each endpoint module offers `ROUTES`; the simulator joins them. Matching follows Express: literal
segments in any casing, a trailing slash allowed; ids are taken as sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from harness.simulator.access.scopes import has_secure_sync
from harness.simulator.access.tokens import Owner, Token
from harness.simulator.http.versions import VERSIONS
from harness.simulator.routing.call import Endpoint

DISTRICT_ONLY = frozenset({Owner.DISTRICT})
ANYONE = frozenset(Owner)
_METHODS = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A path, its endpoint and who may call it; `{version}` and `{id}` stand for any such segment.

    `audience` None: no bearer token is asked for, no rate limit applies (the host clever.com).
    """

    path: str
    endpoint: Endpoint
    methods: frozenset[str] = frozenset({"GET", "HEAD"})
    audience: frozenset[Owner] | None = DISTRICT_ONLY
    secure_sync: bool = True
    """Whether a district token needs Secure Sync scopes for it."""

    def opens_to(self, token: Token) -> bool:
        """Whether this kind of token may call it at all; otherwise it does not seem to exist."""
        if token.owner not in (self.audience or ()):
            return False
        return (
            not self.secure_sync
            or token.owner is not Owner.DISTRICT
            or has_secure_sync(token.scopes)
        )


@dataclass(slots=True)
class _PathNode:
    literal: dict[str, _PathNode] = field(default_factory=dict)
    wild: _PathNode | None = None
    routes: dict[str, Route] = field(default_factory=dict)  # by method


class RouteMatch(NamedTuple):
    """The route found and what its path's variables stand for."""

    route: Route
    version: str
    id: str


class RouteTable:
    """Finds a path's route in as many steps as it has segments."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _PathNode()
        for route in routes:
            for version in VERSIONS if "{version}" in route.path else ("",):
                self._add(route, route.path.replace("{version}", version))

    def _add(self, route: Route, path: str) -> None:
        node = self._root
        for segment in path.strip("/").split("/"):
            if segment == "{id}":
                node.wild = node.wild or _PathNode()
                node = node.wild
            else:
                node = node.literal.setdefault(segment.lower(), _PathNode())
        for method in route.methods:
            if method in node.routes:
                raise ValueError(f"Two endpoints answer {method} {path}.")
            node.routes[method] = route

    def find(self, method: str, path: str) -> RouteMatch | None:
        """The route for a method and path, or None."""
        segments = path.split("/")
        if segments[0] or len(segments) < 2:
            return None
        if len(segments) > 2 and not segments[-1]:
            segments.pop()
        node, identity = self._root, ""
        for segment in segments[1:]:
            known = node.literal.get(segment) or node.literal.get(segment.lower())
            if known is None:
                if node.wild is None or not segment:
                    return None
                known, identity = node.wild, segment
            node = known
        route = node.routes.get(method)
        if route is None:
            return None
        first = segments[1].lower()
        return RouteMatch(route, first if first in VERSIONS else "", identity)

    def methods(self, path: str) -> tuple[str, ...]:
        """The methods a path answers, as Express names them; none for an unknown path."""
        return tuple(method for method in _METHODS if self.find(method, path) is not None)
