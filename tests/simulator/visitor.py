"""A person at a browser and the app behind it, without sockets."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from simulator import town

from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Request, Response
from harness.simulator.simulator import Simulator

CALLBACK = town.CLIENT.redirect_uris[0]
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def basic(client: OAuthClient = town.CLIENT, secret: str = "") -> str:
    """An app's Authorization header."""
    pair = f"{client.id}:{secret or client.secret}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def answered(response: Response) -> dict[str, str]:
    """The parameters with which a redirect goes back to an app."""
    assert response.status == 302, (response.status, response.body)
    return dict(parse_qsl(urlsplit(response.header("location")).query, keep_blank_values=True))


@dataclass
class Visitor:
    """Somebody who logs in to an app."""

    simulator: Simulator
    client: OAuthClient = town.CLIENT

    def visit(self, path: str, **query: str) -> Response:
        """Opens a page."""
        return self.simulator.handle(Request("GET", path, urlencode(query)))

    def follow(self, response: Response) -> Response:
        """Goes where a redirect within Clever leads."""
        where = response.header("location")
        assert where.startswith("/"), where
        path, _, query = where.partition("?")
        return self.simulator.handle(Request("GET", path, query))

    def authorize(self, **query: str) -> Response:
        """Follows an app's "log in with Clever" link."""
        return self.visit(
            "/oauth/authorize", **{"response_type": "code", "client_id": self.client.id, **query}
        )

    def pick(self, user: str, role: str = "student", **query: str) -> Response:
        """Presses the button beside somebody on the login page."""
        fields = {"client_id": self.client.id, "pick": f"{user} {role}", **query}
        return self.simulator.handle(
            Request(
                "POST",
                "/_login",
                "",
                [(b"content-type", FORM.encode())],
                urlencode(fields).encode(),
            )
        )

    def code(self, user: str, role: str = "student", **query: str) -> str:
        """A fresh code for somebody."""
        return answered(self.pick(user, role, **query))["code"]

    def exchange(
        self, body: bytes | dict[str, str], *, kind: str = FORM, authorization: str | None = None
    ) -> Response:
        """The app sends a body to the token endpoint."""
        if isinstance(body, dict):
            body = json.dumps(body).encode() if kind == JSON else urlencode(body).encode()
        headers = [(b"content-type", kind.encode())] if kind else []
        said = basic(self.client) if authorization is None else authorization
        if said:
            headers.append((b"authorization", said.encode("latin-1")))
        return self.simulator.handle(Request("POST", "/oauth/tokens", "", headers, body))

    def buy(self, code: str, **other: str) -> Response:
        """The app exchanges a code as Clever documents it."""
        return self.exchange(
            {"code": code, "grant_type": "authorization_code", "redirect_uri": CALLBACK, **other}
        )

    def session(self, user: str, role: str = "student", **query: str) -> dict[str, Any]:
        """What the app gets when somebody logs in."""
        bought: dict[str, Any] = json.loads(self.buy(self.code(user, role, **query)).body)
        return bought

    def read(self, token: str, path: str, method: str = "GET") -> Response:
        """The app asks something with a person's token."""
        path, _, query = path.partition("?")
        headers = [(b"authorization", f"Bearer {token}".encode())]
        return self.simulator.handle(Request(method, path, query, headers))
