"""JSON answers of clever.com, whose headers differ from those of the API host."""

from __future__ import annotations

from harness.simulator.http import serialization
from harness.simulator.http.message import Header, Response

JSON: Header = (b"content-type", b"application/json; charset=utf-8")
TRANSPORT: Header = (b"strict-transport-security", b"max-age=15552000; includeSubDomains")


def json_response(content: object, *, status: int = 200, vary: bytes = b"") -> Response:
    """A JSON answer; `vary` names the request headers it depends on, if it says so."""
    body = serialization.json_body(content)
    varying = [(b"vary", vary)] if vary else []
    headers = [JSON, TRANSPORT, *varying, (b"etag", serialization.session_etag(body))]
    return Response(status, headers, body)


def oauth_error(status: int, error: str, description: str) -> Response:
    """An error in the shape of OAuth."""
    return json_response({"error": error, "error_description": description}, status=status)
