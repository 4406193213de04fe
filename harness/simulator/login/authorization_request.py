"""AuthorizationRequest: what an app, the portal or an Instant Login link asks of the login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Response
from harness.simulator.roster.paging import Query

if TYPE_CHECKING:
    from harness.simulator.routing.clever import Clever

LOGIN = "/_login"
"""Our page where a person says who they are; Clever's own are not documented."""
UNAUTHORIZED = "unauthorized-user"


class LoginError(Exception):
    """A login that cannot go on; shown on a page, and never sent to a redirect URI."""

    def __init__(self, message: str, advice: str = "", *, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRequest:
    """One request for a code, its client known and its redirect URI allowed."""

    client: OAuthClient
    redirect_uri: str
    state: str | None
    """As sent; None when none was, and then none is sent back."""
    nonce: str
    district: str
    """Clever id, or "" when the person has yet to say which."""
    response_type: str
    confirm: bool
    """`confirmed=false`: a student is asked whether it is really them."""
    return_unshared: bool
    """Whether the app wants to hear of people it may not have."""

    def callback(self, **answer: str) -> Response:
        """The person goes back to the app, with an answer and the app's state."""
        if self.state is not None:
            answer["state"] = self.state
        mark = "&" if "?" in self.redirect_uri else "?"
        return redirect(f"{self.redirect_uri}{mark}{urlencode(answer, quote_via=quote)}")

    def parameters(self) -> dict[str, str]:
        """The request again, as parameters of the login page."""
        parameters = {
            "client_id": self.client.id,
            "response_type": self.response_type,
            "redirect_uri": self.redirect_uri,
            "nonce": self.nonce,
            "district_id": self.district,
            "confirmed": "false" if self.confirm else "",
            "return_unshared": "true" if self.return_unshared else "",
        }
        kept = {name: value for name, value in parameters.items() if value}
        return kept if self.state is None else {**kept, "state": self.state}

    def login_page(self) -> Response:
        """The person goes to the page where they say who they are."""
        return redirect(f"{LOGIN}?{urlencode(self.parameters())}")


def read(clever: Clever, query: Query, *, by_app: bool = True) -> AuthorizationRequest:
    """The request in a query string; raises LoginError where no app can be told.

    What Clever starts (`by_app` false) has no state and goes to the primary redirect URI.
    """
    client = _client(clever, query)
    allowed = clever.logins.callbacks(client)
    if not allowed:
        raise LoginError(
            "This app has no redirect URI, so there is nowhere to send anybody.",
            "Register one: rosterready serve --redirect-uri URL",
        )
    wanted = query.get("redirect_uri") if by_app else ""
    if wanted and wanted not in allowed:
        raise LoginError(
            f"The redirect URI {wanted} is not on this app's list.",
            f"It must be exactly one of: {', '.join(allowed)}",
        )
    district = query.get("district_id")
    if district and clever.publication(district) is None:
        raise LoginError(
            f"There is no district {district} here.", "Check the parameter district_id."
        )
    return AuthorizationRequest(
        client=client,
        redirect_uri=wanted or allowed[0],
        state=query.get("state") if by_app and "state" in query else None,
        nonce=query.get("nonce"),
        district=district,
        response_type=query.get("response_type") if by_app else "code",
        confirm=query.get("confirmed") == "false",
        return_unshared=by_app and query.get("return_unshared") == "true",
    )


def _client(clever: Clever, query: Query) -> OAuthClient:
    identity = query.get("client_id")
    client = clever.client(identity)
    if client is None:
        message = (
            f"There is no app {identity}." if identity else "The parameter client_id is missing."
        )
        raise LoginError(message, "An app's client id is the one Clever gave it.")
    return client


def redirect(where: str) -> Response:
    """A 302. What no header may carry is escaped, so an answer stays one answer."""
    safe = quote(where, safe="!#$%&'()*+,/:;=?@[]~")
    return Response(
        302,
        [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"location", safe.encode()),
            (b"strict-transport-security", b"max-age=15552000; includeSubDomains"),
            (b"vary", b"Accept, Accept-Encoding"),
            (b"cache-control", b"no-store"),
        ],
        f"Found. Redirecting to {safe}".encode(),
    )
