"""Bearer tokens: one per district and app, and (for logins) one per user and session."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from harness.simulator.access.clients import OAuthClient

SESSION_LIFE_SECONDS = 24 * 60 * 60
"""Seconds a login's token lives."""


class Owner(StrEnum):
    """Whose token it is; the owner's kind decides which paths it opens."""

    DISTRICT = "district"
    USER = "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A bearer token as `/oauth/tokens` lists it."""

    value: str = field(repr=False)
    id: str
    owner: Owner
    district: str
    client: OAuthClient
    created: datetime
    user: str = ""
    """Clever id of the person logged in, for a user's token."""
    role: str = ""
    """The role in which they logged in, where they have several."""
    expires: float | None = None
    """Protocol time at which it stops working; None: never, as for districts."""

    @property
    def scopes(self) -> tuple[str, ...]:
        return self.client.scopes


class Tokens:
    """The tokens in force. A revoked one is forgotten, and answers like one never given."""

    def __init__(self) -> None:
        self._by_value: dict[str, Token] = {}
        self._minted = 0

    def find(self, value: str) -> Token | None:
        """The token in force with that value."""
        return self._by_value.get(value)

    def of_district(self, district: str, client: OAuthClient) -> Token | None:
        """The active district token of one app."""
        for token in self._by_value.values():
            if (token.district, token.client, token.owner) == (district, client, Owner.DISTRICT):
                return token
        return None

    def mint(self, district: str, client: OAuthClient, created: datetime) -> Token:
        """A new district token; the one before stops working."""
        before = self.of_district(district, client)
        if before is not None:
            self.revoke(before)
        digest = self._digest(client, district)
        token = Token(
            value=digest[:40],
            id=_identity(created, digest),
            owner=Owner.DISTRICT,
            district=district,
            client=client,
            created=created,
        )
        self.add(token)
        return token

    def mint_session(
        self, client: OAuthClient, *, district: str, user: str, role: str, now: float
    ) -> Token:
        """A new token for one person's login: 40 characters from `il` on, good for a day."""
        digest = self._digest(client, user)
        created = datetime.fromtimestamp(now, UTC)
        token = Token(
            value=f"il{digest[:38]}",
            id=_identity(created, digest),
            owner=Owner.USER,
            district=district,
            client=client,
            created=created,
            user=user,
            role=role,
            expires=now + SESSION_LIFE_SECONDS,
        )
        self._drop_expired(now)
        self.add(token)
        return token

    def _digest(self, client: OAuthClient, about: str) -> str:
        # Derived, not drawn: fresh with the district's id, and not to be computed without the
        # secret from anything a recording holds.
        self._minted += 1
        seed = f"{client.secret}:{client.id}:{about}:{self._minted}".encode()
        return hashlib.sha256(seed).hexdigest()

    def _drop_expired(self, now: float) -> None:
        self._by_value = {
            value: token
            for value, token in self._by_value.items()
            if token.expires is None or now < token.expires
        }

    def add(self, token: Token) -> None:
        """Puts a token made elsewhere in force."""
        self._by_value[token.value] = token

    def revoke(self, token: Token) -> None:
        """Takes a token out of force."""
        self._by_value.pop(token.value, None)

    def forget(self, district: str) -> None:
        """Takes all tokens of a district out of force."""
        self._by_value = {
            value: token for value, token in self._by_value.items() if token.district != district
        }


def _identity(created: datetime, digest: str) -> str:
    """An id like Clever's: it begins with the second in which the token was made, as recorded."""
    return f"{int(created.timestamp()) & 0xFFFFFFFF:08x}{digest[40:56]}"
