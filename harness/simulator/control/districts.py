"""Districts over the control API: what they share, who is in them, and their tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlencode

from harness.district.data_model.records import Kind, roles_of
from harness.simulator.control.body import body_of, number_of, query_of
from harness.simulator.control.context import ControlContext, Endpoints, JsonObject
from harness.simulator.http.message import Request
from harness.simulator.login.page import matching
from harness.simulator.login.person import Person, find_person

_MOST = 1000
"""People in one answer."""


def district(context: ControlContext, identity: str) -> JsonObject:
    """A district, its numbers and its token, of which only the id is told."""
    publication = context.publication(identity)
    token = context.simulator.tokens.of_district(identity, context.client)
    instant = {"client_id": context.client.id, "district_id": identity}
    return {
        "id": identity,
        "name": publication.roster.district["name"],
        "synced": publication.at.isoformat(),
        "records": {kind.value: len(publication.roster.of(kind)) for kind in Kind},
        "token": None if token is None else {"id": token.id, "created": token.created.isoformat()},
        "instant_login": f"{context.url()}/oauth/instant-login?{urlencode(instant)}",
    }


def _districts(context: ControlContext, request: Request) -> JsonObject:
    query_of(request, ())
    return {"districts": [district(context, identity) for identity in context.simulator.districts]}


def _people(context: ControlContext, request: Request, identity: str) -> JsonObject:
    everybody = _everybody(context, identity)
    query = query_of(request, ("q", "role", "limit", "offset"))
    limit, offset = number_of(query, "limit", 20, _MOST), number_of(query, "offset", 0, 10**9)
    matches = list(matching(everybody, query.get("q", ""), query.get("role", "")))
    people = [
        _person_as_json(context, person) for person in islice(matches, offset, offset + limit)
    ]
    return {"total": len(matches), "people": people}


def _everybody(context: ControlContext, identity: str) -> list[Person]:
    """Everybody a district shares, also who may not log in, by name."""
    users = context.publication(identity).roster.users.values()
    people = [Person(user=user, roles=tuple(roles_of(user))) for user in users]
    return sorted(people, key=lambda person: (person.name.casefold(), person.user["id"]))


def _person_as_json(context: ControlContext, person: Person) -> JsonObject:
    able_to_log_in = find_person(
        context.simulator, context.client, person.user["id"], person.user["district"]
    )
    return {
        "id": person.user["id"],
        "name": person.name,
        "email": person.user.get("email") or "",
        "roles": list(person.roles),
        "logs_in_as": [] if able_to_log_in is None else list(able_to_log_in.roles),
    }


def _rotate(context: ControlContext, request: Request, identity: str) -> JsonObject:
    context.publication(identity)
    body_of(request).finish()
    now = datetime.fromtimestamp(context.simulator.now(), UTC)
    context.simulator.rotate(identity, at=now)
    return district(context, identity)


def _revoke(context: ControlContext, request: Request, identity: str) -> JsonObject:
    context.publication(identity)
    body_of(request).finish()
    context.simulator.revoke(identity)
    return district(context, identity)


ENDPOINTS: Endpoints = {
    ("GET", "/districts"): _districts,
    ("GET", "/districts/{id}/people"): _people,
    ("POST", "/districts/{id}/rotate-token"): _rotate,
    ("POST", "/districts/{id}/revoke-token"): _revoke,
}
