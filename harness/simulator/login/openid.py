"""OpenID Connect: discovery, the public key, and signed identity tokens.

Claims, issuer and lifetime are those of dev.clever.com (OIDC implementation). The content of
Clever's discovery document is not public; here it names what Clever documents, and the address of
the keys that Moodle's Clever service uses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from harness.district.data_model.records import User
from harness.simulator.access.signer import ISSUER, Signer
from harness.simulator.http.message import Request, Response
from harness.simulator.login.responses import json_response
from harness.simulator.routing.call import EndpointCall
from harness.simulator.routing.routes import Route

if TYPE_CHECKING:
    from harness.simulator.access.logins import Grant
    from harness.simulator.login.person import Person

_API = "https://api.clever.com"
_LIFE = 60 * 60
"""Seconds an identity token is valid."""
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9a-fA-F:]+\](:[0-9]{1,5})?")


def identity_token(signer: Signer, person: Person, grant: Grant, now: float) -> str:
    """A signed JWT about the person who logged in, for the app that exchanged the code."""
    issued = int(now)
    return signer.sign(
        {
            "sub": person.user["id"],
            "aud": grant.client,
            "iat": issued,
            "exp": issued + _LIFE,
            **({"nonce": grant.nonce} if grant.nonce else {}),
            **claims_about(person, grant.role, grant.district),
        }
    )


def claims_about(person: Person, role: str, district: str) -> dict[str, Any]:
    """The claims about a person in one of their roles; `user_id` is the id from before v3.0."""
    user = person.user
    email = user.get("email") or ""
    return {
        "user_id": legacy_id(user, role),
        "user_type": role,
        "district": district,
        "multi_role_user_id": user["id"],
        **({"email": email} if email else {}),
        "email_verified": False,
        "given_name": user["name"].get("first") or "",
        "family_name": user["name"].get("last") or "",
    }


def legacy_id(user: User, role: str) -> str:
    """The id a role had before v3.0; for students it is the same."""
    held = cast(dict[str, dict[str, Any]], user["roles"])[role]
    return str(held.get("legacy_id") or user["id"])


def _bases(request: Request) -> tuple[str, str]:
    """Where clever.com and api.clever.com are for whoever asks: as they reached us."""
    host = request.header("host").lower()
    if host.removesuffix(":443") in ("clever.com", "api.clever.com") or not _HOST.fullmatch(host):
        return ISSUER, _API
    base = f"{request.scheme}://{host}"
    return base, base


def _discovery(call: EndpointCall) -> Response:
    accounts, api = _bases(call.request)
    return json_response(
        {
            "issuer": call.clever.signer.issuer,
            "authorization_endpoint": f"{accounts}/oauth/authorize",
            "token_endpoint": f"{accounts}/oauth/tokens",
            "userinfo_endpoint": f"{api}/userinfo",
            "jwks_uri": f"{accounts}/oauth/certs",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic",
                "client_secret_post",
            ],
            "claims_supported": [
                "iss", "sub", "aud", "iat", "exp", "nonce", "user_id", "user_type", "district",
                "multi_role_user_id", "email", "email_verified", "given_name", "family_name",
            ],
        }
    )  # fmt: skip


def _certs(call: EndpointCall) -> Response:
    return json_response(call.clever.signer.keys())


ROUTES = (
    Route(path="/.well-known/openid-configuration", endpoint=_discovery, audience=None),
    Route(path="/oauth/certs", endpoint=_certs, audience=None),
)
