"""Logins: who is signed in at Clever, the codes on their way to apps, and apps' callbacks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from harness.simulator.access.clients import OAuthClient

_NOT_IN_A_URI = re.compile(r"[^!-~]|[#<>\\^`{|}\"]")
"""What has to be written with percent signs, and the fragment, which OAuth forbids."""
CODE_LIFE_SECONDS = 60
"""Seconds in which a code can be exchanged, once (https://dev.clever.com/docs/il-design)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A person who is signed in at Clever, so that no page asks who they are."""

    user: str
    """Clever id."""
    role: str = ""
    """The role they use, for people with several; "": the first that may log in."""
    by_admin: bool = False
    """Whether it is a district admin who acts as this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a code stands for until it is exchanged."""

    client: str
    redirect_uri: str
    district: str
    user: str
    role: str
    nonce: str
    expires: float
    """Protocol time."""


def is_redirect_uri(uri: str) -> bool:
    """Whether an app could be called back there: a whole http or https URL, no fragment.

    No browser follows one with spaces or control characters in it, or with a port out of range.
    """
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return False
    whole = parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
    return whole and not _NOT_IN_A_URI.search(uri)


class Logins:
    """The login side of one Clever; changed by logins and by whoever runs the simulator."""

    def __init__(self) -> None:
        self.signed_in: SignIn | None = None
        """Who the login page takes everybody for; None: it asks."""
        self._grants: dict[str, Grant] = {}
        self._issued = 0
        self._callbacks: dict[str, tuple[str, ...]] = {}

    def callbacks(self, client: OAuthClient) -> tuple[str, ...]:
        """The redirect URIs an app may use, the primary one first."""
        return self._callbacks.get(client.id, client.redirect_uris)

    def allow(self, client: OAuthClient, redirect_uris: Iterable[str]) -> None:
        """Replaces an app's redirect URIs."""
        self._callbacks[client.id] = tuple(dict.fromkeys(redirect_uris))

    def issue(self, grant: Grant, client: OAuthClient, now: float) -> str:
        """A new code for a grant."""
        self._issued += 1
        self._grants = {code: known for code, known in self._grants.items() if now < known.expires}
        # Derived, not drawn, as tokens are: unknown to whoever lacks the secret.
        seed = f"{client.secret}:code:{grant.user}:{self._issued}".encode()
        code = hashlib.sha256(seed).hexdigest()[:40]
        self._grants[code] = grant
        return code

    def find(self, code: str, client: OAuthClient, now: float) -> Grant | None:
        """What an app's code stands for; None when it is unknown, spent, old or another app's."""
        grant = self._grants.get(code)
        if grant is None or grant.client != client.id or now >= grant.expires:
            return None
        return grant

    def spend(self, code: str) -> None:
        """Takes a code out of force."""
        self._grants.pop(code, None)
