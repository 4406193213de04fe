"""Logins over the control API: the app's callbacks, who is signed in, starts from the portal."""

from __future__ import annotations

from dataclasses import asdict

from harness.simulator.access.logins import SignIn, is_redirect_uri
from harness.simulator.control.body import Refused, body_of, query_of
from harness.simulator.control.context import Desk, Endpoints, Said
from harness.simulator.http.message import Request
from harness.simulator.login.authorization_request import Mistake
from harness.simulator.login.authorize import start_from_portal
from harness.simulator.login.person import find_person


def app(desk: Desk) -> Said:
    """The app whose login this is; its secret is not told."""
    client = desk.client
    return {
        "client_id": client.id,
        "redirect_uris": list(desk.simulator.logins.callbacks(client)),
        "openid": client.openid,
    }


def _set_app(desk: Desk, request: Request) -> Said:
    with body_of(request) as body:
        uris = body.texts("redirect_uris", ())
    for uri in uris:
        if not is_redirect_uri(uri):
            raise Refused(400, f"{uri} is no redirect URI.", "Give a whole http or https URL.")
    desk.simulator.logins.allow(desk.client, uris)
    return app(desk)


def signed_in(desk: Desk) -> Said | None:
    """Who is signed in at Clever, or None."""
    found = desk.simulator.logins.signed_in
    return None if found is None else asdict(found)


def _signed_in(desk: Desk, request: Request) -> Said:
    query_of(request, ())
    return {"signed_in": signed_in(desk)}


def _sign_in(desk: Desk, request: Request) -> Said:
    desk.simulator.logins.signed_in = _somebody(desk, request)
    return {"signed_in": signed_in(desk)}


def _sign_out(desk: Desk, request: Request) -> Said:
    body_of(request).finish()
    desk.simulator.logins.signed_in = None
    return {"signed_in": None}


def _portal(desk: Desk, request: Request) -> Said:
    somebody = _somebody(desk, request)
    try:
        return {"url": start_from_portal(desk.simulator, desk.client, somebody)}
    except Mistake as mistake:
        raise Refused(409, mistake.message, mistake.advice) from mistake


def _somebody(desk: Desk, request: Request) -> SignIn:
    """The person a body names; anybody whose id is known, also if they may not log in."""
    with body_of(request) as body:
        user, role = body.text("user"), body.text("role", "", empty=True)
        by_admin = body.flag("by_admin", False)
    person = find_person(desk.simulator, desk.client, user)
    if person is None and not _exists(desk, user):
        raise Refused(404, f"There is nobody with the Clever id {user}.")
    if person is not None and role and role not in person.roles:
        raise Refused(409, f"{person.name} is no {role}.", f"Roles: {', '.join(person.roles)}.")
    return SignIn(user=user, role=role, by_admin=by_admin)


def _exists(desk: Desk, user: str) -> bool:
    return any(user in desk.publication(one).roster.users for one in desk.simulator.districts)


ENDPOINTS: Endpoints = {
    ("PUT", "/app"): _set_app,
    ("GET", "/sign-in"): _signed_in,
    ("PUT", "/sign-in"): _sign_in,
    ("DELETE", "/sign-in"): _sign_out,
    ("POST", "/portal-starts"): _portal,
}
