"""Who is found behind each path of the Data API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from simulator import town
from simulator.town import (
    ADMIN,
    ART,
    ART_1,
    AUNT,
    DISTRICT,
    ELM,
    FALL,
    IRIS,
    LEO,
    MATH,
    MATH_1,
    MATH_2,
    MAYA,
    OAK,
    OKOYE,
    PARK,
    SPRING,
    Caller,
)

from harness.simulator.simulator import Simulator

LISTS = {
    "districts": [DISTRICT],
    "schools": [ELM, OAK],
    "terms": [FALL, SPRING],
    "courses": [ART, MATH],
    "sections": [ART_1, MATH_1, MATH_2],
    "users": [MAYA, LEO, IRIS, OKOYE, PARK, ADMIN, AUNT],
    "users?role=student": [MAYA, LEO, IRIS],
    "users?role=teacher": [OKOYE, PARK],
    "users?role=staff": [PARK],
    "users?role=district_admin": [ADMIN],
    "users?role=contact": [AUNT],
    f"schools/{ELM}/courses": [ART, MATH],
    f"schools/{OAK}/courses": [],
    f"schools/{ELM}/terms": [FALL],
    f"schools/{ELM}/sections": [ART_1, MATH_1],
    f"schools/{OAK}/users": [MAYA, IRIS, PARK],
    f"schools/{OAK}/users?primary=true": [IRIS],
    f"schools/{OAK}/users?primary=": [MAYA, IRIS, PARK],
    f"schools/{ELM}/users?primary=true&role=teacher": [OKOYE, PARK],
    f"schools/{ELM}/users?role=staff": [],
    f"schools/{OAK}/users?role=staff": [PARK],
    f"schools/{OAK}/users?role=staff&primary=true": [],
    f"terms/{FALL}/sections": [ART_1, MATH_1],
    f"terms/{SPRING}/sections": [],
    f"terms/{FALL}/schools": [ELM],
    f"courses/{MATH}/sections": [MATH_1],
    f"courses/{ART}/schools": [ELM],
    f"sections/{MATH_1}/users": [MAYA, OKOYE, PARK],
    f"sections/{MATH_1}/users?role=student": [MAYA],
    f"sections/{MATH_1}/users?role=teacher": [OKOYE, PARK],
    f"users/{MAYA}/schools": [ELM, OAK],
    f"users/{MAYA}/schools?primary=true": [ELM],
    f"users/{ADMIN}/schools": [],
    f"users/{MAYA}/sections": [ART_1, MATH_1, MATH_2],
    f"users/{OKOYE}/sections": [ART_1, MATH_1],
    f"users/{MAYA}/mycontacts": [AUNT],
    f"users/{LEO}/mycontacts": [],
    f"users/{MAYA}/myContacts": [AUNT],
    f"users/{MAYA}/MYTEACHERS": [OKOYE, PARK],
    f"users/{OKOYE}/mystudents": [MAYA, LEO],
    f"users/{AUNT}/myStudents": [MAYA],
    f"users/{OKOYE}/myteachers": [],
}
SINGLES = {
    f"districts/{DISTRICT}": f"districts/{DISTRICT}",
    f"schools/{ELM}": f"schools/{ELM}",
    f"schools/{ELM}/district": f"districts/{DISTRICT}",
    f"terms/{FALL}": f"terms/{FALL}",
    f"terms/{FALL}/district": f"districts/{DISTRICT}",
    f"courses/{ART}": f"courses/{ART}",
    f"courses/{ART}/district": f"districts/{DISTRICT}",
    f"sections/{ART_1}": f"sections/{ART_1}",
    f"sections/{ART_1}/course": f"courses/{ART}",
    f"sections/{ART_1}/term": f"terms/{FALL}",
    f"sections/{ART_1}/school": f"schools/{ELM}",
    f"sections/{ART_1}/district": f"districts/{DISTRICT}",
    f"users/{MAYA}": f"users/{MAYA}",
    f"users/{MAYA}/district": f"districts/{DISTRICT}",
}
RESOURCES = [
    "resources",
    f"courses/{ART}/resources",
    f"sections/{ART_1}/resources",
    f"users/{MAYA}/resources",
]
NOBODY = "0" * 24
MISSING = [
    f"{kind}/{NOBODY}{rest}"
    for kind, rests in {
        "districts": [""],
        "schools": ["", "/courses", "/district", "/sections", "/terms", "/users"],
        "terms": ["", "/district", "/schools", "/sections"],
        "courses": ["", "/district", "/resources", "/schools", "/sections"],
        "sections": ["", "/course", "/district", "/resources", "/school", "/term", "/users"],
        "users": [
            "", "/district", "/mycontacts", "/mystudents", "/myteachers", "/resources", "/schools",
            "/sections",
        ],
        "resources": ["", "/courses", "/sections", "/users"],
    }.items()
    for rest in rests
]  # fmt: skip


def _body(app: Caller, path: str) -> dict[str, Any]:
    answer = app.get(path)
    assert answer.status == 200, (path, answer.body)
    found: dict[str, Any] = json.loads(answer.body)
    return found


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
@pytest.mark.parametrize(("path", "ids"), LISTS.items())
def test_a_list_holds_exactly(app: Caller, version: str, path: str, ids: list[str]) -> None:
    body = _body(app, f"/{version}/{path}")

    assert [one["data"]["id"] for one in body["data"]] == sorted(ids)
    assert body["links"][0] == {"rel": "self", "uri": f"/{version}/{path}"}
    assert all(one["uri"].startswith(f"/{version}/") for one in body["data"])


def test_the_terms_of_a_school_have_midnights_for_dates(app: Caller) -> None:
    """As recorded, and in no other list of terms."""
    (term,) = _body(app, f"/v3.1/schools/{ELM}/terms")["data"]
    day = _body(app, f"/v3.1/terms/{FALL}")["data"]["start_date"]

    assert term["data"]["start_date"] == f"{day}T00:00:00.000Z"
    assert _body(app, "/v3.1/terms")["data"][0]["data"]["start_date"] == day


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
@pytest.mark.parametrize(("path", "canonical"), SINGLES.items())
def test_a_single_record_names_itself(app: Caller, version: str, path: str, canonical: str) -> None:
    body = _body(app, f"/{version}/{path}")

    assert body["data"]["id"] == canonical.rpartition("/")[2]
    assert body["links"][0] == {"rel": "self", "uri": f"/{version}/{canonical}"}
    assert path == canonical or len(body["links"]) == 1


@pytest.mark.parametrize("path", RESOURCES)
def test_no_resources_are_mapped(app: Caller, path: str) -> None:
    assert _body(app, f"/v3.1/{path}") == {"resources": []}


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_shared_is_not_found(app: Caller, path: str) -> None:
    answer = app.get(f"/v3.1/{path}")

    assert answer.status == 404
    assert answer.header("content-type") == "application/json; charset=utf-8"
    assert json.loads(answer.body)["message"]


@pytest.mark.parametrize("relation", ["course", "term"])
def test_a_section_without_course_or_term_has_none(app: Caller, relation: str) -> None:
    assert app.get(f"/v3.0/sections/{MATH_2}/{relation}").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/v3.0/teachers",
        "/v3.0/students",
        f"/v3.0/sections/{ART_1}/students",
        f"/v3.0/users/{MAYA}/friends",
        f"/v3.1/attendance/schools/{ELM}",
        "/v2.1/users",
        "/v3.0",
        "/v3.0//users",
        "/v3.0/users/../users",
        "/v3.0/%75sers",
        "/v3.0/users%2F",
    ],
)
def test_an_unknown_path_is_an_html_page_that_names_it(app: Caller, path: str) -> None:
    answer = app.get(path)

    assert answer.status == 404
    assert answer.header("content-type") == "text/html; charset=utf-8"
    assert f"<pre>Cannot GET {path}</pre>" in answer.body.decode()


def test_a_path_is_found_in_any_casing_and_with_a_slash_behind(app: Caller) -> None:
    assert app.get("/V3.0/Users/").status == 200


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/v3.0/<script>alert('1')</script>", "/v3.0/%3Cscript%3Ealert(&#39;1&#39;)%3C/script%3E"),
        ('/v3.0/"x"&y', "/v3.0/%22x%22&amp;y"),
        ("/v3.0/100%", "/v3.0/100%25"),
        ("/v3.0/%zz%41", "/v3.0/%25zz%41"),
        ("/v3.0/{id}?limit=5", "/v3.0/%7Bid%7D"),
        ("/v3.0/caf\u00e9", "/v3.0/caf%C3%A9"),
    ],
)
def test_the_page_encodes_what_it_says_of_a_path(app: Caller, path: str, named: str) -> None:
    answer = app.get(path)

    assert f"<pre>Cannot GET {named}</pre>" in answer.body.decode("ascii")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
def test_roster_paths_can_only_be_read(app: Caller, method: str) -> None:
    answer = app.get("/v3.0/users", method=method)

    assert answer.status == 404
    assert f"Cannot {method} /v3.0/users" in answer.body.decode()


@pytest.mark.parametrize("path", ["/v3.0/users", f"/v3.1/sections/{ART_1}/users", "/userinfo"])
def test_a_browser_of_another_origin_may_ask_before_it_has_a_token(
    clever: Simulator, path: str
) -> None:
    answer = Caller(clever).get(path, method="OPTIONS")

    assert answer.status == 200
    assert answer.header("allow").startswith("GET,HEAD")
    assert answer.body.decode() == answer.header("allow")
    assert answer.header("access-control-allow-origin") == "*"
    assert "Authorization" in answer.header("access-control-allow-headers").split(",")
    assert "GET" in answer.header("access-control-allow-methods").split(",")


def test_nothing_is_to_be_asked_of_an_unknown_path(app: Caller) -> None:
    answer = app.get("/v3.0/teachers", method="OPTIONS")

    assert answer.status == 404
    assert "Cannot OPTIONS /v3.0/teachers" in answer.body.decode()


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "Token x", "bearer\tx"],
)
def test_without_a_valid_token_nothing_is_said(clever: Simulator, authorization: str) -> None:
    answer = Caller(clever).get("/v3.0/users", authorization=authorization)

    assert answer.status == 401
    assert set(json.loads(answer.body)) == {"message"}
    assert answer.header("content-type") == "application/json; charset=utf-8"


def test_each_token_sees_its_own_district_only(clever: Simulator, app: Caller) -> None:
    other = town.number("d", 2)
    clever.publish(town.crowd(3, owner=other, prefix="0f"), at=town.DAY)
    stranger = Caller(clever, clever.token(other))

    assert [one["data"]["id"] for one in _body(stranger, "/v3.0/districts")["data"]] == [other]
    for path in [*SINGLES, f"schools/{ELM}/users", f"users/{MAYA}/schools"]:
        assert stranger.get(f"/v3.0/{path}").status == 404
    for mine in ("users", "schools"):
        for one in _body(stranger, f"/v3.0/{mine}")["data"]:
            assert app.get(one["uri"]).status == 404
