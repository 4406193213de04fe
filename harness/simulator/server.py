"""Server: the simulator behind a port, playing both api.clever.com and clever.com."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from types import TracebackType
from typing import Any

import uvicorn

from harness.errors import SimulatorError
from harness.simulator.message import Request, Response
from harness.simulator.simulator import Simulator

MAX_BODY = 1 << 20
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


class Application:
    """A raw ASGI application around `Simulator.handle`."""

    def __init__(self, simulator: Simulator) -> None:
        self._handle = simulator.handle

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        method = scope["method"]
        body = b"" if method in _BODILESS else await _read(receive)
        request = Request(
            method,
            scope["raw_path"].decode("latin-1"),
            scope["query_string"].decode("latin-1"),
            scope["headers"],
            body,
            scope["scheme"],
        )
        response = self._handle(request)
        if response.delay:
            await asyncio.sleep(response.delay)
        await _send(send, response)


async def _read(receive: Any) -> bytes:
    """The body, or as much of it as fits; endpoints need a few hundred bytes."""
    parts: list[bytes] = []
    size = 0
    while size <= MAX_BODY:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body"):
            break
    return b"".join(parts)


async def _send(send: Any, response: Response) -> None:
    body = response.body
    headers = [*response.headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if response.cut is None:
        await send({"type": "http.response.body", "body": body})
    else:
        # Returning with more to come makes the server drop the connection.
        part = body[: response.cut]
        await send({"type": "http.response.body", "body": part, "more_body": True})


class Server:
    """Serves a simulator from a thread while the context is open."""

    def __init__(self, simulator: Simulator, host: str = "127.0.0.1", port: int = 0) -> None:
        self._host = host
        self._port = port
        config = uvicorn.Config(
            Application(simulator),
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None

    @property
    def url(self) -> str:
        """Base URL that stands for both hosts, without a trailing slash."""
        return f"http://{self._host}:{self._port}"

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
