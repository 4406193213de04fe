"""Requests and responses without sockets: what the simulator eats and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from harness.simulator.http.delivery import Delivery

Header = tuple[bytes, bytes]


def _first(headers: Iterable[Header], name: str) -> str:
    wanted = name.encode()
    for key, value in headers:
        if key == wanted:
            return value.decode("latin-1")
    return ""


class Request(NamedTuple):
    """One HTTP request, path and query exactly as sent (still percent-encoded).

    A tuple, since a frozen dataclass takes three times as long to make.
    """

    method: str
    path: str
    query: str = ""
    headers: tuple[Header, ...] | list[Header] = ()
    """Names in lower case, as ASGI gives them."""
    body: bytes = b""
    scheme: str = "http"
    connection: int = 0
    """Which of the server's connections it came over, counted from 1; 0 if over none."""

    def header(self, name: str) -> str:
        """The first header of that lower-case name, or ""."""
        return _first(self.headers, name)

    @property
    def target(self) -> str:
        """Path and query as on the request line."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(slots=True)
class Response:
    """One HTTP response; `content-length`, `date` and framing are the server's business."""

    status: int
    headers: list[Header] = field(default_factory=list)
    body: bytes = b""
    records: int = 0
    """How many records the body holds, for the traffic log."""
    delivery: Delivery | None = None
    """Which records of the district these are; None for anything else, or when a fault hit."""
    fault: str = ""
    """The name of the fault that hit it, or ""."""
    delay: float = 0.0
    """Seconds the server waits before it answers."""
    cut: int | None = None
    """Bytes of the body after which the server drops the connection."""
    compressible: bool = False
    """Whether it comes in gzip to clients that accept it."""

    def header(self, name: str) -> str:
        """The first header of that lower-case name, or ""."""
        return _first(self.headers, name)


class HttpError(Exception):
    """A request that gets an error status; `message` goes into the JSON body."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
