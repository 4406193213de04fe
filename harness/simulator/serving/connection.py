"""HttpConnection: one connection of a client, requests in and responses out, in their order.

A protocol of asyncio's without ASGI in between: an application that never waits needs no task, no
scope and no events per request.
"""

from __future__ import annotations

import asyncio
import http
import time
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import cast

import httptools

from harness.simulator.http.delivery import Delivery
from harness.simulator.http.message import Header, Request, Response

MAX_BODY = 1 << 20
"""Bytes of a request body that are kept; no endpoint needs more than a few hundred."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_STATUS = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}".encode() for status in http.HTTPStatus
}
_NOT_HTTP = Response(400, [(b"content-type", b"text/plain")], b"This is not an HTTP request.")


class HttpConnection(asyncio.Protocol):
    """Parses what arrives, asks `handle`, writes what it says; a slow answer holds the next."""

    def __init__(
        self,
        handle: Callable[[Request], Response],
        open_connections: set[HttpConnection],
        number: int = 0,
    ) -> None:
        """This one is among the open connections while it is open."""
        self._handle = handle
        self._open_connections = open_connections
        self._number = number
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._scheme = "http"
        self._waiting: deque[tuple[Request, bool]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._due: Delivery | None = None
        self._paused = False
        self._closing = False
        self._begin()

    def _begin(self) -> None:
        self._target = b""
        self._headers: list[Header] = []
        self._body = bytearray()

    # What the loop says.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's has no such base
        self._scheme = "https" if transport.get_extra_info("sslcontext") else "http"
        self._open_connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._open_connections.discard(self)
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()
        if self._due is not None:
            self._due.lost = True
        del self._parser, self._transport  # they know us too, and a simulator hangs on us

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as offered:
            # An offer of another protocol is not taken up: this one goes on behind it.
            self._parser = httptools.HttpRequestParser(self)
            if rest := data[offered.args[0] :]:
                self.data_received(rest)
        except httptools.HttpParserError:
            self._write(_NOT_HTTP, "GET", keep=False)

    def pause_writing(self) -> None:
        self._paused = True
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        self._paused = False
        self._transport.resume_reading()
        self._serve_waiting()

    def shutdown(self) -> None:
        """Closes as soon as no answer is due."""
        self._closing = True
        if self._timer is not None:
            return
        if self._scheme == "https" and not self._transport.get_write_buffer_size():
            self._transport.abort()  # closing would wait for the other side's goodbye
        else:
            self._transport.close()

    def abort(self) -> None:
        """Closes at once."""
        self._transport.abort()

    # What the parser says.

    def on_message_begin(self) -> None:
        self._begin()

    def on_url(self, url: bytes) -> None:
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        if any(name == b"expect" for name, _ in self._headers):
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        if len(self._body) < MAX_BODY:
            self._body += body

    def on_message_complete(self) -> None:
        parser = self._parser
        path, _, query = self._target.decode("latin-1").partition("?")
        if not path.startswith("/") and "://" in path:
            path = "/" + path.partition("://")[2].partition("/")[2]
        method = parser.get_method().decode("latin-1")
        body = bytes(self._body)
        request = Request(method, path, query, self._headers, body, self._scheme, self._number)
        keep = parser.should_keep_alive() and parser.get_http_version() == "1.1"
        if self._timer is None and not self._paused and not self._waiting:
            self._serve(request, keep)
        else:
            self._waiting.append((request, keep))

    # What we say.

    def _serve(self, request: Request, keep: bool) -> None:
        response = self._handle(request)
        if response.delay:
            self._due = response.delivery
            later = asyncio.get_running_loop().call_later
            self._timer = later(response.delay, self._write_delayed, response, request.method, keep)
        else:
            self._write(response, request.method, keep=keep)

    def _write_delayed(self, response: Response, method: str, keep: bool) -> None:
        self._timer = self._due = None
        self._write(response, method, keep=keep)
        self._serve_waiting()

    def _serve_waiting(self) -> None:
        while self._waiting and self._timer is None and not self._paused:
            self._serve(*self._waiting.popleft())

    def _write(self, response: Response, method: str, *, keep: bool) -> None:
        keep = keep and response.cut is None and not self._closing
        body = b"" if method == "HEAD" else response.body[: response.cut]
        self._transport.writelines((self._head(response, keep), body))
        if not keep:
            self._waiting.clear()
            self._transport.close()

    def _head(self, response: Response, keep: bool) -> bytes:
        lines = [_STATUS[response.status], *map(b": ".join, response.headers)]
        lines += _date(int(time.time())), b"content-length: %d" % len(response.body)
        if not keep:
            lines.append(b"connection: close")
        head = b"\r\n".join(lines) + b"\r\n\r\n"
        if head.count(b"\n") != len(lines) + 1:
            raise ValueError(f"A header of the answer has a line break: {response.headers}")
        return head


@lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    year, month, day, hour, minute, seconds, weekday, *_ = time.gmtime(second)
    moment = f"{day:02} {_MONTHS[month - 1]} {year} {hour:02}:{minute:02}:{seconds:02}"
    return f"date: {_WEEKDAYS[weekday]}, {moment} GMT".encode()
