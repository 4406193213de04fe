"""The control API: what it does, and whom it answers."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from simulator import town
from simulator.controlled import DESCRIPTION, HOST, Caller, ThreeDays, people
from simulator.visitor import Visitor, answered

from harness.simulator.access.logins import SignIn
from harness.simulator.control.api import ENDPOINTS
from harness.simulator.control.door import PREFIX
from harness.simulator.http.message import Request
from harness.simulator.simulator import ROUTES, Simulator

REDIRECT = "https://app.example.com/cb?tenant=1"


@pytest.fixture
def caller(clever: Simulator) -> Caller:
    return Caller(clever)


def _read(clever: Simulator, path: str, token: str = "") -> int:
    bearer = token or clever.token(town.DISTRICT)
    headers = [(b"authorization", f"Bearer {bearer}".encode())]
    return clever.handle(Request("GET", path, "", headers)).status


# Districts and people.


def test_districts_are_told_with_their_numbers_but_no_secret(caller: Caller) -> None:
    (district,) = caller.ask("GET", "/districts")["districts"]

    assert district["id"] == town.DISTRICT
    assert district["records"] == {
        "districts": 1, "schools": 2, "terms": 2, "courses": 2, "sections": 3, "users": 7,
    }  # fmt: skip
    assert caller.simulator.token(town.DISTRICT) not in json.dumps(district)


def test_an_instant_login_link_works_as_it_is_told(caller: Caller) -> None:
    link = caller.ask("GET", "/districts")["districts"][0]["instant_login"]
    path, _, query = link.removeprefix(f"http://{HOST}").partition("?")

    assert caller.simulator.handle(Request("GET", path, query)).status == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=maya", [town.MAYA]),
        ("role=contact", [town.AUNT]),
        ("q=tester&role=student&limit=2", [town.IRIS, town.LEO]),
        ("q=tester&role=student&offset=2", [town.MAYA]),
        ("q=nobody", []),
        ("limit=0", []),
    ],
)
def test_people_are_searched_and_paged(caller: Caller, query: str, found: list[str]) -> None:
    assert people(caller, query) == found


def test_people_are_told_with_the_roles_in_which_they_may_log_in(caller: Caller) -> None:
    said = caller.ask("GET", f"/districts/{town.DISTRICT}/people?limit=1000")
    roles = {one["id"]: (one["roles"], one["logs_in_as"]) for one in said["people"]}

    assert said["total"] == 7
    assert roles[town.PARK] == (["teacher", "staff"], ["teacher", "staff"])
    assert roles[town.AUNT] == (["contact"], [])


def test_a_token_is_rotated_and_revoked(caller: Caller) -> None:
    clever = caller.simulator
    old = clever.token(town.DISTRICT)
    before = caller.ask("GET", "/districts")["districts"][0]["token"]["id"]

    after = caller.ask("POST", f"/districts/{town.DISTRICT}/rotate-token")["token"]["id"]
    new = clever.token(town.DISTRICT)
    statuses = (_read(clever, "/v3.0/users", old), _read(clever, "/v3.0/users", new))
    revoked = caller.ask("POST", f"/districts/{town.DISTRICT}/revoke-token")["token"]

    assert before != after
    assert statuses == (401, 200)
    assert revoked is None
    assert _read(clever, "/v3.0/users", new) == 401


# Days.


def test_the_year_moves_on_a_day_or_several(caller: Caller) -> None:
    first = caller.ask("GET", "/days")
    caller.ask("POST", "/days")
    last = caller.ask("POST", "/days", {"move_to": "wednesday"})

    assert first["today"] == "monday"
    assert caller.year.moved == ["tuesday", "wednesday"]
    assert [day["played"] for day in last["days"]] == [True, True, True]


@pytest.mark.parametrize(
    ("wanted", "status", "hint"),
    [
        ("monday", 409, "forwards"),
        ("tuesday", 409, "forwards"),
        ("sunday", 404, "monday, tuesday, wednesday"),
    ],
)
def test_days_are_played_forwards(caller: Caller, wanted: str, status: int, hint: str) -> None:
    caller.year.today = "tuesday"

    said = caller.ask("POST", "/days", {"move_to": wanted}, status=status)

    assert hint in said["hint"]
    assert caller.year.moved == []


def test_after_the_last_day_there_is_none(clever: Simulator) -> None:
    caller = Caller(clever, ThreeDays(today="wednesday"))

    assert "last day" in caller.ask("POST", "/days", {}, status=409)["error"]


# Traffic and faults.


def test_traffic_is_read_from_a_mark_on(caller: Caller) -> None:
    clever = caller.simulator
    _read(clever, "/v3.0/users")
    mark = caller.ask("GET", "/traffic")["mark"]
    for _ in range(3):
        _read(clever, "/v3.0/schools")

    some = caller.ask("GET", f"/traffic?since={mark}&limit=2")
    rest = caller.ask("GET", f"/traffic?since={some['mark']}")

    assert [one["path"] for one in some["exchanges"]] == ["/v3.0/schools"] * 2
    assert (some["more"], rest["more"]) == (True, False)
    assert len(rest["exchanges"]) == 1
    assert rest["exchanges"][0]["records"] == 2
    assert caller.ask("GET", f"/traffic?since={rest['mark']}")["exchanges"] == []
    assert caller.ask("GET", "/traffic?since=999")["exchanges"] == []


def test_what_the_control_api_is_asked_is_no_traffic(caller: Caller) -> None:
    caller.ask("GET", "/state")

    assert len(caller.simulator.traffic) == 0


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        ({"kind": "server-errors", "after": 0, "times": 1}, [503, 200]),
        ({"kind": "server-errors", "after": 0, "times": None, "status": 500}, [500, 500]),
        ({"kind": "server-errors", "after": 1, "status": "502"}, [200, 502]),
        ({"kind": "html", "after": 0, "status": 404}, [404, 200]),
        ({"kind": "too-many-requests", "after": 0, "wait": 60}, [429, 429]),
        ({"kind": "token-dies", "after": 1}, [200, 401]),
        ({"kind": "server-errors", "after": 0, "path": "/v3.0/terms"}, [200, 200]),
        ({"kind": "server-errors", "after": 0, "district": town.DISTRICT}, [503, 503]),
        ({"kind": "server-errors", "times": 0, "after": 0}, [200, 200]),
    ],
)
def test_a_fault_strikes_as_described(
    caller: Caller, fault: dict[str, object], statuses: list[int]
) -> None:
    token = caller.simulator.token(town.DISTRICT)

    caller.ask("PUT", "/faults", {"faults": [fault]})
    found = [_read(caller.simulator, "/v3.0/users", token) for _ in statuses]

    assert found == statuses
    hits = caller.ask("GET", "/faults")["faults"][0]["struck"]
    assert hits == sum(status != 200 for status in statuses)


def test_slow_and_cut_answers_are_prepared_as_told(caller: Caller) -> None:
    clever = caller.simulator
    token = f"Bearer {clever.token(town.DISTRICT)}".encode()
    spoilt = [
        {"kind": "slow", "seconds": 0.25, "after": 0},
        {"kind": "cut-off", "part": 0.1, "after": 0},
    ]

    caller.ask("PUT", "/faults", {"faults": spoilt})
    answer = clever.handle(Request("GET", "/v3.0/users", "", [(b"authorization", token)]))

    assert answer.delay == 0.25
    assert answer.cut == len(answer.body) // 10
    assert answer.fault == "slow+cut-off"


def test_clever_is_well_again_when_faults_are_cleared(caller: Caller) -> None:
    caller.ask("PUT", "/faults", {"faults": [{"kind": "html", "after": 0, "times": None}]})

    caller.ask("DELETE", "/faults")

    assert _read(caller.simulator, "/v3.0/users") == 200
    assert caller.ask("GET", "/faults")["faults"] == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ({}, "kind"),
        ({"kind": "slwo"}, 'did you mean "slow"'),
        ({"kind": "slow", "secnds": 1}, 'did you mean "seconds"'),
        ({"kind": "slow", "seconds": -1}, "from 0 to 120"),
        ({"kind": "slow", "seconds": "1"}, "expected a number"),
        ({"kind": "slow", "path": "("}, "not a regular expression"),
        ({"kind": "slow", "path": "a" * 301}, "longer than"),
        ({"kind": "slow", "after": -1}, "must not be negative"),
        ({"kind": "slow", "times": True}, "expected a whole number"),
        ({"kind": "cut-off", "part": 2}, "from 0 to 1"),
        ({"kind": "server-errors", "status": 404}, "not known here"),
        ({"kind": "html", "status": 299}, "status of an answer"),
        ({"kind": "too-many-requests", "wait": 10**30}, "from 0 to 120"),
    ],
)
def test_a_wrong_fault_is_refused_with_what_is_wrong_in_it(
    caller: Caller, fault: dict[str, object], complaint: str
) -> None:
    caller.ask("PUT", "/faults", {"faults": [{"kind": "stale"}]})

    said = caller.ask("PUT", "/faults", {"faults": [fault]}, status=400)

    assert complaint in said["error"]
    assert "the request body" in said["error"]
    assert len(caller.ask("GET", "/faults")["faults"]) == 1, "the old ones stay"


def test_a_fault_of_a_district_that_is_not_here_is_refused(caller: Caller) -> None:
    fault = {"kind": "slow", "district": town.number("d", 9)}

    assert "no district" in caller.ask("PUT", "/faults", {"faults": [fault]}, status=404)["error"]


def test_a_new_budget_ends_a_rate_limit(caller: Caller) -> None:
    for _ in range(1201):
        last = _read(caller.simulator, "/v3.0/schools")

    caller.ask("POST", "/request-budgets")

    assert last == 429
    assert _read(caller.simulator, "/v3.0/schools") == 200


# Logins.


def test_somebody_is_signed_in_and_out(caller: Caller) -> None:
    visitor = Visitor(caller.simulator)

    caller.ask("PUT", "/sign-in", {"user": town.PARK, "role": "staff"})
    straight = answered(visitor.authorize())
    told = caller.ask("GET", "/sign-in")["signed_in"]
    caller.ask("DELETE", "/sign-in")
    asked = visitor.authorize()

    assert "code" in straight
    assert told == {"user": town.PARK, "role": "staff", "by_admin": False}
    assert asked.header("location").startswith("/_login?")


def test_somebody_the_app_may_not_have_can_be_signed_in_too(caller: Caller) -> None:
    caller.ask("PUT", "/sign-in", {"user": town.AUNT})

    assert Visitor(caller.simulator).authorize().status == 403


def test_a_start_from_the_portal_is_a_url_with_a_code(caller: Caller) -> None:
    url = caller.ask("POST", "/portal-starts", {"user": town.MAYA, "by_admin": True})["url"]

    code = url.partition("code=")[2].partition("&")[0]
    assert url.startswith(town.CLIENT.redirect_uris[0])
    assert "loginas_by_admin=true" in url
    assert Visitor(caller.simulator).buy(code).status == 200


@pytest.mark.parametrize(
    ("body", "status", "complaint"),
    [
        ({"user": town.number("a0", 77)}, 404, "nobody with the Clever id"),
        ({"user": town.MAYA, "role": "teacher"}, 409, "Maya Tester is no teacher"),
        ({"user": town.AUNT}, 409, "not given you access"),
        ({}, 400, '"user" is missing'),
        ({"user": 7, "x": 1}, 400, "unknown key"),
    ],
)
def test_a_start_that_is_impossible_says_why(
    caller: Caller, body: dict[str, object], status: int, complaint: str
) -> None:
    assert complaint in caller.ask("POST", "/portal-starts", body, status=status)["error"]


def test_without_a_redirect_uri_nobody_can_start(caller: Caller) -> None:
    caller.ask("PUT", "/app", {"redirect_uris": []})

    said = caller.ask("POST", "/portal-starts", {"user": town.MAYA}, status=409)

    assert "redirect URI" in said["error"]


def test_redirect_uris_are_replaced(caller: Caller) -> None:
    said = caller.ask("PUT", "/app", {"redirect_uris": [REDIRECT, town.CLIENT.redirect_uris[0]]})

    caller.simulator.logins.signed_in = SignIn(user=town.MAYA)
    where = Visitor(caller.simulator).authorize().header("location")
    assert said["redirect_uris"][0] == REDIRECT
    assert where.startswith(f"{REDIRECT}&code=")


@pytest.mark.parametrize(
    "uri",
    [
        *("x", "ftp://x/y", "http://", "javascript:alert(1)", "http://x/#y", "http://[", "//x"),
        *("http://x:99999/", "http://x:port/", "http://x/ y", "http://x/\r\nset-cookie: a=b"),
        *("http://x\\@y/", 'http://x/"><script>', "http://x/\x00", "http://x/\ud800"),
    ],
)
def test_what_is_no_redirect_uri_is_refused(caller: Caller, uri: str) -> None:
    said = caller.ask("PUT", "/app", {"redirect_uris": [uri]}, status=400)

    assert "redirect URI" in said["error"]


# Whom it answers.


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "localhost"}, 200),
        ({"host": "LOCALHOST:8100"}, 200),
        ({"host": "[::1]:8100"}, 200),
        ({"host": "127.9.9.9:1"}, 200),
        ({"host": HOST, "origin": f"http://{HOST}", "sec_fetch_site": "same-origin"}, 200),
        ({"host": HOST, "sec_fetch_site": "none"}, 200),
        ({"host": "clever.com"}, 403),
        ({"host": "api.clever.com:443"}, 403),
        ({"host": "evil.example.com"}, 403),
        ({"host": "localhost.example.com"}, 403),
        ({"host": "10.0.0.1"}, 403),
        ({"host": "0.0.0.0"}, 403),
        ({"host": ""}, 403),
        ({"host": HOST, "origin": "http://evil.example.com"}, 403),
        ({"host": HOST, "origin": "null"}, 403),
        ({"host": HOST, "origin": "http://127.0.0.1:9999"}, 403),
        ({"host": HOST, "sec_fetch_site": "cross-site"}, 403),
    ],
)
def test_it_answers_programs_on_this_machine_and_its_own_page(
    caller: Caller, headers: dict[str, str], status: int
) -> None:
    assert caller.raw("GET", "/state", **headers)[0] == status


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "", "example.com", "::"])
def test_it_is_off_when_the_server_can_be_reached_from_elsewhere(
    clever: Simulator, host: str
) -> None:
    caller = Caller(clever, host=host)

    assert "--host 127.0.0.1" in caller.ask("GET", "/state", status=403)["hint"]
    assert caller.raw("GET", "/")[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_a_foreign_form_could_send_is_refused(caller: Caller, kind: str) -> None:
    caller.ask("POST", "/days", {"move_to": "tuesday"}, status=415, content_type=kind)

    assert caller.year.moved == []


def test_the_simulator_itself_knows_nothing_of_it(clever: Simulator) -> None:
    assert clever.handle(Request("GET", f"{PREFIX}/state")).status == 404
    assert not any(route.path.startswith(PREFIX) for route in ROUTES)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "x", 404),
        ("GET", "/districts/../state", 404),
        ("POST", "/state", 405),
        ("PATCH", "/faults", 405),
        ("GET", "/districts/nobody/people", 404),
        ("POST", f"/districts/{town.number('d', 9)}/rotate-token", 404),
        ("GET", "/traffic?since=-1", 400),
        ("GET", "/traffic?since=1&since=2", 400),
        ("GET", "/traffic?limit=1001", 400),
        ("GET", "/traffic?sicne=1", 400),
        ("GET", "/state?x=1", 400),
    ],
)
def test_what_does_not_exist_or_is_wrong_is_refused(
    caller: Caller, method: str, path: str, status: int
) -> None:
    assert caller.ask(method, path, status=status)["error"]


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b"\xff", b"null", b"7", b"[" * 100_000, b'{"move_to": 1.5e999}']
)
def test_a_body_that_is_no_object_is_refused(caller: Caller, body: bytes) -> None:
    status, text = caller.raw("POST", "/days", body)

    assert status in (400, 404), text
    assert caller.simulator.crashes == []


# The description.


def test_everything_that_can_be_asked_is_described_and_the_other_way_round() -> None:
    described = {
        (method.upper(), path)
        for path, operations in DESCRIPTION["paths"].items()
        for method in operations
    }

    assert described == set(ENDPOINTS)


def test_the_description_is_served_as_it_is_kept(caller: Caller) -> None:
    assert caller.ask("GET", "/openapi.json") == DESCRIPTION


def test_every_operation_is_named_and_every_schema_is_one() -> None:
    operations = [one for path in DESCRIPTION["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]

    assert len(set(names)) == len(names) == len(ENDPOINTS)
    for schema in DESCRIPTION["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_state_tells_all_of_it_at_once(caller: Caller) -> None:
    caller.ask("PUT", "/sign-in", {"user": town.MAYA})
    caller.ask("PUT", "/faults", {"faults": [{"kind": "stale"}]})

    state: dict[str, Any] = caller.ask("GET", "/state")

    assert state["url"] == f"http://{HOST}"
    assert state["signed_in"]["user"] == town.MAYA
    assert state["faults"][0]["kind"] == "stale"
    assert town.CLIENT.secret not in json.dumps(state)


# The page.


def test_the_page_is_whole_and_asks_nobody_else(caller: Caller) -> None:
    status, text = caller.raw("GET", "/")

    assert status == 200
    assert text.startswith("<!DOCTYPE html>")
    assert "{%" not in text
    for elsewhere in ("http://", "https://", "//cdn", "src=", "@import"):
        assert elsewhere not in text.replace("http://localhost:3000/callback", "")
