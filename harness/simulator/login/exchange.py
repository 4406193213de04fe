"""The code exchange: `POST /oauth/tokens`, one code for one person's token.

Bodies are forms or JSON, nothing else (dev.clever.com, OAuth implementation). Clever documents
HTTP Basic; an app's credentials are also read from the body, where django-allauth,
social-auth-core and AWS Cognito, which log in through Clever every day, put them.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Header, Response
from harness.simulator.login import openid
from harness.simulator.login.client_credentials import client_of, known_client
from harness.simulator.login.person import find_person
from harness.simulator.login.responses import json_response, oauth_error
from harness.simulator.routing.call import EndpointCall
from harness.simulator.routing.routes import Route

_FORM_TYPE = "application/x-www-form-urlencoded"
_JSON_TYPE = "application/json"
_MAX_FIELDS = 50
_VARY: Header = (b"vary", b"X-HTTP-Method-Override, Accept-Encoding")


def _exchange(call: EndpointCall) -> Response:
    response = _answer(call)
    response.headers.insert(2, _VARY)
    return response


def _answer(call: EndpointCall) -> Response:
    kind = call.request.header("content-type").partition(";")[0].strip().lower()
    if kind not in (_FORM_TYPE, _JSON_TYPE):
        return oauth_error(400, "invalid_request", "invalid content-type")
    fields = _form(call.request.body) if kind == _FORM_TYPE else _json(call.request.body)
    if fields is None:
        return oauth_error(400, "invalid_request", "invalid body")
    client = client_of(call.clever, call.request) or _named(call, fields)
    if client is None:
        return oauth_error(401, "invalid_client", "invalid client id or secret")
    if fields.get("grant_type") != "authorization_code":
        return oauth_error(400, "unsupported_grant_type", "grant_type must be authorization_code")
    return _redeem(call, client, fields)


def _redeem(call: EndpointCall, client: OAuthClient, fields: dict[str, str]) -> Response:
    clever, now = call.clever, call.clever.now()
    code = fields.get("code", "")
    grant = clever.logins.find(code, client, now)
    if grant is None:
        return oauth_error(400, "invalid_grant", "invalid code")
    if fields.get("redirect_uri") != grant.redirect_uri:
        return oauth_error(
            400, "invalid_grant", "redirect_uri is not the one that received the code"
        )
    clever.logins.spend(code)
    person = find_person(clever, client, grant.user, grant.district)
    if person is None or grant.role not in person.roles:
        return oauth_error(400, "invalid_grant", "invalid code")
    call.district = grant.district
    token = clever.tokens.mint_session(
        client, district=grant.district, user=grant.user, role=grant.role, now=now
    )
    answer = {"access_token": token.value, "token_type": "bearer"}
    if client.openid:
        answer["id_token"] = openid.identity_token(clever.signer, person, grant, now)
    return json_response(answer)


def _named(call: EndpointCall, fields: dict[str, str]) -> OAuthClient | None:
    """The app that names itself in the body; only when there is no Authorization header."""
    if call.request.header("authorization"):
        return None
    secret = fields.get("client_secret", "").encode("utf-8", "replace")
    return known_client(call.clever, fields.get("client_id", ""), secret)


def _form(body: bytes) -> dict[str, str] | None:
    """A form's fields; None when it is none, or names a field twice (RFC 6749, 3.2)."""
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict"
        )
    except ValueError:
        return None
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else None


def _json(body: bytes) -> dict[str, str] | None:
    """An object's texts; None when the body is no object."""
    try:
        fields: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    return {name: value for name, value in fields.items() if isinstance(value, str)}


ROUTES = (
    Route(path="/oauth/tokens", endpoint=_exchange, audience=None, methods=frozenset({"POST"})),
)
