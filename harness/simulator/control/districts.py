"""Districts over the control API: what they share, who is in them, and their tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlencode

from harness.district.data_model.records import Kind, roles_of
from harness.simulator.control.body import body_of, number_of, query_of
from harness.simulator.control.context import Desk, Endpoints, Said
from harness.simulator.http.message import Request
from harness.simulator.login.page import matching
from harness.simulator.login.person import Person, find_person

_MOST = 1000
"""People in one answer."""


def district(desk: Desk, identity: str) -> Said:
    """A district, its numbers and its token, of which only the id is told."""
    publication = desk.publication(identity)
    token = desk.simulator.tokens.of_district(identity, desk.client)
    instant = {"client_id": desk.client.id, "district_id": identity}
    return {
        "id": identity,
        "name": publication.roster.district["name"],
        "synced": publication.at.isoformat(),
        "records": {kind.value: len(publication.roster.of(kind)) for kind in Kind},
        "token": None if token is None else {"id": token.id, "created": token.created.isoformat()},
        "instant_login": f"{desk.url()}/oauth/instant-login?{urlencode(instant)}",
    }


def _districts(desk: Desk, request: Request) -> Said:
    query_of(request, ())
    return {"districts": [district(desk, one) for one in desk.simulator.districts]}


def _people(desk: Desk, request: Request, identity: str) -> Said:
    everybody = _everybody(desk, identity)
    query = query_of(request, ("q", "role", "limit", "offset"))
    limit, offset = number_of(query, "limit", 20, _MOST), number_of(query, "offset", 0, 10**9)
    found = list(matching(everybody, query.get("q", ""), query.get("role", "")))
    people = [_told(desk, one) for one in islice(found, offset, offset + limit)]
    return {"total": len(found), "people": people}


def _everybody(desk: Desk, identity: str) -> list[Person]:
    """Everybody a district shares, also who may not log in, by name."""
    users = desk.publication(identity).roster.users.values()
    people = [Person(user=user, roles=tuple(roles_of(user))) for user in users]
    return sorted(people, key=lambda person: (person.name.casefold(), person.user["id"]))


def _told(desk: Desk, person: Person) -> Said:
    found = find_person(desk.simulator, desk.client, person.user["id"], person.user["district"])
    return {
        "id": person.user["id"],
        "name": person.name,
        "email": person.user.get("email") or "",
        "roles": list(person.roles),
        "logs_in_as": [] if found is None else list(found.roles),
    }


def _rotate(desk: Desk, request: Request, identity: str) -> Said:
    desk.publication(identity)
    body_of(request).finish()
    now = datetime.fromtimestamp(desk.simulator.now(), UTC)
    desk.simulator.rotate(identity, at=now)
    return district(desk, identity)


def _revoke(desk: Desk, request: Request, identity: str) -> Said:
    desk.publication(identity)
    body_of(request).finish()
    desk.simulator.revoke(identity)
    return district(desk, identity)


ENDPOINTS: Endpoints = {
    ("GET", "/districts"): _districts,
    ("GET", "/districts/{id}/people"): _people,
    ("POST", "/districts/{id}/rotate-token"): _rotate,
    ("POST", "/districts/{id}/revoke-token"): _revoke,
}
