"""The control API: whoever runs the simulator reads its traffic and moves its world along.

It has a prefix of its own, answers on this machine only, and is no part of Clever: its requests
are not in the traffic log. What it offers is laid down in reports/schemas/control.openapi.json.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import orjson

from harness.errors import RosterreadyError
from harness.simulator.control import districts as control_districts
from harness.simulator.control import logins as control_logins
from harness.simulator.control import world as control_world
from harness.simulator.control.body import ControlError
from harness.simulator.control.context import ControlContext, Endpoint, Endpoints
from harness.simulator.control.door import PREFIX
from harness.simulator.http.message import Header, Request, Response
from harness.simulator.http.pages import page

_JSON: Header = (b"content-type", b"application/json; charset=utf-8")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ONLY_HERE = "Only programs on this machine may use it, and web pages of its own."


@dataclass(frozen=True, slots=True, kw_only=True)
class _ControlRoute:
    method: str
    path: re.Pattern[str]
    endpoint: Endpoint


ENDPOINTS: Endpoints = {
    **control_world.ENDPOINTS,
    **control_districts.ENDPOINTS,
    **control_logins.ENDPOINTS,
}
_ROUTES = tuple(
    _ControlRoute(
        method=method,
        path=re.compile(path.replace("{id}", "(?P<identity>[^/]+)")),
        endpoint=endpoint,
    )
    for (method, path), endpoint in ENDPOINTS.items()
)


class Control:
    """Answers the requests under the prefix. `host` is the address the server listens on."""

    def __init__(self, context: ControlContext, *, host: str) -> None:
        self._context = context
        self._here = _is_loopback(host)

    def handle(self, request: Request) -> Response:
        """JSON for everything but the page; never an exception."""
        try:
            self._guard(request)
            return self._answer(request)
        except ControlError as refused:
            return _json(refused.status, {"error": refused.error, "hint": refused.hint})
        except RosterreadyError as problem:
            return _json(400, {"error": problem.message, "hint": problem.hint})
        except Exception as crash:
            self._context.simulator.crashes.append(crash)
            return _json(500, {"error": f"A mistake of ours: {crash!r}", "hint": "Please tell us."})

    def _guard(self, request: Request) -> None:
        """Refuses whoever is not on this machine, and pages that trick a browser on it."""
        if not self._here:
            raise ControlError(
                403,
                "The control API is off, because the server can be reached from elsewhere.",
                "Start it with --host 127.0.0.1.",
            )
        if not _is_loopback(_name_of(request.header("host"))):
            raise ControlError(403, "The control API answers to localhost only.", _ONLY_HERE)
        origin = request.header("origin")
        if origin and urlsplit(origin).netloc != request.header("host"):
            raise ControlError(
                403, "The control API does not answer to other web pages.", _ONLY_HERE
            )
        if request.header("sec-fetch-site") in ("cross-site", "same-site"):
            raise ControlError(
                403, "The control API does not answer to other web pages.", _ONLY_HERE
            )
        kind = request.header("content-type").partition(";")[0].strip().lower()
        if request.body and kind != "application/json":
            raise ControlError(
                415, "The body must be JSON.", "Send content-type: application/json."
            )

    def _answer(self, request: Request) -> Response:
        path = request.path.removeprefix(PREFIX).rstrip("/")
        method = "GET" if request.method == "HEAD" else request.method
        if not path and method == "GET":
            return page("serve/index.html", policy=_POLICY)
        methods: list[str] = []
        for route in _ROUTES:
            match = route.path.fullmatch(path)
            if match is None:
                continue
            if route.method == method:
                return _json(200, route.endpoint(self._context, request, **match.groupdict()))
            methods.append(route.method)
        if methods:
            raise ControlError(405, f"{path} knows {', '.join(methods)}, not {method}.")
        raise ControlError(
            404, f"There is no {path}.", f"{PREFIX}/openapi.json says what there is."
        )


def _json(status: int, content: object) -> Response:
    headers = [_JSON, (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    try:
        body = orjson.dumps(content)
    except TypeError:  # half a character, which a body may contain as an escape and an answer, too
        body = json.dumps(content).encode()
    return Response(status, headers, body)


def _name_of(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
