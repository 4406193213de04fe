"""The credentials of the app, as Clever issues them."""

from __future__ import annotations

import hashlib

from harness.simulator.access.clients import OAuthClient


def credentials(salt: str, *, client_id: str = "", client_secret: str = "") -> OAuthClient:
    """The app's credentials: the fixed ones of the configuration, or synthetic ones of this run."""
    drawn = hashlib.sha256(f"rosterready client {salt}".encode()).hexdigest()
    return OAuthClient(id=client_id or drawn[:20], secret=client_secret or drawn[20:60])
