"""Signer: the key with which Clever signs identity tokens."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ISSUER = "https://clever.com"
_KEY_BITS = 2048


class Signer:
    """The key of one Clever: made when first needed, since that takes a tenth of a second."""

    def __init__(self, issuer: str = ISSUER) -> None:
        self.issuer = issuer

    @cached_property
    def _key(self) -> RSAKey:
        from joserfc.jwk import RSAKey

        return RSAKey.generate_key(_KEY_BITS, {"use": "sig", "alg": "RS256"}, auto_kid=True)

    def keys(self) -> dict[str, Any]:
        """The JSON Web Key Set: the public half."""
        return {"keys": [self._key.as_dict(private=False)]}

    def sign(self, claims: dict[str, Any]) -> str:
        """A JWT with these claims, in the issuer's name."""
        from joserfc import jwt

        header = {"alg": "RS256", "typ": "JWT", "kid": self._key.kid}
        return jwt.encode(header, {"iss": self.issuer, **claims}, self._key)
