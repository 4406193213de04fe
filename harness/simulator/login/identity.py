"""Identity: what a person's own token opens: themselves, their schools and their district.

Everything else answers a person's token with the HTML page, as if it did not exist.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import orjson

from harness.district.data_model.records import Kind, Record, schools_of
from harness.simulator.access.tokens import Owner, Token
from harness.simulator.data import api as data_api
from harness.simulator.http import serialization
from harness.simulator.http.message import HttpError, Response
from harness.simulator.http.versions import in_version
from harness.simulator.login import openid
from harness.simulator.login.person import Person, find_person
from harness.simulator.routing.call import Endpoint, EndpointCall
from harness.simulator.routing.routes import ANYONE, Route

_PEOPLE_ONLY = frozenset({Owner.USER})
_GONE = "Resource not found"
_FORMER_NAMES = {"staff": "school_admin"}
"""What a role was called before v3.0 (dev.clever.com, upgrade guide)."""


def _answer(body: bytes, *, records: int = 0) -> Response:
    return serialization.data_response(body, etag=serialization.session_etag(body), records=records)


def _token(call: EndpointCall) -> Token:
    assert call.token is not None
    return call.token


def _me(call: EndpointCall) -> Response:
    """The versioned `/me`: whose token this is, and where to read more."""
    token = _token(call)
    about = {
        "id": token.user,
        "district": token.district,
        "type": token.role if token.client.me_names_role else "user",
        "authorized_by": "district",
    }
    links = [
        {"rel": "self", "uri": "/me"},
        {"rel": "canonical", "uri": f"/{call.version}/users/{token.user}"},
        {"rel": "district", "uri": f"/{call.version}/districts/{token.district}"},
    ]
    return _answer(
        serialization.json_body({"type": "user", "data": about, "links": links}), records=1
    )


def _former_me(version: str) -> Endpoint:
    """`/me` as before v3.0: the role's former name, and an id that opens nothing in v3.0."""

    def answer(call: EndpointCall) -> Response:
        token = _token(call)
        identity = _legacy_id(_myself(call), token.role)
        role = _FORMER_NAMES.get(token.role, token.role)
        about = {
            "id": identity,
            "district": token.district,
            "type": role,
            "authorized_by": "district",
        }
        links = [
            {"rel": "self", "uri": "/me"},
            {"rel": "canonical", "uri": f"/{version}/{role}s/{identity}"},
            {"rel": "district", "uri": f"/{version}/districts/{token.district}"},
        ]
        return _answer(
            serialization.json_body({"type": role, "data": about, "links": links}), records=1
        )

    return answer


def _userinfo(call: EndpointCall) -> Response:
    """What an identity token says, for apps that have none; of several roles only the one used."""
    token = _token(call)
    person = _myself(call)
    claims = openid.claims_about(person, token.role, token.district)
    user = person.user
    claims_of_user = {
        "sub": user["id"],
        "user_id": claims["user_id"],
        "multi_role_user_id": user["id"],
        "user_type": token.role,
        "district_id": token.district,
        "district": token.district,
        "email": user.get("email") or "",
        "name": {part: user["name"].get(part) or "" for part in ("first", "last", "middle")},
        "schools": cast(dict[str, Any], user["roles"])[token.role].get("schools", []),
        "given_name": claims["given_name"],
        "family_name": claims["family_name"],
        "email_verified": claims["email_verified"],
        "authorized_by": "district",
    }
    return _answer(serialization.json_body(claims_of_user), records=1)


def _myself(call: EndpointCall) -> Person:
    token = _token(call)
    person = find_person(call.clever, token.client, token.user, token.district)
    if person is None or token.role not in person.roles:
        raise HttpError(404, _GONE)
    return person


def _legacy_id(person: Person, role: str) -> str:
    return openid.legacy_id(person.user, role)


def _own_user(call: EndpointCall) -> Response:
    return _bare(call, Kind.USERS, _myself(call).user, call.id)


def _own_district(call: EndpointCall) -> Response:
    assert call.publication is not None
    return _bare(call, Kind.DISTRICTS, call.publication.roster.district, call.id)


def _own_school(call: EndpointCall) -> Response:
    """A school of theirs (dev.clever.com, API overview); those of a login-only app are hidden."""
    assert call.publication is not None
    school = call.publication.roster.schools.get(call.id)
    if school is None or call.id not in schools_of(_myself(call).user):
        raise HttpError(404, _GONE)
    return _bare(call, Kind.SCHOOLS, school, call.id)


def _bare(call: EndpointCall, kind: Kind, record: Record, wanted: str) -> Response:
    """A record without links, its members in alphabetical order, as recorded for such tokens."""
    if record["id"] != wanted:
        raise HttpError(404, _GONE)
    shown = in_version(call.version, kind, record)
    return _answer(orjson.dumps({"data": shown}, option=orjson.OPT_SORT_KEYS), records=1)


_OWN: dict[str, Endpoint] = {
    f"/{{version}}/{Kind.USERS}/{{id}}": _own_user,
    f"/{{version}}/{Kind.SCHOOLS}/{{id}}": _own_school,
    f"/{{version}}/{Kind.DISTRICTS}/{{id}}": _own_district,
}


def _open_to_people(route: Route) -> Route:
    """A route of the Data API that a person's token opens too, for what is theirs only."""
    own = _OWN.get(route.path)
    if own is None:
        return route

    def endpoint(call: EndpointCall) -> Response:
        return own(call) if _token(call).owner is Owner.USER else route.endpoint(call)

    return replace(route, endpoint=endpoint, audience=ANYONE)


DATA_ROUTES = tuple(_open_to_people(route) for route in data_api.ROUTES)
"""The Data API, open to people where a login needs it."""

ROUTES = (
    Route(path="/{version}/me", endpoint=_me, audience=_PEOPLE_ONLY),
    # Without a version, and as widespread login libraries still ask.
    Route(path="/me", endpoint=_former_me("v1.1"), audience=_PEOPLE_ONLY),
    Route(path="/v2.1/me", endpoint=_former_me("v2.1"), audience=_PEOPLE_ONLY),
    Route(
        path="/userinfo",
        endpoint=_userinfo,
        audience=_PEOPLE_ONLY,
        methods=frozenset({"GET", "HEAD", "POST"}),
    ),
)
