"""The login: `/oauth/authorize`, `/oauth/instant-login`, and the page where a person is picked.

Somebody who is signed in (`Simulator.logins.signed_in`) never sees the page. Nothing but Clever's
documented parameters is read on Clever's own paths.
"""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from harness.simulator.access.logins import CODE_LIFE_SECONDS, Grant, SignIn
from harness.simulator.http.message import HttpError, Response
from harness.simulator.login import page as login_page
from harness.simulator.login.authorization_request import (
    LOGIN,
    UNAUTHORIZED,
    AuthorizationRequest,
    LoginError,
    read,
    redirect,
)
from harness.simulator.login.person import Person, find_person
from harness.simulator.roster.paging import Query
from harness.simulator.routing.call import Endpoint, EndpointCall
from harness.simulator.routing.routes import Route

if TYPE_CHECKING:
    from harness.simulator.access.clients import OAuthClient
    from harness.simulator.routing.clever import Clever


def _for_people(endpoint: Endpoint) -> Endpoint:
    """The endpoint of a page: whatever goes wrong is said on a page too."""

    @wraps(endpoint)
    def answer(call: EndpointCall) -> Response:
        try:
            return endpoint(call)
        except LoginError as error:
            return login_page.error(error)
        except HttpError as refused:
            return login_page.error(LoginError(refused.message, status=refused.status))

    return answer


def _authorize(call: EndpointCall) -> Response:
    asked = read(call.clever, Query(call.request.query))
    if asked.response_type != "code":
        wrong = "unsupported_response_type" if asked.response_type else "invalid_request"
        return asked.callback(error=wrong, error_description="response_type must be code")
    return _enter(call, asked)


def _instant(call: EndpointCall) -> Response:
    query = Query(call.request.query)
    if not query.get("district_id"):
        raise LoginError(
            "The parameter district_id is missing.", "An Instant Login link names both."
        )
    return _enter(call, read(call.clever, query, by_app=False))


def _enter(call: EndpointCall, asked: AuthorizationRequest) -> Response:
    """Straight on for somebody who is signed in; anybody else is asked who they are."""
    signed_in = call.clever.logins.signed_in
    if signed_in is None:
        return asked.login_page()
    person = find_person(call.clever, asked.client, signed_in.user)
    if person is not None and asked.district not in ("", person.user["district"]):
        return asked.login_page()  # signed in at another district
    if person is not None and asked.confirm and person.role(signed_in.role) == "student":
        pick = {"pick": f"{signed_in.user} student", "by_admin": "true" * signed_in.by_admin}
        return redirect(f"{LOGIN}?{urlencode({**asked.parameters(), **pick})}")
    return _admit(call, asked, signed_in, person)


def _show(call: EndpointCall) -> Response:
    """The page: first the districts, then the people of one, then perhaps "is it you?"."""
    query = Query(call.request.query)
    asked = read(call.clever, query)
    if not asked.district:
        only = call.clever.districts
        if len(only) != 1:
            return login_page.districts(call.clever, asked)
        asked = replace(asked, district=only[0])
    if query.get("pick"):
        person, signed_in = _picked(call, asked, query)
        return login_page.confirm(asked, person, signed_in)
    return login_page.people(call.clever, asked, query)


def _pick(call: EndpointCall) -> Response:
    """Somebody was picked on the page."""
    query = Query(call.request.body.decode("utf-8", "replace"))
    asked = read(call.clever, query)
    person, signed_in = _picked(call, asked, query)
    if asked.confirm and signed_in.role == "student" and query.get("it_is_me") != "yes":
        return login_page.confirm(asked, person, signed_in)
    return _admit(call, asked, signed_in, person)


def _picked(call: EndpointCall, asked: AuthorizationRequest, query: Query) -> tuple[Person, SignIn]:
    user, _, role = query.get("pick").partition(" ")
    person = find_person(call.clever, asked.client, user, asked.district)
    if person is None:
        raise LoginError(f"There is nobody with the Clever id {user} who may log in here.")
    by_admin = query.get("by_admin") == "true"
    return person, SignIn(user=user, role=person.role(role), by_admin=by_admin)


def _admit(
    call: EndpointCall, asked: AuthorizationRequest, signed_in: SignIn, person: Person | None
) -> Response:
    """Back to the app with a code, or without one when the app may not have this person."""
    if person is None:
        return _unshared(asked)
    call.district = person.user["district"]
    return asked.callback(**_code(call.clever, asked, signed_in, person))


def start_from_portal(clever: Clever, client: OAuthClient, signed_in: SignIn) -> str:
    """The URL a click on the app's icon in the Clever Portal leads to, code included.

    Raises LoginError when the app has no redirect URI or may not have this person.
    """
    asked = read(clever, Query(urlencode({"client_id": client.id})), by_app=False)
    person = find_person(clever, client, signed_in.user)
    if person is None:
        return _unshared(asked).header("location")
    return asked.callback(**_code(clever, asked, signed_in, person)).header("location")


def _code(
    clever: Clever, asked: AuthorizationRequest, signed_in: SignIn, person: Person
) -> dict[str, str]:
    """A fresh code for the person, with the parameters that go with it."""
    now = clever.now()
    grant = Grant(
        client=asked.client.id,
        redirect_uri=asked.redirect_uri,
        district=person.user["district"],
        user=person.user["id"],
        role=person.role(signed_in.role),
        nonce=asked.nonce,
        expires=now + CODE_LIFE_SECONDS,
    )
    code = clever.logins.issue(grant, asked.client, now)
    flagged = signed_in.by_admin and asked.client.flags_impersonation
    return {
        "code": code,
        "scope": " ".join(asked.client.scopes),
        **({"loginas_by_admin": "true"} if flagged else {}),
    }


def _unshared(asked: AuthorizationRequest) -> Response:
    if asked.return_unshared:
        return asked.callback(error=UNAUTHORIZED)
    raise LoginError(
        "Your district has not given you access to this app.",
        "The person is not shared with it, or people in their role may not log in to it.",
        status=403,
    )


ROUTES = (
    Route(path="/oauth/authorize", endpoint=_for_people(_authorize), audience=None),
    Route(path="/oauth/instant-login", endpoint=_for_people(_instant), audience=None),
    Route(path=LOGIN, endpoint=_for_people(_show), audience=None),
    Route(path=LOGIN, endpoint=_for_people(_pick), audience=None, methods=frozenset({"POST"})),
)
