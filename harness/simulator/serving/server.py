"""Server: the simulator behind a port, playing both api.clever.com and clever.com."""

from __future__ import annotations

import asyncio
import errno
import itertools
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from harness.errors import STARVED, SimulatorError, SimulatorMisconfigured
from harness.simulator.http.message import Request, Response
from harness.simulator.serving.connection import HttpConnection
from harness.simulator.simulator import Simulator

if TYPE_CHECKING:
    from harness.simulator.control.door import ControlDoor
    from harness.simulator.serving.tls import Certificates

_PATIENCE = 1.0
"""Seconds that answers under way have when the server closes."""
_BACKLOG = 2048


class Server:
    """Serves a simulator from a thread with an event loop while the context is open."""

    def __init__(
        self,
        simulator: Simulator,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        control: ControlDoor | None = None,
        tls: Certificates | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._tls = _context(tls) if tls else None
        self._handle: Callable[[Request], Response] = (
            simulator.handle if control is None else control.before(simulator.handle)
        )
        self._connections: set[HttpConnection] = set()
        self._numbers = itertools.count(1)
        self._over = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None

    @property
    def url(self) -> str:
        """Base URL that stands for both hosts, without a trailing slash."""
        return f"{'https' if self._tls else 'http'}://{self._host}:{self._port}"

    def __enter__(self) -> Server:
        self._socket = self._bind()
        self._port = self._socket.getsockname()[1]
        # The socket already listens: requests wait for the loop, nobody has to wait for us.
        self._loop = _loop()
        serving = self._serve(self._socket)
        self._thread = threading.Thread(target=partial(_run, self._loop, serving), daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # this machine has no more threads to give
            serving.close()
            self._loop.close()
            self._socket.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(timeout=5)
            self._loop = self._thread = None  # they know us too, and a simulator hangs on us
        if self._socket is not None:
            self._socket.close()

    async def _serve(self, listener: socket.socket) -> None:
        """Serves until it is over, which may be before it has begun."""
        server = await asyncio.get_running_loop().create_server(
            self._connection, sock=listener, ssl=self._tls, backlog=_BACKLOG
        )
        await self._over.wait()
        server.close()
        await self._finish()

    def _connection(self) -> HttpConnection:
        return HttpConnection(self._handle, self._connections, next(self._numbers))

    async def _finish(self) -> None:
        """Lets answers under way go out; whoever keeps a connection open loses it."""
        for connection in tuple(self._connections):
            connection.shutdown()
        until = time.monotonic() + _PATIENCE
        while self._connections and time.monotonic() < until:
            await asyncio.sleep(0.005)
        for connection in tuple(self._connections):
            connection.abort()
        await asyncio.sleep(0)  # until they know of it

    def _bind(self) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
            listener.listen(_BACKLOG)
        except OSError as problem:
            listener.close()
            raise self._refused(problem) from problem
        return listener

    def _refused(self, problem: OSError) -> SimulatorError:
        where = f"{self._host}:{self._port}"
        if problem.errno in STARVED:
            return SimulatorError(f"Cannot listen on {where}: {problem.strerror}.")
        if problem.errno == errno.EADDRINUSE:
            return SimulatorMisconfigured(
                f"Port {self._port} on {self._host} is in use by another program.",
                hint="Stop that program, choose another port, or use port 0 for any free one.",
            )
        if problem.errno == errno.EACCES:
            return SimulatorMisconfigured(
                f"Not allowed to listen on {where}.", hint="Choose a port above 1023."
            )
        return SimulatorMisconfigured(
            f"Cannot listen on {where}: {problem.strerror or problem}.",
            hint="Name an address of this machine, such as 127.0.0.1.",
        )


def _run(loop: asyncio.AbstractEventLoop, serving: Coroutine[None, None, None]) -> None:
    try:
        loop.run_until_complete(serving)
    finally:
        loop.close()


def _loop() -> asyncio.AbstractEventLoop:
    """uvloop's where there is one: it takes half of asyncio's time."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


def _context(tls: Certificates) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tls.chain, tls.key)
    return context
