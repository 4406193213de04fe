"""A token shows what its scopes allow, and nothing of the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest
from simulator import town
from simulator.town import ADMIN, ART_1, AUNT, IRIS, LEO, MAYA, OKOYE, PARK, Caller

from harness.district.data_model.records import Kind
from harness.simulator.access.clients import OAuthClient
from harness.simulator.access.scopes import (
    LOGIN_ONLY,
    ROLES,
    SECTIONS,
    SECURE_SYNC,
    SENSITIVE,
    visible,
)
from harness.simulator.simulator import Simulator


def _app(*scopes: str) -> Caller:
    client = OAuthClient(id="app", secret="none", scopes=scopes)
    simulator = Simulator(clients=[client])
    simulator.publish(town.roster(), at=town.DAY)
    return Caller(simulator, simulator.token(town.DISTRICT))


def _ids(app: Caller, path: str) -> list[str]:
    return [one["data"]["id"] for one in json.loads(app.get(path).body)["data"]]


def _maya(app: Caller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get(f"/v3.1/users/{MAYA}").body)
    return found["data"]["roles"]["student"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("role", "holders"),
    [
        ("student", [MAYA, LEO, IRIS]),
        ("teacher", [OKOYE, PARK]),
        ("staff", [PARK]),
        ("district_admin", [ADMIN]),
        ("contact", [AUNT]),
    ],
)
def test_each_role_has_its_scope(role: str, holders: list[str]) -> None:
    app = _app(ROLES[role], SECTIONS)

    assert _ids(app, "/v3.0/users") == holders
    for one in holders:
        user = json.loads(app.get(f"/v3.0/users/{one}").body)["data"]
        assert list(user["roles"]) == [role]


def test_people_without_a_visible_role_are_nowhere() -> None:
    app = _app(ROLES["teacher"], SECTIONS)

    assert app.get(f"/v3.0/users/{MAYA}").status == 404
    assert _ids(app, f"/v3.0/sections/{ART_1}/users") == [OKOYE]
    assert _ids(app, f"/v3.0/users/{OKOYE}/mystudents") == []
    assert _ids(app, "/v3.0/users?role=student") == []


def test_a_class_still_names_students_the_app_cannot_read() -> None:
    app = _app(ROLES["teacher"], SECTIONS)

    section = json.loads(app.get(f"/v3.0/sections/{ART_1}").body)["data"]

    assert section["students"] == [MAYA, LEO]


def test_links_follow_the_roles_that_are_visible() -> None:
    app = _app(ROLES["staff"], SECTIONS)

    links = json.loads(app.get(f"/v3.0/users/{PARK}").body)["links"]

    assert "myStudents" not in [link["rel"] for link in links]


def test_a_role_that_is_not_visible_cannot_be_asked_for() -> None:
    app = _app(ROLES["teacher"], SECTIONS)

    assert _ids(app, "/v3.0/users?role=staff") == []
    assert _ids(app, f"/v3.0/schools/{town.OAK}/users?role=staff") == []


def test_a_hidden_role_does_not_show_through_a_relation() -> None:
    librarian = _app(ROLES["staff"], SECTIONS)

    assert _ids(librarian, f"/v3.0/schools/{town.OAK}/users") == [PARK]
    assert _ids(librarian, f"/v3.0/schools/{town.ELM}/users") == []
    assert _ids(librarian, f"/v3.0/users/{PARK}/schools") == [town.OAK]


def test_without_the_scope_for_sections_there_are_no_classes() -> None:
    app = _app(ROLES["student"])

    for kind in ("sections", "terms", "courses"):
        assert _ids(app, f"/v3.0/{kind}") == []
    assert app.get(f"/v3.0/sections/{ART_1}").status == 404
    assert len(_ids(app, "/v3.0/schools")) == 2


@pytest.mark.parametrize(("field", "scope"), SENSITIVE.items())
def test_each_sensitive_field_has_its_scope(field: str, scope: str) -> None:
    assert field not in _maya(_app(ROLES["student"]))
    assert field in _maya(_app(ROLES["student"], scope))


def test_an_app_without_secure_sync_finds_the_districts_path_only() -> None:
    app = _app(*LOGIN_ONLY)

    assert app.get("/v3.0/districts").status == 200
    assert app.get(f"/v3.0/districts/{town.DISTRICT}").status == 200
    for path in ("users", "schools", f"users/{MAYA}", "resources"):
        answer = app.get(f"/v3.0/{path}")
        assert answer.status == 404
        assert f"Cannot GET /v3.0/{path}".encode() in answer.body


def test_all_scopes_show_every_record_as_it_is() -> None:
    whole, granted = town.roster(), frozenset(SECURE_SYNC)

    for kind in Kind:
        for record in whole.of(kind).values():
            assert visible(granted, kind, record) is record
