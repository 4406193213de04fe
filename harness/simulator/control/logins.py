"""Logins over the control API: the app's callbacks, who is signed in, starts from the portal."""

from __future__ import annotations

from dataclasses import asdict

from harness.simulator.access.logins import SignIn, is_redirect_uri
from harness.simulator.control.body import ControlError, body_of, query_of
from harness.simulator.control.context import ControlContext, Endpoints, JsonObject
from harness.simulator.http.message import Request
from harness.simulator.login.authorization_request import LoginError
from harness.simulator.login.authorize import start_from_portal
from harness.simulator.login.person import find_person


def app(context: ControlContext) -> JsonObject:
    """The app whose login this is; its secret is not told."""
    client = context.client
    return {
        "client_id": client.id,
        "redirect_uris": list(context.simulator.logins.callbacks(client)),
        "openid": client.openid,
    }


def _set_app(context: ControlContext, request: Request) -> JsonObject:
    with body_of(request) as body:
        uris = body.texts("redirect_uris", ())
    for uri in uris:
        if not is_redirect_uri(uri):
            raise ControlError(400, f"{uri} is no redirect URI.", "Give a whole http or https URL.")
    context.simulator.logins.allow(context.client, uris)
    return app(context)


def signed_in(context: ControlContext) -> JsonObject | None:
    """Who is signed in at Clever, or None."""
    sign_in = context.simulator.logins.signed_in
    return None if sign_in is None else asdict(sign_in)


def _signed_in(context: ControlContext, request: Request) -> JsonObject:
    query_of(request, ())
    return {"signed_in": signed_in(context)}


def _sign_in(context: ControlContext, request: Request) -> JsonObject:
    context.simulator.logins.signed_in = _somebody(context, request)
    return {"signed_in": signed_in(context)}


def _sign_out(context: ControlContext, request: Request) -> JsonObject:
    body_of(request).finish()
    context.simulator.logins.signed_in = None
    return {"signed_in": None}


def _portal(context: ControlContext, request: Request) -> JsonObject:
    somebody = _somebody(context, request)
    try:
        return {"url": start_from_portal(context.simulator, context.client, somebody)}
    except LoginError as error:
        raise ControlError(409, error.message, error.advice) from error


def _somebody(context: ControlContext, request: Request) -> SignIn:
    """The person a body names; anybody whose id is known, also if they may not log in."""
    with body_of(request) as body:
        user, role = body.text("user"), body.text("role", "", empty=True)
        by_admin = body.flag("by_admin", False)
    person = find_person(context.simulator, context.client, user)
    if person is None and not _exists(context, user):
        raise ControlError(404, f"There is nobody with the Clever id {user}.")
    if person is not None and role and role not in person.roles:
        raise ControlError(
            409, f"{person.name} is no {role}.", f"Roles: {', '.join(person.roles)}."
        )
    return SignIn(user=user, role=role, by_admin=by_admin)


def _exists(context: ControlContext, user: str) -> bool:
    return any(
        user in context.publication(district).roster.users
        for district in context.simulator.districts
    )


ENDPOINTS: Endpoints = {
    ("PUT", "/app"): _set_app,
    ("GET", "/sign-in"): _signed_in,
    ("PUT", "/sign-in"): _sign_in,
    ("DELETE", "/sign-in"): _sign_out,
    ("POST", "/portal-starts"): _portal,
}
