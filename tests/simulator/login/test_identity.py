"""What a person's own token opens, and what stays shut."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from simulator import town
from simulator.conftest import Clock
from simulator.visitor import Visitor, basic

from harness.simulator.access.scopes import LOGIN_ONLY
from harness.simulator.http.message import Request, Response
from harness.simulator.simulator import ROUTES, Simulator

OTHER = town.number("d", 2)
OPEN = (
    "/{version}/me",
    *(f"/{{version}}/{kind}/{{id}}" for kind in ("users", "schools", "districts")),
    "/userinfo",
    "/me",
    "/v2.1/me",
)


@pytest.fixture
def visitor(clever: Simulator) -> Visitor:
    return Visitor(clever)


@pytest.fixture
def token(visitor: Visitor) -> str:
    return str(visitor.session(town.PARK, "teacher")["access_token"])


def _body(answer: Response) -> dict[str, Any]:
    assert answer.status == 200, (answer.status, answer.body)
    found: dict[str, Any] = json.loads(answer.body)
    return found


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_me_says_whose_token_it_is_and_where_to_read_on(
    visitor: Visitor, token: str, version: str
) -> None:
    body = _body(visitor.read(token, f"/{version}/me"))

    assert list(body) == ["type", "data", "links"]
    assert body["type"] == "user"
    assert list(body["data"].items()) == [
        ("id", town.PARK),
        ("district", town.DISTRICT),
        ("type", "teacher"),
        ("authorized_by", "district"),
    ]
    assert body["links"] == [
        {"rel": "self", "uri": "/me"},
        {"rel": "canonical", "uri": f"/{version}/users/{town.PARK}"},
        {"rel": "district", "uri": f"/{version}/districts/{town.DISTRICT}"},
    ]
    for link in body["links"][1:]:
        assert visitor.read(token, link["uri"]).status == 200


def test_me_can_say_user_as_documented(clock: Clock) -> None:
    client = replace(town.CLIENT, me_names_role=False)
    simulator = Simulator(clients=[client], now=clock)
    simulator.publish(town.roster(), at=town.DAY)
    visitor = Visitor(simulator, client)

    body = _body(visitor.read(visitor.session(town.PARK, "staff")["access_token"], "/v3.0/me"))

    assert (body["type"], body["data"]["type"]) == ("user", "user")


@pytest.mark.parametrize("path", ["/me", "/v2.1/me"])
def test_staff_had_another_name_before_v3(visitor: Visitor, path: str) -> None:
    token = visitor.session(town.PARK, "staff")["access_token"]

    body = _body(visitor.read(token, path))

    assert body["type"] == body["data"]["type"] == "school_admin"
    assert body["links"][1]["uri"].endswith(f"/school_admins/{body['data']['id']}")


def test_me_without_a_version_has_the_id_from_before_v3(visitor: Visitor, token: str) -> None:
    body = _body(visitor.read(token, "/me"))

    legacy = town.roster().users[town.PARK]["roles"]["teacher"]["legacy_id"]
    assert body["data"]["id"] == legacy != town.PARK
    assert body["type"] == body["data"]["type"] == "teacher"
    assert visitor.read(token, f"/v3.0/users/{legacy}").status == 404


def test_a_person_reads_themselves_without_links_in_alphabetical_order(
    visitor: Visitor, token: str
) -> None:
    answer = visitor.read(token, f"/v3.0/users/{town.PARK}")
    body = _body(answer)

    assert list(body) == ["data"]
    assert json.dumps(body, sort_keys=True, separators=(",", ":")).encode() == answer.body
    assert set(body["data"]["roles"]) == {"teacher", "staff"}, "all roles, not only the one used"
    assert body["data"]["roles"]["teacher"]["legacy_id"]


@pytest.mark.parametrize(("version", "newer"), [("v3.0", False), ("v3.1", True)])
def test_the_version_decides_on_fields_here_too(
    visitor: Visitor, version: str, newer: bool
) -> None:
    token = visitor.session(town.MAYA)["access_token"]

    body = _body(visitor.read(token, f"/{version}/users/{town.MAYA}"))

    assert ("preferred_name" in body["data"]["roles"]["student"]) is newer
    assert ("lms_status" in body["data"]) is newer


def test_without_rosters_an_app_gets_names_addresses_and_ids_only(clock: Clock) -> None:
    client = replace(town.CLIENT, scopes=LOGIN_ONLY)
    simulator = Simulator(clients=[client], now=clock)
    simulator.publish(town.roster(), at=town.DAY)
    visitor = Visitor(simulator, client)
    token = visitor.session(town.PARK, "teacher")["access_token"]

    user = _body(visitor.read(token, f"/v3.1/users/{town.PARK}"))["data"]
    userinfo = _body(visitor.read(token, "/userinfo"))

    assert user["name"]["last"] == "Park"
    assert user["roles"]["teacher"].keys() == {"legacy_id", "schools"}
    assert user["roles"]["teacher"]["schools"] == userinfo["schools"] == []
    assert user.keys() == {
        "created",
        "district",
        "email",
        "id",
        "last_modified",
        "name",
        "roles",
    }


def test_a_person_reads_their_district(visitor: Visitor, token: str) -> None:
    body = _body(visitor.read(token, f"/v3.0/districts/{town.DISTRICT}"))

    assert body["data"]["name"] == "Small Town Schools"
    assert "lms_type" not in body["data"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_userinfo_speaks_of_the_role_in_use(visitor: Visitor, method: str) -> None:
    teacher = visitor.session(town.PARK, "teacher")["access_token"]
    staff = visitor.session(town.PARK, "staff")["access_token"]

    said = _body(visitor.read(teacher, "/userinfo", method))
    other = _body(visitor.read(staff, "/userinfo", method))

    assert list(said) == [
        "sub", "user_id", "multi_role_user_id", "user_type", "district_id", "district", "email",
        "name", "schools", "given_name", "family_name", "email_verified", "authorized_by",
    ]  # fmt: skip
    assert said["sub"] == said["multi_role_user_id"] == other["sub"] == town.PARK
    assert (said["user_type"], other["user_type"]) == ("teacher", "staff")
    assert said["user_id"] != other["user_id"]
    assert (said["schools"], other["schools"]) == ([town.ELM, town.OAK], [town.OAK])
    assert said["email_verified"] is False


def test_userinfo_of_somebody_without_an_address_is_no_trouble(visitor: Visitor) -> None:
    token = visitor.session(town.LEO)["access_token"]

    assert _body(visitor.read(token, "/userinfo"))["email"] == ""


def test_other_people_and_districts_are_not_found(visitor: Visitor, token: str) -> None:
    visitor.simulator.publish(town.crowd(2, owner=OTHER, prefix="fe"), at=town.DAY)

    for path in (
        f"users/{town.MAYA}",
        f"users/{town.number('fe', 1)}",
        f"districts/{OTHER}",
        f"schools/{town.number('fe5c', 1)}",
        "schools/x",
        "users/%2e%2e",
        f"users/{town.PARK}x",
    ):
        answer = visitor.read(token, f"/v3.0/{path}")
        assert answer.status == 404
        assert json.loads(answer.body) == {"message": "Resource not found"}


@pytest.mark.parametrize(
    ("user", "role", "schools"),
    [
        (town.PARK, "teacher", {town.ELM, town.OAK}),
        (town.LEO, "student", {town.ELM}),
        (town.IRIS, "student", {town.OAK}),
        (town.ADMIN, "district_admin", set()),
    ],
)
def test_people_read_the_schools_that_are_theirs(
    visitor: Visitor, user: str, role: str, schools: set[str]
) -> None:
    token = visitor.session(user, role)["access_token"]

    answers = {one: visitor.read(token, f"/v3.1/schools/{one}") for one in (town.ELM, town.OAK)}

    assert {one for one, answer in answers.items() if answer.status == 200} == schools
    for one in schools:
        said = _body(answers[one])
        assert list(said) == ["data"]
        assert said["data"] == town.roster().schools[one]
        assert list(said["data"]) == sorted(said["data"])


def test_everything_else_does_not_seem_to_exist(visitor: Visitor, token: str) -> None:
    ids = {"users": town.PARK, "districts": town.DISTRICT, "schools": town.ELM, "terms": town.FALL}
    shut = [route.path for route in ROUTES if route.audience is not None and route.path not in OPEN]
    assert len(shut) > 30

    for path in shut:
        kind = path.split("/")[2]
        target = path.replace("{version}", "v3.0").replace("{id}", ids.get(kind, town.ART_1))
        answer = visitor.read(token, target)
        visitor.simulator.reset_rate_limits()
        assert answer.status == 404, target
        assert answer.header("content-type").startswith("text/html"), target


def test_a_districts_token_opens_no_me(visitor: Visitor) -> None:
    district = visitor.simulator.token(town.DISTRICT)

    for path in ("/v3.0/me", "/me", "/userinfo"):
        assert visitor.read(district, path).header("content-type").startswith("text/html")


def test_me_has_the_headers_of_the_api_with_the_tag_of_a_session(
    visitor: Visitor, token: str
) -> None:
    answer = visitor.read(token, "/v3.0/me")

    assert answer.header("x-ratelimit-limit") == "1200"
    assert answer.header("x-ratelimit-bucket") == "bearer"
    assert answer.header("cache-control") == "no-store"
    tag = answer.header("etag").removeprefix('W/"').rstrip('"')
    assert tag.partition("-")[0] == f"{len(answer.body):x}"
    assert len(tag.partition("-")[2]) == 27, "a SHA-1; the Data API has MD5"


def test_every_person_has_a_request_budget_of_their_own(visitor: Visitor, token: str) -> None:
    other = str(visitor.session(town.MAYA)["access_token"])

    for _ in range(1201):
        last = visitor.read(token, "/v3.0/me")

    assert last.status == 429
    assert visitor.read(other, "/v3.0/me").status == 200


@pytest.mark.parametrize(("hours", "status"), [(23.99, 200), (24, 401), (500, 401)])
def test_a_persons_token_lives_a_day(
    visitor: Visitor, clock: Clock, token: str, hours: float, status: int
) -> None:
    clock.seconds += hours * 3600

    assert visitor.read(token, "/v3.0/me").status == status
    assert visitor.read(token, "/oauth/tokeninfo").status == status


def test_a_new_login_leaves_the_old_token_in_force(visitor: Visitor, token: str) -> None:
    again = visitor.session(town.PARK, "teacher")["access_token"]

    assert again != token
    assert visitor.read(token, "/v3.0/me").status == 200


def test_somebody_who_is_gone_is_not_found(visitor: Visitor, token: str) -> None:
    visitor.simulator.publish(town.without(town.roster(), town.PARK), at=town.DAY)

    assert visitor.read(token, f"/v3.0/users/{town.PARK}").status == 404
    assert visitor.read(token, "/userinfo").status == 404


def test_tokens_of_a_district_that_left_die(visitor: Visitor, token: str) -> None:
    visitor.simulator.disconnect(town.DISTRICT)

    assert visitor.read(token, "/v3.0/me").status == 401


# District tokens, listed, rotated and revoked.


def _listed(clever: Simulator) -> list[dict[str, Any]]:
    headers = [(b"authorization", basic().encode())]
    answer = clever.handle(Request("GET", "/oauth/tokens", "owner_type=district", headers))
    found: list[dict[str, Any]] = json.loads(answer.body)["data"]
    return found


def test_peoples_tokens_are_not_listed(visitor: Visitor, token: str) -> None:
    assert [one["owner"]["type"] for one in _listed(visitor.simulator)] == ["district"]


def test_the_id_of_a_token_begins_with_the_second_it_was_made_in(visitor: Visitor) -> None:
    (token,) = _listed(visitor.simulator)

    made = datetime.strptime(token["created"], "%Y-%m-%dT%H:%M:%S.%f%z")
    assert re.fullmatch(r"[0-9a-f]{24}", token["id"])
    assert int(token["id"][:8], 16) == int(made.timestamp())


def test_a_rotated_token_is_another_one_and_the_old_one_is_refused(visitor: Visitor) -> None:
    clever = visitor.simulator
    old = clever.token(town.DISTRICT)

    clever.rotate(town.DISTRICT, at=town.DAY)

    new = _listed(clever)[0]["access_token"]
    assert new != old
    assert visitor.read(old, "/v3.0/users").status == 401
    assert visitor.read(new, "/v3.0/users").status == 200


def test_a_revoked_token_is_refused_and_listed_nowhere(visitor: Visitor, token: str) -> None:
    clever = visitor.simulator
    old = clever.token(town.DISTRICT)

    clever.revoke(town.DISTRICT)

    assert _listed(clever) == []
    assert visitor.read(old, "/v3.0/users").status == 401
    assert visitor.read(token, "/v3.0/me").status == 200, "people are still logged in"
    clever.rotate(town.DISTRICT, at=town.DAY)
    assert len(_listed(clever)) == 1
