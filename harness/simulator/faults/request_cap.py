"""The gate: Clever as a whole, closed to an app that never stops asking.

It stands before rate limit, token and path, so that it counts what those refuse as well.
"""

from __future__ import annotations

from harness.simulator.http import serialization
from harness.simulator.http.message import Response

SLOWED = 0.2
"""Seconds each refusal takes: whoever goes on all the same does not fill the log."""


class Gate:
    """Lets a number of requests pass; from then on all are refused, under a name in the log."""

    def __init__(self, name: str, most: int) -> None:
        self._name, self._left = name, most

    def refusal(self) -> Response | None:
        """The answer to one more request, or None when it may pass."""
        if self._left:
            self._left -= 1
            return None
        refused = serialization.refusal(503, "This sync has asked too often")
        refused.fault, refused.delay = self._name, SLOWED
        return refused
