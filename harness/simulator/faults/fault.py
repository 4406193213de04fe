"""Faults: wrappers around an endpoint that make Clever misbehave, one kind at a time.

A fault says which requests it means (path, district, page) and when it is over; what it strikes is
marked with its name in the traffic log. `effects` has what it does to an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from harness.simulator.http.message import Response
from harness.simulator.routing.call import Call, Endpoint

Strike = Callable[[Call, Endpoint], Response | None]
"""The spoilt answer to a call, or None when the fault cannot strike here."""

PAGES = r"/v3\.[01]/(schools|terms|courses|sections|users|events)/?$"
"""Paths of the lists an app pages through; single records and relations are not meant."""
_NEXT = b'"rel":"next"'


class Page(StrEnum):
    """Which of the answers that a path means are struck, whatever an app's page size."""

    ANY = "any"
    LATER = "later"  # all but the first, and the first one too if no page follows it
    LAST = "last"  # answers that no page follows


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of trouble and when it strikes."""

    name: str
    strike: Strike = field(repr=False)
    path: str = PAGES
    """Regular expression the path must match from its beginning."""
    query: str = ""
    """Regular expression that must be found in the query."""
    district: str = ""
    """Clever id of the only district meant, or "" for any."""
    page: Page = Page.ANY
    after: int = 1
    """Matching requests that pass before the first strike: 1 means in the middle of paging."""
    times: int | None = 1
    """How often it strikes; None: every time."""
    spreads: bool = False
    """Whether after its first strike it strikes every path of the district."""
    sticks: bool = False
    """Whether after its first strike it means that path alone."""
    spares: frozenset[str] = frozenset()
    """Ids in a path that make it strike elsewhere."""
    patience: int | None = None
    """Strikes of one and the same request after which it is over; None: no number of them."""
    lasts: float | None = None
    """Seconds of protocol time from the first strike on; None: as long as it is in force."""
    struck: int = 0
    _seen: int = 0
    _path: str = ""
    _until: float | None = None
    _asked: Counter[str] = field(default_factory=Counter)

    def __call__(self, call: Call, endpoint: Endpoint) -> Response:
        """The endpoint's answer, or the spoilt one when it is this request's turn."""
        if self._over(call) or not self._means(call):
            return endpoint(call)
        self._seen += 1
        response = self.strike(call, endpoint) if self._turn(call, endpoint) else None
        if response is None:
            return endpoint(call)
        self._remember(call)
        response.fault = f"{response.fault}+{self.name}" if response.fault else self.name
        return response

    def _over(self, call: Call) -> bool:
        if self.times is not None and self.struck >= self.times:
            return True
        if self.patience is not None and max(self._asked.values(), default=0) >= self.patience:
            return True
        return self._until is not None and call.clever.now() >= self._until

    def _means(self, call: Call) -> bool:
        path = call.request.path
        if self.district and self.district != call.district:
            return False
        if self.struck and self.sticks:
            return path == self._path
        if self.struck and self.spreads:
            return True
        if self.spares and not self.spares.isdisjoint(path.split("/")):
            return False
        if not re.search(self.query, call.request.query):
            return False
        return re.match(self.path, path, re.IGNORECASE) is not None

    def _turn(self, call: Call, endpoint: Endpoint) -> bool:
        if self._seen <= self.after:
            return False
        if self.page is Page.ANY or (self.struck and (self.sticks or self.spreads)):
            return True
        if self.page is Page.LATER and self._seen > 1:
            return True
        return _NEXT not in endpoint(call).body

    def _remember(self, call: Call) -> None:
        self.struck += 1
        self._path = call.request.path
        self._asked[call.request.target] += 1
        if self._until is None and self.lasts is not None:
            self._until = call.clever.now() + self.lasts


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
