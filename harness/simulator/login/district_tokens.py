"""The token endpoints of clever.com that need no login: district tokens and tokeninfo."""

from __future__ import annotations

import base64
import binascii
import hmac

from harness.district.data_model.timestamps import timestamp
from harness.simulator.access.clients import Client
from harness.simulator.access.tokens import Owner, Token
from harness.simulator.http import serialization
from harness.simulator.http.message import Header, Response
from harness.simulator.roster.paging import Query
from harness.simulator.routing.call import Call
from harness.simulator.routing.routes import Route

_JSON = (b"content-type", b"application/json; charset=utf-8")
_TRANSPORT = (b"strict-transport-security", b"max-age=15552000; includeSubDomains")


def client_of(call: Call) -> Client | None:
    """The app whose id and secret the request carries (HTTP Basic), or None."""
    scheme, _, coded = call.request.header("authorization").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        credentials = base64.b64decode(coded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    identity, colon, secret = credentials.partition(b":")
    client = call.clever.client(identity.decode("utf-8", "replace")) if colon else None
    known = client is not None and hmac.compare_digest(client.secret.encode(), secret)
    return client if known else None


def refused(status: int, error: str, description: str) -> Response:
    """An error in the shape of OAuth."""
    body = serialization.json_body({"error": error, "error_description": description})
    return Response(status, [_JSON, _TRANSPORT, (b"etag", serialization.session_etag(body))], body)


def _district_tokens(call: Call) -> Response:
    client = client_of(call)
    if client is None:
        return refused(401, "invalid_client", "invalid client id or secret")
    query = Query(call.request.query)
    district = query.get("district")
    if query.get("owner_type") not in ("district", *([""] if district else [])):
        return refused(400, "invalid_request", "owner_type must be district")
    tokens = call.clever.district_tokens(client)
    data = [_listed(token) for token in tokens if district in ("", token.district)]
    target = f"/oauth/tokens?owner_type=district{f'&district={district}' if district else ''}"
    body = serialization.json_body({"data": data, "links": [{"rel": "self", "uri": target}]})
    call.district = district if any(token.district == district for token in tokens) else ""
    headers: list[Header] = [
        _JSON,
        call.clever.request_id(),
        (b"etag", serialization.listing_etag(body)),
    ]
    return Response(200, headers, body, records=len(data))


def _listed(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "created": timestamp(token.created),
        "owner": {"type": Owner.DISTRICT, "id": token.district},
        "access_token": token.value,
        "scopes": list(token.scopes),
    }


def _tokeninfo(call: Call) -> Response:
    token = call.clever.bearer(call.request)
    if token is None:
        return refused(401, "invalid_token", "invalid or missing access token")
    call.district = token.district
    body = serialization.json_body({"client_id": token.client.id, "scopes": list(token.scopes)})
    vary = (b"vary", b"Origin, Accept-Encoding")
    return Response(
        200, [_JSON, _TRANSPORT, vary, (b"etag", serialization.session_etag(body))], body
    )


ROUTES = (
    Route(path="/oauth/tokens", endpoint=_district_tokens, audience=None),
    Route(path="/oauth/tokeninfo", endpoint=_tokeninfo, audience=None),
)
