"""The token endpoints of clever.com that need no login: district tokens and tokeninfo."""

from __future__ import annotations

from harness.district.data_model.timestamps import timestamp
from harness.simulator.access.tokens import Owner, Token
from harness.simulator.http import serialization
from harness.simulator.http.message import Header, Response
from harness.simulator.login.client_credentials import client_of
from harness.simulator.login.responses import JSON, json_response, oauth_error
from harness.simulator.roster.paging import Query
from harness.simulator.routing.call import EndpointCall
from harness.simulator.routing.routes import Route


def _district_tokens(call: EndpointCall) -> Response:
    client = client_of(call.clever, call.request)
    if client is None:
        return oauth_error(401, "invalid_client", "invalid client id or secret")
    query = Query(call.request.query)
    district = query.get("district")
    if query.get("owner_type") not in ("district", *([""] if district else [])):
        return oauth_error(400, "invalid_request", "owner_type must be district")
    tokens = call.clever.district_tokens(client)
    data = [_listed(token) for token in tokens if district in ("", token.district)]
    target = f"/oauth/tokens?owner_type=district{f'&district={district}' if district else ''}"
    body = serialization.json_body({"data": data, "links": [{"rel": "self", "uri": target}]})
    call.district = district if any(token.district == district for token in tokens) else ""
    headers: list[Header] = [
        JSON,
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


def _tokeninfo(call: EndpointCall) -> Response:
    token = call.clever.bearer(call.request)
    if token is None:
        return oauth_error(401, "invalid_token", "invalid or missing access token")
    call.district = token.district
    content = {"client_id": token.client.id, "scopes": list(token.scopes)}
    return json_response(content, vary=b"Origin, Accept-Encoding")


ROUTES = (
    Route(path="/oauth/tokens", endpoint=_district_tokens, audience=None),
    Route(path="/oauth/tokeninfo", endpoint=_tokeninfo, audience=None),
)
