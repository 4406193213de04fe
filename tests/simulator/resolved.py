"""Name resolution that leads Clever's host names to this machine, and nothing else astray."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

NAMES = ("api.clever.com", "clever.com")


def lead_here(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """What a hosts file or a container alias does; with the port, which tests cannot choose."""
    found: Callable[..., Any] = socket.getaddrinfo
    port = urlsplit(url).port

    def resolve(host: Any, wanted: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in NAMES and int(wanted) == 443:
            return found("127.0.0.1", port, *rest, **more)
        assert name in ("127.0.0.1", "localhost", None), f"{name} is not on this machine"
        return found(host, wanted, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
