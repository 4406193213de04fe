"""Whoever follows the events holds what a full sync would read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator import chance, town
from simulator.chance import Incident
from simulator.follower import Follower, Held, as_read, timeless, undone
from simulator.town import Caller

from harness.district.clever.events import EventOrder
from harness.district.data_model.roster import Roster
from harness.simulator.access.scopes import ROLES, SECTIONS
from harness.simulator.simulator import Simulator

pytestmark = pytest.mark.no_cover  # other tests reach the same code

LIMITED = (
    (ROLES["student"], SECTIONS),
    (ROLES["teacher"], ROLES["staff"]),
    (ROLES["contact"], ROLES["student"], "read:iep_status"),
)


def _clever(*, scopes: tuple[str, ...] = town.CLIENT.scopes, order: EventOrder) -> Simulator:
    client = replace(town.CLIENT, scopes=scopes)
    return Simulator(clients=[client], now=lambda: 0.0, event_order=order)


def _follower(clever: Simulator, roster: Roster, version: str = "v3.1") -> Follower:
    clever.publish(roster, at=chance.START)
    return Follower(Caller(clever, clever.token(roster.district["id"])), version)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(chance.a_day, min_size=1, max_size=3),
    st.integers(1, 60),
    st.sampled_from(list(EventOrder)),
)
def test_applying_the_events_of_a_day_gives_the_roster_of_the_day(
    days: list[list[Incident]], limit: int, order: EventOrder
) -> None:
    first, *later = chance.rosters(days)
    clever = _clever(order=order)
    app = _follower(clever, first)

    for number, roster in enumerate(later, start=1):
        clever.publish(roster, at=chance.at(number))
        app.apply(app.news(limit))
        assert app.held == app.everything()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(chance.a_day, min_size=1, max_size=2),
    st.sampled_from(("v3.0", "v3.1")),
    st.sampled_from(LIMITED),
)
def test_so_it_does_for_an_app_that_sees_less(
    days: list[list[Incident]], version: str, scopes: tuple[str, ...]
) -> None:
    first, *later = chance.rosters(days)
    clever = _clever(scopes=scopes, order=EventOrder.DOCUMENTED)
    app = _follower(clever, first, version)

    for number, roster in enumerate(later, start=1):
        clever.publish(roster, at=chance.at(number))
        news = app.news()
        assert list(_untrue(app.held, news)) == []
        app.apply(news)
        assert timeless(app.held) == timeless(app.everything())


def _untrue(held: Held, news: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The events that say what was not: of a known record made, of an update an empty past."""
    for event in news:
        kind, _, action = event["type"].partition(".")
        now, known = event["data"]["object"], held[kind].get(event["data"]["object"]["id"])
        tells_the_past = "previous_attributes" in event["data"]
        if (known is None) != (action == "created") or tells_the_past != (action == "updated"):
            yield event
        elif tells_the_past:
            previous = event["data"]["previous_attributes"]
            assert known is not None
            before = as_read(undone(now, previous))
            if not previous or _differs(before, known):
                yield event


def _differs(before: dict[str, Any], known: dict[str, Any]) -> bool:
    """Whether one is not the other, apart from what was not there yet, which no event tells."""
    return any(
        _differs(before[name], value)
        if isinstance(value, dict) and isinstance(before.get(name), dict)
        else before.get(name) != value
        for name, value in known.items()
        if name != "last_modified"
    )


@settings(max_examples=30, deadline=None)
@given(chance.a_day)
def test_an_update_tells_what_a_record_was_before(incidents: list[Incident]) -> None:
    first, second = chance.rosters([incidents])
    clever = _clever(order=EventOrder.DOCUMENTED)
    app = _follower(clever, first)
    clever.publish(second, at=chance.at(1))

    assert list(_untrue(app.held, app.news())) == []


@settings(max_examples=20, deadline=None)
@given(chance.a_day)
def test_applying_a_day_twice_changes_nothing_more(incidents: list[Incident]) -> None:
    first, second = chance.rosters([incidents])
    clever = _clever(order=EventOrder.RECORDED)
    app = _follower(clever, first)
    clever.publish(second, at=chance.at(1))
    news = app.news()

    app.apply(news)
    once = deepcopy(app.held)
    app.apply(news)

    assert app.held == once == app.everything()


@settings(max_examples=25, deadline=None)
@given(st.lists(chance.a_day, min_size=1, max_size=3), st.integers(1, 700))
def test_every_event_is_on_one_page_whichever_way_one_walks(
    days: list[list[Incident]], limit: int
) -> None:
    clever = _clever(order=EventOrder.DOCUMENTED)
    for number, roster in enumerate(chance.rosters(days)):
        clever.publish(roster, at=chance.at(number))
    app = Caller(clever, clever.token(roster.district["id"]))

    forward = _walked(app, f"/v3.0/events?limit={limit}", "next")
    backward = _walked(app, f"/v3.0/events?ending_before=last&limit={limit}", "prev")

    ids = [event["data"]["id"] for page in forward for event in page]
    assert ids == sorted(set(ids))
    assert ids == [event["data"]["id"] for page in reversed(backward) for event in page]


def _walked(app: Caller, target: str, rel: str) -> list[list[dict[str, Any]]]:
    pages = []
    for _ in range(5000):
        app.simulator.reset_rate_limits()
        page = json.loads(app.get(target).body)
        pages.append(page["data"])
        links = {link["rel"]: link["uri"] for link in page["links"]}
        if rel not in links:
            return pages
        target = links[rel]
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize("order", list(EventOrder))
def test_the_order_of_a_batch_does_not_change_what_it_says(order: EventOrder) -> None:
    first, second = chance.rosters([[("leave", 3), ("rename", 8), ("roll over", 0)]])
    clever = _clever(order=order)
    app = _follower(clever, first)
    clever.publish(second, at=chance.at(1))

    app.apply(app.news(limit=10_000))

    assert app.held == app.everything()
