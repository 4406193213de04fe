"""The app that a request to clever.com names with its id and secret."""

from __future__ import annotations

import base64
import binascii
import hmac

from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Request
from harness.simulator.routing.clever import Clever


def client_of(clever: Clever, request: Request) -> OAuthClient | None:
    """The app whose id and secret the request carries (HTTP Basic), or None."""
    scheme, _, coded = request.header("authorization").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        credentials = base64.b64decode(coded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    identity, colon, secret = credentials.partition(b":")
    return known_client(clever, identity.decode("utf-8", "replace"), secret) if colon else None


def known_client(clever: Clever, identity: str, secret: bytes) -> OAuthClient | None:
    """The app of that id, if the secret is its own."""
    client = clever.client(identity)
    known = client is not None and hmac.compare_digest(client.secret.encode(), secret)
    return client if known else None
