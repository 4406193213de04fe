"""In which order the members of a record stand, as the recorded answers have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from simulator import town
from simulator.town import ADMIN, ART, ART_1, AUNT, DISTRICT, ELM, FALL, MAYA, PARK, Caller

from harness.district.data_model.records import Kind
from harness.simulator.http.member_order import record_json

LAST = {"student": "email"}


def _data(app: Caller, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get(f"/v3.1/{path}").body)["data"]
    return found


def _inner(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a value."""
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict):
            yield one
        if isinstance(one, dict | list):
            yield from _inner(one)


@pytest.mark.parametrize(
    "path", [f"schools/{ELM}", f"terms/{FALL}", f"courses/{ART}", f"sections/{ART_1}"]
)
def test_members_are_in_alphabetical_order_with_the_id_behind_them(app: Caller, path: str) -> None:
    record = _data(app, path)

    *others, last = record
    assert last == "id"
    assert others == sorted(others)
    assert all(list(one) == sorted(one) for one in _inner(record))


@pytest.mark.parametrize("person", [MAYA, PARK, ADMIN, AUNT])
def test_a_users_id_and_roles_come_last_and_so_does_what_clever_adds_to_a_role(
    app: Caller, person: str
) -> None:
    user = _data(app, f"users/{person}")

    assert list(user)[-2:] == ["id", "roles"]
    assert list(user)[:-2] == sorted(list(user)[:-2])
    assert list(user["name"]) == sorted(user["name"])
    for role, held in user["roles"].items():
        *others, last = held
        assert last == LAST.get(role, "legacy_id")
        assert others == sorted(others)
        assert all(list(one) == sorted(one) for one in _inner(held))


def test_a_district_comes_in_the_order_in_which_it_is_stored(app: Caller) -> None:
    district = json.loads(app.get(f"/v3.0/districts/{DISTRICT}").body)["data"]

    assert list(district) == [
        "login_methods", "sis_type", "state", "error", "last_sync", "portal_url",
        "district_contact", "name", "launch_date", "id",
    ]  # fmt: skip
    assert list(district["district_contact"]) == ["district", "email", "name", "title", "id"]
    assert list(district["district_contact"]["name"]) == ["last", "first"]


def test_a_district_may_have_more_and_less(app: Caller) -> None:
    whole: dict[str, Any] = dict(town.roster().district)
    del whole["error"], whole["district_contact"]

    longer: Any = {**whole, "pause_start": "2026-07-01"}

    said = json.loads(record_json(Kind.DISTRICTS, longer))

    assert list(said)[-3:] == ["lms_type", "pause_start", "id"]
    assert said == longer


@pytest.mark.parametrize("path", ["districts", "schools", "terms", "courses", "sections", "users"])
def test_a_list_has_the_same_members_as_a_single_answer(app: Caller, path: str) -> None:
    for one in json.loads(app.get(f"/v3.1/{path}").body)["data"]:
        assert json.dumps(one["data"]) == json.dumps(_data(app, one["uri"].removeprefix("/v3.1/")))


def test_nothing_is_lost_on_the_way() -> None:
    roster = town.roster()

    for kind in Kind:
        for record in roster.of(kind).values():
            assert json.loads(record_json(kind, record)) == record


@pytest.mark.parametrize(
    "roles",
    [
        {"teacher": None, "contact": {"legacy_id": "1"}},
        {"student": {}, "staff": {"title": "Librarian"}},
        {},
    ],
)
def test_roles_that_are_null_or_bare_stay_so(roles: dict[str, Any]) -> None:
    user: Any = {**town.admin(), "roles": roles}

    assert json.loads(record_json(Kind.USERS, user)) == user
