"""What an app hears when it asks for events."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from simulator import town
from simulator.town import ART_1, AUNT, DISTRICT, ELM, IRIS, LEO, MATH_2, MAYA, OAK, PARK, Caller

from harness.district.data_model.records import Kind, User
from harness.district.data_model.roster import Roster
from harness.simulator.access.clients import OAuthClient
from harness.simulator.access.scopes import LOGIN_ONLY, ROLES, SECTIONS
from harness.simulator.access.tokens import Owner, Token
from harness.simulator.faults.effects import stale
from harness.simulator.faults.fault import Fault
from harness.simulator.simulator import Simulator

DAY = timedelta(days=1)
NOBODY = "0" * 24


def _synced(roster: Roster, day: int) -> Roster:
    """A roster as a later sync shares it."""
    moved = f"2026-08-{20 + day:02d}T06:30:00.000Z"
    return replace(roster, district={**roster.district, "last_sync": moved})


def _with(roster: Roster, *users: Mapping[str, Any]) -> Roster:
    changed = cast(dict[str, User], {user["id"]: user for user in users})
    return replace(roster, users={**roster.users, **changed})


def _student(roster: Roster, identity: str, **fields: Any) -> dict[str, Any]:
    """A student with other fields of the role."""
    user = cast(dict[str, Any], roster.users[identity])
    student = {**user["roles"]["student"], **fields}
    return {**user, "last_modified": "2026-08-21T06:30:00.000Z", "roles": {"student": student}}


def _publish(clever: Simulator, roster: Roster, day: int) -> None:
    clever.publish(_synced(roster, day), at=town.DAY + day * DAY)


def _page(app: Caller, target: str) -> dict[str, Any]:
    answer = app.get(target)
    assert answer.status == 200, answer.body
    page: dict[str, Any] = json.loads(answer.body)
    assert answer.records == len(page["data"])
    return page


def _feed_of_caller(app: Caller, query: str = "", version: str = "v3.1") -> list[dict[str, Any]]:
    target = f"/{version}/events{'?' if query else ''}{query}"
    return [one["data"] for one in _page(app, target)["data"]]


def _newest(app: Caller) -> str:
    return str(_feed_of_caller(app, "ending_before=last&limit=1")[0]["id"])


def _said(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(event["type"], event["data"]["object"]["id"]) for event in events]


# What is in the feed.


def test_a_district_that_connects_is_told_whole(app: Caller) -> None:
    events = _feed_of_caller(app)

    whole = town.roster()
    assert _said(events)[0] == ("districts.created", DISTRICT)
    assert len(events) == sum(len(whole.of(kind)) for kind in Kind)
    assert {event["type"].partition(".")[2] for event in events} == {"created"}


def test_every_sync_is_told_since_the_last_sync_moves(clever: Simulator, app: Caller) -> None:
    cursor = _newest(app)

    _publish(clever, town.roster(), 1)
    _publish(clever, town.roster(), 2)

    events = _feed_of_caller(app, f"starting_after={cursor}")
    assert _said(events) == [("districts.updated", DISTRICT)] * 2
    assert events[0]["data"]["previous_attributes"] == {"last_sync": town.MADE}


def test_who_leaves_is_deleted_and_who_comes_back_created(clever: Simulator, app: Caller) -> None:
    cursor = _newest(app)

    _publish(clever, town.without(town.roster(), LEO), 1)
    _publish(clever, town.roster(), 2)

    events = _feed_of_caller(app, f"starting_after={cursor}&record_type=users")
    assert _said(events) == [("users.deleted", LEO), ("users.created", LEO)]
    assert events[0]["data"] == events[1]["data"]


def test_nothing_is_told_of_the_time_before_events_were_enabled() -> None:
    clever = Simulator(clients=[town.CLIENT], now=lambda: 0.0, events=False)
    clever.publish(town.roster(), at=town.DAY)
    app = Caller(clever, clever.token(DISTRICT))
    _publish(clever, town.without(town.roster(), LEO), 1)
    assert _feed_of_caller(app) == []

    clever.enable_events()
    assert _feed_of_caller(app) == []
    _publish(clever, town.roster(), 2)

    assert _said(_feed_of_caller(app)) == [("users.created", LEO), ("districts.updated", DISTRICT)]


def test_each_app_enables_events_for_itself() -> None:
    other = OAuthClient(id="app-two", secret="another-secret")
    clever = Simulator(clients=[town.CLIENT, other], now=lambda: 0.0, events=False)
    clever.publish(town.roster(), at=town.DAY)
    clever.enable_events("app-two")
    _publish(clever, town.roster(), 1)

    assert _feed_of_caller(Caller(clever, clever.token(DISTRICT, "app-two"))) != []
    assert _feed_of_caller(Caller(clever, clever.token(DISTRICT, "app-one"))) == []


def test_a_district_that_connects_again_begins_anew(clever: Simulator, app: Caller) -> None:
    _publish(clever, town.without(town.roster(), LEO), 1)
    clever.disconnect(DISTRICT)
    clever.publish(town.roster(), at=town.DAY + 2 * DAY)

    events = _feed_of_caller(Caller(clever, clever.token(DISTRICT)))

    assert {event["type"].partition(".")[2] for event in events} == {"created"}


def test_a_district_hears_nothing_of_another(clever: Simulator, app: Caller) -> None:
    cursor = _newest(app)
    other = town.crowd(3, owner=town.number("d", 2), prefix="f1")
    clever.publish(other, at=town.DAY + DAY)
    theirs = Caller(clever, clever.token(town.number("d", 2)))

    assert _feed_of_caller(app, f"starting_after={cursor}") == []
    assert len(_feed_of_caller(theirs)) == 5
    assert theirs.get(f"/v3.1/events/{cursor}").status == 404


# Versions and scopes.


def test_an_older_version_hears_nothing_of_fields_it_does_not_have(
    clever: Simulator, app: Caller
) -> None:
    whole, cursor = town.roster(), _newest(app)
    maya = _student(whole, MAYA, gifted_status="N", frl_status="")  # "Other" reads as "" in v3.0
    leo = _student(whole, LEO, gifted_status="N", gender="M")
    _publish(clever, _with(whole, maya, leo), 1)
    query = f"starting_after={cursor}&record_type=users"

    new, old = _feed_of_caller(app, query), _feed_of_caller(app, query, "v3.0")

    assert _said(new) == [("users.updated", MAYA), ("users.updated", LEO)]
    assert _said(old) == [("users.updated", LEO)]
    assert old[0]["id"] == new[1]["id"]
    assert old[0]["data"]["previous_attributes"] == {"roles": {"student": {"gender": "X"}}}
    assert "gifted_status" not in old[0]["data"]["object"]["roles"]["student"]
    assert app.get(f"/v3.0/events/{new[0]['id']}").status == 404
    assert _feed_of_caller(app, f"starting_after={new[0]['id']}", "v3.0") == old


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((ROLES["student"], SECTIONS), [("users.updated", LEO)]),
        ((ROLES["student"], "read:ell_status"), [("users.updated", MAYA), ("users.updated", LEO)]),
        ((ROLES["teacher"],), []),
    ],
)
def test_an_app_hears_only_what_its_scopes_show(
    scopes: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    clever = Simulator(clients=[replace(town.CLIENT, scopes=scopes)], now=lambda: 0.0)
    whole = town.roster()
    clever.publish(whole, at=town.DAY)
    app = Caller(clever, clever.token(DISTRICT))
    cursor = _newest(app)
    maya = _student(whole, MAYA, ell_status="Y")
    leo = _student(whole, LEO, ell_status="Y", gender="M")

    _publish(clever, _with(whole, maya, leo), 1)

    events = _feed_of_caller(app, f"starting_after={cursor}&record_type=users")
    assert _said(events) == expected
    if "read:ell_status" not in scopes:
        assert all("ell_status" not in json.dumps(event) for event in events)


def test_a_role_the_app_may_not_see_is_as_if_it_were_not_there() -> None:
    client = replace(town.CLIENT, scopes=(ROLES["staff"],))
    clever = Simulator(clients=[client], now=lambda: 0.0)
    whole = town.roster()
    clever.publish(whole, at=town.DAY)
    app = Caller(clever, clever.token(DISTRICT))
    cursor = _newest(app)
    park = cast(dict[str, Any], whole.users[PARK])
    teacher = {**park, "roles": {"teacher": park["roles"]["teacher"]}}

    _publish(clever, _with(whole, teacher), 1)

    events = _feed_of_caller(app, f"starting_after={cursor}&record_type=users")
    assert _said(events) == [("users.deleted", PARK)]
    assert list(events[0]["data"]["object"]["roles"]) == ["staff"]


# Filters.


def test_record_types_may_be_repeated(app: Caller) -> None:
    both = _feed_of_caller(app, "record_type=schools&record_type=terms")
    bracketed = _feed_of_caller(app, "record_type[]=schools&record_type%5B%5D=terms")

    assert {event["type"] for event in both} == {"schools.created", "terms.created"}
    assert bracketed == both
    assert _feed_of_caller(app, "record_type=resources") == []


@pytest.mark.parametrize("wrong", ["students", "users.created", "users,schools", "USERS"])
def test_no_event_is_of_a_record_type_that_does_not_exist(app: Caller, wrong: str) -> None:
    assert _feed_of_caller(app, f"record_type={wrong}") == []
    assert len(_feed_of_caller(app, f"record_type={wrong}&record_type=schools")) == 2


def test_a_school_has_the_events_of_its_sections_and_of_everybody_there(app: Caller) -> None:
    events = _said(_feed_of_caller(app, f"school={OAK}"))

    assert set(events) == {
        ("schools.created", OAK),
        ("sections.created", MATH_2),
        ("users.created", MAYA),
        ("users.created", IRIS),
        ("users.created", PARK),
    }


def test_filters_narrow_together_and_are_kept_in_links(app: Caller) -> None:
    page = _page(app, f"/v3.1/events?school={ELM}&record_type=users&limit=1")

    following = {link["rel"]: link["uri"] for link in page["links"]}["next"]
    identity = page["data"][0]["data"]["id"]
    assert _said([one["data"] for one in page["data"]]) == [("users.created", MAYA)]
    assert following == (
        f"/v3.1/events?school={ELM}&record_type=users&limit=1&starting_after={identity}"
    )
    assert _said([one["data"] for one in _page(app, following)["data"]]) == [("users.created", LEO)]


def test_a_cursor_need_not_be_among_what_is_filtered(app: Caller) -> None:
    district = _feed_of_caller(app)[0]["id"]

    events = _feed_of_caller(app, f"starting_after={district}&record_type=sections")

    assert len(events) == 3


def test_a_contact_is_of_no_school(app: Caller) -> None:
    told = {
        identity
        for school in (ELM, OAK)
        for _, identity in _said(_feed_of_caller(app, f"school={school}"))
    }

    assert AUNT not in told
    assert _feed_of_caller(app, f"school={NOBODY}") == []


# Cursors and time.


def test_the_newest_event_is_the_last_one(clever: Simulator, app: Caller) -> None:
    page = _page(app, "/v3.0/events?ending_before=last&limit=1")

    events = _feed_of_caller(app, "limit=10000")
    assert [one["data"]["id"] for one in page["data"]] == [events[-1]["id"]]
    rels = {link["rel"]: link["uri"] for link in page["links"]}
    assert rels["prev"] == f"/v3.0/events?limit=1&ending_before={events[-1]['id']}"
    assert _page(app, rels["next"])["data"] == []


def test_an_empty_feed_has_no_newest_event() -> None:
    clever = Simulator(clients=[town.CLIENT], now=lambda: 0.0, events=False)
    clever.publish(town.roster(), at=town.DAY)
    app = Caller(clever, clever.token(DISTRICT))

    page = _page(app, "/v3.0/events?ending_before=last&limit=1")

    assert page == {
        "data": [],
        "links": [{"rel": "self", "uri": "/v3.0/events?ending_before=last&limit=1"}],
    }


def test_nothing_new_is_an_empty_page(app: Caller) -> None:
    page = _page(app, f"/v3.1/events?starting_after={_newest(app)}")

    assert page["data"] == []


@pytest.mark.parametrize("cursor", ["nonsense", "F" * 24, "f" * 23, "%00"])
@pytest.mark.parametrize("name", ["starting_after", "ending_before"])
def test_a_cursor_must_be_the_id_of_an_event(app: Caller, name: str, cursor: str) -> None:
    answer = app.get(f"/v3.1/events?{name}={cursor}")

    assert answer.status == 400
    assert name in json.loads(answer.body)["message"]


def test_last_is_no_beginning(app: Caller) -> None:
    assert app.get("/v3.1/events?starting_after=last").status == 400


def test_events_fall_off_after_thirty_days_of_district_time(clever: Simulator, app: Caller) -> None:
    first = _feed_of_caller(app)[0]["id"]
    _publish(clever, town.roster(), 1)
    second = _newest(app)

    _publish(clever, town.roster(), 30)
    assert _feed_of_caller(app)[0]["id"] == first
    assert app.get(f"/v3.1/events?starting_after={first}").status == 200

    _publish(clever, town.without(town.roster(), LEO), 31)
    assert _feed_of_caller(app)[0]["id"] == second
    assert app.get(f"/v3.1/events/{first}").status == 404
    assert app.get(f"/v3.1/events/{second}").status == 200


def test_a_cursor_that_fell_off_is_answered_with_the_oldest_events(
    clever: Simulator, app: Caller
) -> None:
    """As recorded: nothing in the answer says that events are missing before the first."""
    gone = _feed_of_caller(app)[0]["id"]
    _publish(clever, town.roster(), 1)
    _publish(clever, town.without(town.roster(), LEO), 31)
    oldest = _feed_of_caller(app)[0]["id"]

    page = _page(app, f"/v3.1/events?starting_after={gone}&limit=1")

    assert [item["data"]["id"] for item in page["data"]] == [oldest]
    assert {"rel": "prev", "uri": f"/v3.1/events?limit=1&ending_before={oldest}"} in page["links"]


def test_events_grow_old_when_the_clock_moves_though_no_district_syncs(
    clever: Simulator, app: Caller
) -> None:
    _publish(clever, town.roster(), 5)
    newest = _newest(app)

    clever.move_clock(town.DAY + 32 * DAY)
    assert [event["id"] for event in _feed_of_caller(app)] == [newest]

    clever.move_clock(town.DAY + 60 * DAY)
    assert _feed_of_caller(app) == []
    assert _page(app, f"/v3.1/events?starting_after={newest}")["data"] == []
    assert app.get(f"/v3.1/events/{newest}").status == 404


def test_two_syncs_of_one_moment_are_told_one_after_the_other(
    clever: Simulator, app: Caller
) -> None:
    cursor = _newest(app)
    clever.publish(town.without(town.roster(), LEO), at=town.DAY)
    clever.publish(town.roster(), at=town.DAY)

    events = _feed_of_caller(app, f"starting_after={cursor}")

    assert _said(events) == [("users.deleted", LEO), ("users.created", LEO)]


# What an answer looks like.


def test_a_list_without_a_query_links_to_itself_with_a_question_mark(app: Caller) -> None:
    assert _page(app, "/v3.0/events")["links"] == [{"rel": "self", "uri": "/v3.0/events?"}]
    assert _page(app, "/v3.0/events?limit=100")["links"][0]["uri"] == "/v3.0/events?limit=100"


def test_members_and_keys_are_in_the_recorded_order(clever: Simulator, app: Caller) -> None:
    _publish(clever, town.roster(), 1)
    raw = app.get("/v3.0/events?ending_before=last&limit=1").body

    page = json.loads(raw)
    (one,) = page["data"]
    assert list(page) == ["data", "links"]
    assert list(one) == ["data", "uri"]
    assert list(one["data"]) == ["created", "data", "id", "type"]
    assert list(one["data"]["data"]) == ["object", "previous_attributes"]
    assert list(one["data"]["data"]["object"]) == sorted(one["data"]["data"]["object"])
    assert one["uri"] == f"/v3.0/events/{one['data']['id']}"
    assert json.dumps(page, separators=(",", ":"), ensure_ascii=False).encode() == raw


def test_one_event_is_what_the_list_says_with_a_link_to_itself(app: Caller) -> None:
    (listed,) = _page(app, "/v3.0/events?ending_before=last&limit=1")["data"]

    answer = app.get(listed["uri"])

    assert json.loads(answer.body) == {
        "data": listed["data"],
        "links": [{"rel": "self", "uri": listed["uri"]}],
    }


def test_events_are_created_in_whole_seconds_of_district_time(app: Caller) -> None:
    for event in _feed_of_caller(app):
        assert re.fullmatch(r"2026-08-20T06:31:0\d\.000Z", event["created"])


@pytest.mark.parametrize("target", ["/v3.0/events", "/v3.1/events?limit=1", "one"])
def test_answers_carry_the_header_set_of_the_events_service(app: Caller, target: str) -> None:
    path = f"/v3.0/events/{_newest(app)}" if target == "one" else target

    answer = app.get(path)

    headers = {name.decode(): value.decode() for name, value in answer.headers}
    assert len(headers) == len(answer.headers)
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["vary"] == "Accept-Encoding"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["clever-request-id"])
    assert headers["clever-request-id"] != headers["x-request-id"].replace("-", "")
    assert "etag" not in headers
    assert headers.keys() - {"content-type", "vary", "clever-request-id"} == {
        "access-control-allow-headers",
        "access-control-allow-methods",
        "access-control-allow-origin",
        "cache-control",
        "strict-transport-security",
        "x-ratelimit-bucket",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-request-id",
    }


# Who may ask.


def test_an_unknown_event_is_not_found_in_json(app: Caller) -> None:
    for identity in (NOBODY, MAYA, "last", "x"):
        answer = app.get(f"/v3.1/events/{identity}")
        assert (answer.status, json.loads(answer.body)) == (404, {"message": "Resource not found"})


def test_a_login_and_an_app_without_secure_sync_find_no_such_page(clever: Simulator) -> None:
    login = Token(
        value="il" + "1" * 38,
        id=town.number("f", 1),
        owner=Owner.USER,
        district=DISTRICT,
        client=town.CLIENT,
        created=town.DAY,
        user=MAYA,
    )
    clever.tokens.add(login)
    poor = Simulator(clients=[replace(town.CLIENT, scopes=LOGIN_ONLY)], now=lambda: 0.0)
    poor.publish(town.roster(), at=town.DAY)

    for app in (Caller(clever, login.value), Caller(poor, poor.token(DISTRICT))):
        for path in ("/v3.0/events", f"/v3.1/events/{NOBODY}"):
            answer = app.get(path)
            assert answer.status == 404
            assert answer.header("content-type") == "text/html; charset=utf-8"
            assert f"Cannot GET {path}".encode() in answer.body


def test_a_stale_page_does_not_know_the_last_sync_yet(clever: Simulator, app: Caller) -> None:
    before = _feed_of_caller(app)
    _publish(clever, town.roster(), 1)
    clever.faults.set(Fault(name="stale", effect=stale(), after=0))

    assert _feed_of_caller(app) == before
    assert len(_feed_of_caller(app)) == len(before) + 1


def test_whoever_is_in_a_class_is_told_by_the_class(clever: Simulator, app: Caller) -> None:
    whole, cursor = town.roster(), _newest(app)
    fewer = {**whole.sections[ART_1], "students": [MAYA]}
    sections = {**whole.sections, ART_1: fewer}

    _publish(clever, replace(whole, sections=sections), 1)  # type: ignore[arg-type]

    events = _feed_of_caller(app, f"starting_after={cursor}")
    assert _said(events)[1:] == [("sections.updated", ART_1)]
    assert events[1]["data"]["previous_attributes"] == {"students": [MAYA, LEO]}
