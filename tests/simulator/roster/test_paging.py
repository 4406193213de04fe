"""Lists are read page by page, either way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator import town
from simulator.town import Caller

from harness.simulator.simulator import Simulator

SIZE = 127
CROWD = town.crowd(SIZE)
EVERYONE = sorted(CROWD.users)
FIRST = town.number("f0", 1)
LAST = town.number("f0", SIZE)


def _crowd() -> Caller:
    simulator = Simulator(clients=[town.CLIENT], now=lambda: 0.0)
    simulator.publish(CROWD, at=town.DAY)
    return Caller(simulator, simulator.token(town.DISTRICT))


@pytest.fixture
def crowd() -> Caller:
    return _crowd()


def _read(app: Caller, target: str) -> tuple[list[str], dict[str, str]]:
    answer = app.get(target)
    assert answer.status == 200, answer.body
    page: dict[str, Any] = json.loads(answer.body)
    assert answer.records == len(page["data"])
    return [one["data"]["id"] for one in page["data"]], {
        link["rel"]: link["uri"] for link in page["links"]
    }


def _walk(app: Caller, target: str, rel: str) -> list[list[str]]:
    pages, here = [], target
    for _ in range(400):
        ids, links = _read(app, here)
        pages.append(ids)
        if rel not in links or not ids:
            return pages
        here = links[rel]
    raise AssertionError("the walk does not end")


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 140), st.sampled_from(["users", "users?role=student"]))
def test_following_next_yields_every_record_once_in_order(limit: int, path: str) -> None:
    app = _crowd()
    join: Callable[[str], str] = lambda rest: f"{path}{'&' if '?' in path else '?'}{rest}"  # noqa: E731

    pages = _walk(app, f"/v3.1/{join(f'limit={limit}')}", "next")

    assert [one for page in pages for one in page] == EVERYONE
    assert all(len(page) == limit for page in pages[:-1])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 140))
def test_following_prev_from_beyond_the_end_yields_every_record_once(limit: int) -> None:
    app = _crowd()

    pages = _walk(app, f"/v3.0/users?limit={limit}&ending_before={'f' * 24}", "prev")

    assert [one for page in reversed(pages) for one in page] == EVERYONE


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 50), st.integers(0, SIZE + 3))
def test_there_and_back_again(limit: int, place: int) -> None:
    app = _crowd()
    here = f"/v3.0/users?limit={limit}&starting_after={town.number('f0', place)}"
    ids, links = _read(app, here)
    if "next" not in links:
        return

    _, beyond = _read(app, links["next"])
    back, _ = _read(app, beyond["prev"])

    assert back == ids


def test_a_page_has_a_hundred_records_unless_told_otherwise(crowd: Caller) -> None:
    ids, links = _read(crowd, "/v3.0/users")

    assert ids == EVERYONE[:100]
    assert links == {
        "self": "/v3.0/users",
        "next": f"/v3.0/users?starting_after={EVERYONE[99]}",
    }


def test_the_last_page_has_no_next(crowd: Caller) -> None:
    ids, links = _read(crowd, f"/v3.0/users?starting_after={EVERYONE[99]}")

    assert ids == EVERYONE[100:]
    assert links["prev"] == f"/v3.0/users?ending_before={EVERYONE[100]}"
    assert "next" not in links


def test_prev_dangles_when_nothing_precedes_and_leads_to_an_empty_page(crowd: Caller) -> None:
    before_all = "e" * 24

    ids, links = _read(crowd, f"/v3.0/users?limit=3&starting_after={before_all}")
    nobody, _ = _read(crowd, links["prev"])

    assert ids == EVERYONE[:3]
    assert links["prev"] == f"/v3.0/users?limit=3&ending_before={FIRST}"
    assert nobody == []


def test_limit_and_filters_stay_and_stand_before_the_cursor(crowd: Caller) -> None:
    cursor = EVERYONE[9]

    _, links = _read(crowd, f"/v3.0/users?starting_after={cursor}&role=student&limit=5")

    assert links["next"] == f"/v3.0/users?role=student&limit=5&starting_after={EVERYONE[14]}"
    assert links["prev"] == f"/v3.0/users?role=student&limit=5&ending_before={EVERYONE[10]}"


def test_a_cursor_that_names_no_record_still_marks_a_place(crowd: Caller) -> None:
    gone = EVERYONE[5]
    crowd.simulator.publish(town.without(CROWD, gone), at=town.DAY)

    ids, _ = _read(crowd, f"/v3.0/users?limit=2&starting_after={gone}")

    assert ids == EVERYONE[6:8]


def test_both_cursors_bound_the_page_on_both_sides(crowd: Caller) -> None:
    ids, _ = _read(
        crowd, f"/v3.0/users?starting_after={EVERYONE[2]}&ending_before={EVERYONE[6]}&limit=50"
    )

    assert ids == EVERYONE[3:6]


def test_the_count_is_given_on_request_only(crowd: Caller) -> None:
    def said(query: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(crowd.get(f"/v3.0/users?{query}").body)
        return found

    assert said("count=true&limit=1")["count"] == SIZE
    for other in ("count=5", "count=", "count=false", "count=undefined"):
        assert "count" not in said(other)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=10000", 200),
        ("limit=10001", 413),
        (f"limit={'9' * 300}", 413),
        ("limit=0", 400),
        ("limit=-1", 400),
        ("limit=ten", 400),
        ("limit=", 400),
        ("limit=1&limit=2", 400),
        ("limit=1.5", 400),
        ("limit=%EF%BC%91", 400),
        ("starting_after=nobody", 200),
        ("ending_before=%00%F0%9F%90%9F", 200),
        ("starting_after=a&starting_after=b", 400),
        ("starting_after=", 200),
        ("role=principal", 400),
        ("role=", 400),
        ("role=student", 200),
        ("surprise=1&&=&x", 200),
    ],
)
def test_parameters_are_checked(crowd: Caller, query: str, status: int) -> None:
    answer = crowd.get(f"/v3.1/users?{query}")

    assert answer.status == status
    if status != 200:
        assert json.loads(answer.body)["message"]
