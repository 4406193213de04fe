"""Every answer about events has the shape the schemas lay down, whatever happened."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator import chance, town
from simulator.chance import HAPPENINGS, Incident
from simulator.shapes import Shapes
from simulator.town import Caller

from harness.simulator.simulator import Simulator

VERSIONS = ("v3.0", "v3.1")
SHAPES = {version: Shapes(version) for version in VERSIONS}


def _app(days: list[list[Incident]]) -> Caller:
    clever = Simulator(clients=[town.CLIENT], now=lambda: 0.0)
    for number, roster in enumerate(chance.rosters(days)):
        clever.publish(roster, at=chance.at(number))
    return Caller(clever, clever.token(roster.district["id"]))


@settings(max_examples=20, deadline=None)
@given(st.lists(chance.a_day, min_size=1, max_size=2), st.sampled_from(VERSIONS))
def test_whatever_happens_is_told_in_the_published_shape(
    days: list[list[Incident]], version: str
) -> None:
    app = _app(days)
    shapes = SHAPES[version]

    for query in ("limit=10000", "", "limit=3", "ending_before=last&limit=1"):
        shapes.check("events-response", app.get(f"/{version}/events?{query}").body)
    for one in json.loads(app.get(f"/{version}/events?ending_before=last&limit=5").body)["data"]:
        shapes.check("event-response", app.get(one["uri"]).body)
    shapes.check("refusal", app.get(f"/{version}/events/nobody").body)
    shapes.check("refusal", app.get(f"/{version}/events?starting_after=nobody").body)


def test_everything_that_can_happen_shows_in_every_sort_of_event() -> None:
    calm = sorted(set(HAPPENINGS) - {"roll over"})
    days = [
        [(what, number) for what in calm for number in range(9 * day, 9 * day + 9)]
        for day in range(5)
    ]

    app = _app([*days, [("roll over", 0)]])
    page = json.loads(app.get("/v3.1/events?limit=10000").body)

    types = {event["data"]["type"] for event in page["data"]}
    kinds = ("schools", "terms", "courses", "sections", "users")
    # Terms and courses that change get another id.
    updates = {f"{kind}.updated" for kind in ("districts", "schools", "sections", "users")}
    both = {f"{kind}.{action}" for kind in kinds for action in ("created", "deleted")}
    assert types == {"districts.created", *updates, *both}
    SHAPES["v3.1"].check("events-response", json.dumps(page).encode())


@pytest.fixture(scope="module")
def updated() -> dict[str, Any]:
    """A page with one event, an update of a student."""
    days: list[list[Incident]] = [[("edit", 1)]]
    app = _app(days)
    newest = app.get("/v3.1/events?record_type=users&ending_before=last&limit=1").body
    page: dict[str, Any] = json.loads(newest)
    assert page["data"][0]["data"]["type"] == "users.updated"
    return page


def _changed(page: dict[str, Any], **fields: Any) -> dict[str, Any]:
    (one,) = page["data"]
    return {**page, "data": [{**one, "data": {**one["data"], **fields}}]}


def test_the_schema_refuses_what_differs(updated: dict[str, Any]) -> None:
    event = updated["data"][0]["data"]
    told = event["data"]
    now, was = told["object"], told["previous_attributes"]
    wrong = {
        "milliseconds": _changed(updated, created="2026-02-04T16:06:14.120Z"),
        "an unknown action": _changed(updated, type="users.changed"),
        "a role as its type": _changed(updated, type="students.updated"),
        "an update without a past": _changed(updated, data={"object": now}),
        "an update of nothing": _changed(updated, data={"object": now, "previous_attributes": {}}),
        "a past for what is new": _changed(updated, type="users.created"),
        "a past beside data": _changed(updated, previous_attributes=was),
        "a record of another sort": _changed(updated, type="sections.updated"),
        "an old modification time": _changed(
            updated, data={"object": now, "previous_attributes": {**was, "last_modified": "x"}}
        ),
        "a copied address": _changed(updated, data={**told, "object": _with_email(now)}),
        "no uri": {**updated, "data": [{"data": event}]},
    }

    assert _fits("v3.1", updated)
    for what, page in wrong.items():
        assert not _fits("v3.1", page), what
    assert not _fits("v3.0", json.loads(json.dumps(updated).replace("v3.1", "v3.0")))


def _fits(version: str, page: dict[str, Any]) -> bool:
    try:
        SHAPES[version].check("events-response", json.dumps(page).encode())
    except jsonschema_rs.ValidationError:
        return False
    return True


def _with_email(user: dict[str, Any]) -> dict[str, Any]:
    student = {**user["roles"]["student"], "email": user["email"]}
    return {**user, "roles": {"student": student}}
