"""Server: the simulator behind a port, playing both api.clever.com and clever.com."""

from __future__ import annotations

import errno
import logging
import socket
import threading
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

import uvicorn

from harness.errors import SimulatorError
from harness.simulator.line import Line
from harness.simulator.simulator import Simulator

if TYPE_CHECKING:
    from harness.simulator.control import Control
    from harness.simulator.tls import Certificates


async def _unused(scope: Any, receive: Any, send: Any) -> None:
    """Stands for the ASGI application uvicorn wants to be given; `Line` takes its place."""


class Server:
    """Serves a simulator from a thread while the context is open."""

    def __init__(
        self,
        simulator: Simulator,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        control: Control | None = None,
        tls: Certificates | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._scheme = "https" if tls else "http"
        handle = simulator.handle if control is None else control.before(simulator.handle)
        config = uvicorn.Config(
            _unused,
            http=cast(Any, partial(Line, handle)),
            ssl_certfile=tls.chain if tls else None,
            ssl_keyfile=tls.key if tls else None,
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level=logging.CRITICAL,  # a connection that a fault drops is no news
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None

    @property
    def url(self) -> str:
        """Base URL that stands for both hosts, without a trailing slash."""
        return f"{self._scheme}://{self._host}:{self._port}"

    def __enter__(self) -> Server:
        self._socket = self._bind()
        self._port = self._socket.getsockname()[1]
        # The socket already listens: requests wait for the loop, nobody has to wait for us.
        run = self._server.run
        self._thread = threading.Thread(target=run, args=([self._socket],), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=5)
        if self._socket is not None:
            self._socket.close()

    def _bind(self) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
            listener.listen(2048)
        except OSError as problem:
            listener.close()
            raise self._refused(problem) from problem
        return listener

    def _refused(self, problem: OSError) -> SimulatorError:
        where = f"{self._host}:{self._port}"
        if problem.errno == errno.EADDRINUSE:
            return SimulatorError(
                f"Port {self._port} on {self._host} is in use by another program.",
                hint="Stop that program, choose another port, or use port 0 for any free one.",
            )
        if problem.errno == errno.EACCES:
            return SimulatorError(
                f"Not allowed to listen on {where}.", hint="Choose a port above 1023."
            )
        return SimulatorError(f"Cannot listen on {where}: {problem.strerror or problem}.")
