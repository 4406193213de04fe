"""The traffic log: every request that reached the simulator, in the order it was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.simulator.http.delivery import Delivery
from harness.simulator.http.message import Request, Response

_SECRETS = re.compile(r"(^|&)((?:access_token|client_secret|token|code|id_token)=)[^&]*")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what became of it."""

    seq: int
    started: float
    """Seconds since the simulator was made."""
    seconds: float
    """How long the answer took, with the delay a fault asked for."""
    district: str
    """Clever id of the token's district, or "" when the request had no valid token."""
    method: str
    path: str
    query: str
    """As sent, with the values of secrets taken out."""
    status: int
    records: int
    """Number of records in the body."""
    size: int
    """Bytes of the body."""
    fault: str
    """The fault that hit it, or ""."""
    agent: str
    """The User-Agent header."""
    connection: int
    """Which of the server's connections it came over, counted from 1; 0 if over none."""
    delivery: Delivery | None
    """The records the answer carried whole, or None."""


Row = tuple[int, float, float, str, str, str, str, int, int, int, str, str, int, Delivery | None]
"""The fields of an exchange: appended as they are, made into one when somebody reads."""


class Traffic:
    """An append-only list of exchanges; a mark is a position in it.

    With `most` it forgets the oldest, some at a time, for a simulator that runs for weeks.
    """

    def __init__(self, most: int | None = None) -> None:
        self._rows: list[Row] = []
        self._most = most
        self._forgotten = 0

    def append(
        self,
        started: float,
        seconds: float,
        district: str,
        request: Request,
        response: Response,
    ) -> None:
        """Adds one exchange and numbers it."""
        query = request.query
        if "=" in query and ("token" in query or "secret" in query or "code" in query):
            query = _SECRETS.sub(r"\1\2…", query)
        self._rows.append(
            (
                self.mark(), started, seconds, district, request.method, request.path, query,
                response.status, response.records, len(response.body), response.fault,
                request.header("user-agent"), request.connection,
                None if response.cut is not None or request.method == "HEAD" else response.delivery,
            )
        )  # fmt: skip
        if self._most is not None and len(self._rows) > self._most:
            oldest = max(1, self._most // 10)
            del self._rows[:oldest]
            self._forgotten += oldest

    def mark(self) -> int:
        """The position after the last exchange so far."""
        return self._forgotten + len(self._rows)

    def since(self, mark: int) -> tuple[Exchange, ...]:
        """The exchanges from a mark on, as far as they are not forgotten."""
        return tuple(Exchange(*row) for row in self._rows[max(0, mark - self._forgotten) :])

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self.since(0))

    def __len__(self) -> int:
        return len(self._rows)
