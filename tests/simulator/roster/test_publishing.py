"""A roster is seen when it is published, and its tokens live as long as the district is in play."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator import town
from simulator.town import CLIENT, DISTRICT, LEO, MAYA, Caller

from harness.district.data_model.records import Kind
from harness.errors import SimulatorError
from harness.simulator.access.clients import OAuthClient
from harness.simulator.access.scopes import SECURE_SYNC
from harness.simulator.http.message import Response
from harness.simulator.simulator import Simulator

OTHER = town.number("d", 2)


def _basic(client: OAuthClient = CLIENT, secret: str = "") -> str:
    pair = f"{client.id}:{secret or client.secret}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def _tokens(clever: Simulator, query: str = "owner_type=district", basic: str = "") -> Response:
    return Caller(clever).get(f"/oauth/tokens?{query}", authorization=basic or _basic())


def _listed(clever: Simulator, query: str = "owner_type=district") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_tokens(clever, query).body)["data"]
    return found


def test_a_later_publication_changes_what_is_read(clever: Simulator, app: Caller) -> None:
    app.get("/v3.0/users")
    whole = town.roster()
    maya = dict(whole.users[MAYA]) | {"email": "new@example.com"}
    users = {**town.without(whole, LEO).users, MAYA: maya}

    clever.publish(replace(whole, users=users), at=town.DAY + timedelta(days=3))  # type: ignore[arg-type]

    assert app.get(f"/v3.0/users/{LEO}").status == 404
    assert b"new@example.com" in app.get(f"/v3.0/users/{MAYA}").body
    assert app.get("/v3.0/users").records == 6
    assert app.get(f"/v3.0/sections/{town.ART_1}/users").records == 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sets(st.integers(1, 30)), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from([SECURE_SYNC, ("read:students_limited",), ("read:teachers_limited",)]),
)
def test_a_day_is_served_as_if_it_were_the_first(
    days: list[set[int]], read: bool, scopes: tuple[str, ...]
) -> None:
    whole = town.crowd(30)
    client = replace(CLIENT, scopes=scopes)
    old = Simulator(clients=[client], now=lambda: 0.0)
    for day in days:
        users = {one: who for one, who in whole.users.items() if int(one, 16) % 256 not in day}
        roster = replace(whole, users=users)
        old.publish(roster, at=town.DAY)
        if read:
            Caller(old, old.token(DISTRICT)).get("/v3.0/users")
    new = Simulator(clients=[client], now=lambda: 0.0)
    new.publish(roster, at=town.DAY)

    for kind in Kind:
        path = f"/v3.0/{kind}?limit=7"
        answers = [Caller(one, one.token(DISTRICT)).get(path) for one in (old, new)]
        assert answers[0].body == answers[1].body


def test_every_district_in_play_has_one_token(clever: Simulator) -> None:
    clever.publish(town.crowd(1, owner=OTHER), at=town.DAY)
    clever.publish(town.crowd(2, owner=OTHER), at=town.DAY)

    listed = _listed(clever)

    assert [one["owner"]["id"] for one in listed] == [DISTRICT, OTHER]
    assert [one["access_token"] for one in listed] == [
        clever.token(DISTRICT), clever.token(OTHER),
    ]  # fmt: skip
    assert all(len(one["access_token"]) == 40 and len(one["id"]) == 24 for one in listed)
    assert listed[0]["created"] == "2026-08-20T06:30:00.000Z"
    assert "read:students_limited" in listed[0]["scopes"]


def test_the_listing_narrows_to_one_district(clever: Simulator) -> None:
    clever.publish(town.crowd(1, owner=OTHER), at=town.DAY)

    answer = json.loads(_tokens(clever, f"district={OTHER}&owner_type=district").body)

    assert [one["owner"]["id"] for one in answer["data"]] == [OTHER]
    assert answer["links"] == [
        {"rel": "self", "uri": f"/oauth/tokens?owner_type=district&district={OTHER}"}
    ]
    assert [one["owner"]["id"] for one in _listed(clever, f"district={OTHER}")] == [OTHER]
    assert _listed(clever, "owner_type=district&district=nobody") == []


def test_a_withdrawn_district_is_gone_with_its_token(clever: Simulator, app: Caller) -> None:
    clever.disconnect(DISTRICT)

    assert app.get("/v3.0/users").status == 401
    assert _listed(clever) == []
    with pytest.raises(SimulatorError, match=DISTRICT):
        clever.token(DISTRICT)


def test_a_district_that_comes_back_gets_another_token(clever: Simulator) -> None:
    before = clever.token(DISTRICT)
    clever.disconnect(DISTRICT)

    clever.publish(town.roster(), at=town.DAY)

    assert clever.token(DISTRICT) != before


def test_a_rotated_token_is_replaced_in_the_listing(clever: Simulator, app: Caller) -> None:
    clever.rotate(DISTRICT, at=town.DAY)

    assert app.get("/v3.0/users").status == 401
    assert Caller(clever, _listed(clever)[0]["access_token"]).get("/v3.0/users").status == 200


def test_two_apps_have_tokens_of_their_own() -> None:
    apps = [CLIENT, OAuthClient(id="app-two", secret="also-not-real")]
    simulator = Simulator(clients=apps)
    simulator.publish(town.roster(), at=town.DAY)

    values = [simulator.token(DISTRICT, one.id) for one in apps]

    assert values[0] != values[1]
    for one, value in zip(apps, values, strict=True):
        listed = json.loads(_tokens(simulator, basic=_basic(one)).body)["data"]
        assert [token["access_token"] for token in listed] == [value]
        info = json.loads(Caller(simulator, value).get("/oauth/tokeninfo").body)
        assert info["client_id"] == one.id


@pytest.mark.parametrize(
    "authorization",
    [
        _basic(secret="wrong"),
        _basic(OAuthClient(id="stranger", secret="x")),
        "Basic",
        "Basic !!!",
        "Basic YQ==",
        "Basic " + base64.b64encode(b"\xff\xfe:\x00").decode(),
        "Bearer abc",
        " ",
    ],
)
def test_only_the_app_itself_may_list_tokens(clever: Simulator, authorization: str) -> None:
    answer = _tokens(clever, basic=authorization)

    assert answer.status == 401
    assert json.loads(answer.body)["error"] == "invalid_client"


@pytest.mark.parametrize("query", ["", "owner_type=user", "owner_type=", "owner=district"])
def test_tokens_are_listed_for_districts_only(clever: Simulator, query: str) -> None:
    assert _tokens(clever, query).status == 400


def test_tokeninfo_names_the_app_and_its_scopes(app: Caller) -> None:
    assert json.loads(app.get("/oauth/tokeninfo").body) == {
        "client_id": CLIENT.id,
        "scopes": list(CLIENT.scopes),
    }
    assert app.get("/oauth/tokeninfo", authorization="Bearer nonsense").status == 401
