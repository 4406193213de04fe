"""Faults: wrappers around an endpoint that make Clever misbehave, one kind at a time.

A fault says which requests it means (path, district, page) and when it is over; what it hits is
marked with its name in the traffic log. `effects` has what it does to an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from harness.simulator.http.message import Response
from harness.simulator.routing.call import Endpoint, EndpointCall

Effect = Callable[[EndpointCall, Endpoint], Response | None]
"""The spoilt answer to a call, or None when it cannot be spoilt."""

PAGES = r"/v3\.[01]/(schools|terms|courses|sections|users|events)/?$"
"""Paths of the lists an app pages through; single records and relations are not meant."""
_NEXT = b'"rel":"next"'


class PageTarget(StrEnum):
    """Which of a path's answers are hit, whatever an app's page size."""

    ANY = "any"
    LATER = "later"  # all but the first, and the first one too if no page follows it
    LAST = "last"  # answers that no page follows


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of failure and which requests it hits."""

    name: str
    effect: Effect = field(repr=False)
    path: str = PAGES
    """Regular expression the path must match from its beginning."""
    query: str = ""
    """Regular expression that must be found in the query."""
    district: str = ""
    """Clever id of the only district meant, or "" for any."""
    page: PageTarget = PageTarget.ANY
    after: int = 1
    """Matching requests that pass before the first hit: 1 means in the middle of paging."""
    times: int | None = 1
    """How often it hits; None: every time."""
    escalates: bool = False
    """Whether after its first hit it hits every path of the district."""
    same_path_only: bool = False
    """Whether after its first hit it means that path alone."""
    same_url_only: bool = False
    """Whether after its first hit it means that path with that query alone."""
    exclude_ids: frozenset[str] = frozenset()
    """Requests whose path names one of these ids are not hit."""
    max_hits_per_request: int | None = None
    """Hits of one and the same request after which it is over; None: no limit."""
    hits: int = 0
    _matched: int = 0
    _last_path: str = ""
    _hits_by_target: Counter[str] = field(default_factory=Counter)

    def __call__(self, call: EndpointCall, endpoint: Endpoint) -> Response:
        """The endpoint's answer, or the spoilt one when it is this request's turn."""
        if self._is_over() or not self._matches(call):
            return endpoint(call)
        self._matched += 1
        response = self.effect(call, endpoint) if self._is_due(call, endpoint) else None
        if response is None:
            return endpoint(call)
        self._remember(call)
        response.fault = f"{response.fault}+{self.name}" if response.fault else self.name
        return response

    def _is_over(self) -> bool:
        if self.times is not None and self.hits >= self.times:
            return True
        most = max(self._hits_by_target.values(), default=0)
        return self.max_hits_per_request is not None and most >= self.max_hits_per_request

    def _matches(self, call: EndpointCall) -> bool:
        path = call.request.path
        if self.district and self.district != call.district:
            return False
        if self.hits and self.same_url_only:
            return call.request.target in self._hits_by_target
        if self.hits and self.same_path_only:
            return path == self._last_path
        if self.hits and self.escalates:
            return True
        if self.exclude_ids and not self.exclude_ids.isdisjoint(path.split("/")):
            return False
        if not re.search(self.query, call.request.query):
            return False
        return re.match(self.path, path, re.IGNORECASE) is not None

    def _is_due(self, call: EndpointCall, endpoint: Endpoint) -> bool:
        if self._matched <= self.after:
            return False
        if self.page is PageTarget.ANY or (self.hits and self._is_set_on_what_it_hit):
            return True
        if self.page is PageTarget.LATER and self._matched > 1:
            return True
        return _NEXT not in endpoint(call).body

    @property
    def _is_set_on_what_it_hit(self) -> bool:
        return self.same_path_only or self.same_url_only or self.escalates

    def _remember(self, call: EndpointCall) -> None:
        self.hits += 1
        self._last_path = call.request.path
        self._hits_by_target[call.request.target] += 1


class Faults:
    """The faults in force; the first set is the innermost."""

    def __init__(self) -> None:
        self._faults: tuple[Fault, ...] = ()

    def set(self, *faults: Fault) -> None:
        """Puts exactly these in force."""
        self._faults = faults

    def clear(self) -> None:
        """Takes all faults out of force."""
        self._faults = ()

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def answer(self, call: EndpointCall, endpoint: Endpoint) -> Response:
        """The endpoint's answer with every fault around it."""
        for fault in self._faults:
            endpoint = _around(fault, endpoint)
        return endpoint(call)


def _around(fault: Fault, endpoint: Endpoint) -> Endpoint:
    return lambda call: fault(call, endpoint)
