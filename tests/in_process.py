"""In process: the simulated Clever without a socket between it and the demo's HTTP client.

Hundreds of apps play the year in the tests, and half of what a request costs is its way through
sockets. The app's client builds its requests and reads its answers as ever; Clever logs them as
ever. A connection that drops is a matter of sockets, so such a day goes over a real one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from itertools import count
from threading import Lock
from types import TracebackType
from typing import Self

import httpx

from harness.demo.adapter import certificates
from harness.replay import simulated_clever
from harness.replay.simulated_clever import SimulatedClever
from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Request, Response
from harness.simulator.simulator import Simulator

TRANSPORT = f"{__name__}:InProcess"
"""The option of a demo app that makes it ask this way."""
DROPS = frozenset({"cut-off"})
"""The faults that only a socket can show."""

_CLEVERS: dict[int, Simulator] = {}
"""Port → the simulator that is served there."""
_LOCK = Lock()
"""A simulator answers one request after another, whatever thread asks."""
_NUMBERS = count(1)


@contextmanager
def serve(
    client: OAuthClient,
    *,
    now: Callable[[], float],
    timer: Callable[[], float],
    skip: Callable[[float], None] | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[SimulatedClever]:
    """A served Clever, which answers in this process too where the app asks it that way."""
    with simulated_clever.serve(
        client, now=now, timer=timer, skip=skip, host=host, port=port
    ) as clever:
        at = httpx.URL(clever.url).port or 0
        _CLEVERS[at] = clever.simulator
        try:
            yield clever
        finally:
            del _CLEVERS[at]


class InProcess(httpx.BaseTransport):
    """Brings the requests of one client to the simulator at their port, or to the real server."""

    def __init__(self) -> None:
        self._socket: httpx.HTTPTransport | None = None
        self._number = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer as it would come over the wire."""
        simulator = _CLEVERS.get(request.url.port or 0)
        if simulator is None or any(fault.name in DROPS for fault in simulator.faults):
            self._socket = self._socket or httpx.HTTPTransport(verify=certificates())
            return self._socket.handle_request(request)
        self._number = self._number or next(_NUMBERS)
        with _LOCK:
            response = simulator.handle(_received(request, self._number))
        assert response.cut is None, "such an answer needs a socket"
        assert not response.delay, "such an answer needs a socket"
        return _sent(response, request.method)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._socket is not None:
            self._socket.close()


def _received(request: httpx.Request, number: int) -> Request:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    headers = [(name.lower(), value) for name, value in request.headers.raw]
    return Request(request.method, path, query, headers, request.read(), "http", number)


def _sent(response: Response, method: str) -> httpx.Response:
    date = formatdate(time.time(), usegmt=True).encode()
    size = b"%d" % len(response.body)
    return httpx.Response(
        response.status,
        headers=[*response.headers, (b"date", date), (b"content-length", size)],
        content=b"" if method == "HEAD" else response.body,
    )
