"""RequestCap: so many requests may one sync make; it ends a sync that never stops asking.

It stands before rate limit, token and path, so that it counts what those refuse as well.
"""

from __future__ import annotations

from harness.simulator.http import serialization
from harness.simulator.http.message import Response

REFUSAL_SECONDS = 0.2
"""How long each refusal takes: an app that goes on all the same does not fill the traffic log."""


class RequestCap:
    """A budget of requests. Once it is spent all are refused, under a fault's name in the log."""

    def __init__(self, fault: str, budget: int) -> None:
        self._fault = fault
        self._left = budget

    def spend(self) -> Response | None:
        """Spends one request of the budget; the refusal when nothing is left of it."""
        if self._left:
            self._left -= 1
            return None
        # 503 and not 429: a 429 names the moment from which asking helps, and there is none.
        refusal = serialization.error_response(503, "This sync has asked too often")
        refusal.fault, refusal.delay = self._fault, REFUSAL_SECONDS
        return refusal
