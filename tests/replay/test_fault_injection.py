"""On a fault day the faults hit one district while its app syncs, and end before the snapshot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from simulator import town
from simulator.town import Caller

from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import BROKEN_FEED, CLOSED, FAULT_DAYS, MISSING_RECORD
from harness.plan.plan import COMMON, LISTS_FAIL, NEIGHBOUR, Day
from harness.replay.fault_injection import faults_of, injected_faults, planned
from harness.simulator.faults.effects import EFFECTS
from harness.simulator.faults.fault import Fault
from harness.simulator.simulator import Simulator

NOW = 1_790_000_000.0
CAST = {"student-moves": {"Maya": town.MAYA, "Art": town.ART_1}}


@pytest.fixture
def clever() -> Simulator:
    simulator = Simulator(clients=[town.CLIENT], now=lambda: NOW)
    simulator.publish(town.roster(), at=town.DAY)
    return simulator


@pytest.fixture
def app(clever: Simulator) -> Caller:
    return Caller(clever, clever.token(town.DISTRICT))


def a_day(day: str, district: str = COMMON) -> CalendarDay:
    return CalendarDay(
        district=district, day=day, roster=town.roster(), cast=CAST, at=town.DAY
    )  # fmt: skip


def struck(clever: Simulator) -> list[str]:
    return [exchange.fault for exchange in clever.traffic]


def statuses(app: Caller, *paths: str) -> Sequence[int]:
    return [app.get(path).status for path in paths]


def test_every_day_of_trouble_has_its_faults_in_the_common_district_alone() -> None:
    for day in FAULT_DAYS:
        assert [fault.name for fault in faults_of(a_day(day))] == [
            one.kind for one in FAULT_DAYS[day]
        ]
        assert planned(a_day(day, NEIGHBOUR)) == ()
    assert faults_of(a_day("midyear")) == ()


def test_clever_is_well_again_after_the_sync(clever: Simulator, app: Caller) -> None:
    with injected_faults(clever, a_day("server-errors")):
        assert statuses(app, *["/v3.1/schools"] * 4) == [200, 200, 503, 503]

    assert statuses(app, "/v3.1/schools") == [200]
    assert list(clever.faults) == []


def test_clever_is_well_again_after_a_sync_that_raises(clever: Simulator, app: Caller) -> None:
    with pytest.raises(RuntimeError), injected_faults(clever, a_day("server-errors")):
        raise RuntimeError("the adapter broke")

    assert statuses(app, *["/v3.1/schools"] * 4) == [200] * 4


def test_what_was_in_force_before_stays_in_force(clever: Simulator, app: Caller) -> None:
    before = Fault(name="html", effect=EFFECTS["html"](), after=0, times=None)
    clever.faults.set(before)

    with injected_faults(clever, a_day("server-errors")):
        assert len(list(clever.faults)) == 3

    assert list(clever.faults) == [before]


def test_another_district_is_served_well_meanwhile(clever: Simulator) -> None:
    other = town.number("d", 2)
    clever.publish(town.crowd(1, owner=other), at=town.DAY)
    beside = Caller(clever, clever.token(other))

    with injected_faults(clever, a_day("server-errors")):
        assert statuses(beside, *["/v3.1/users"] * 6) == [200] * 6


def test_the_record_that_is_not_found_is_nobody_of_a_cast(clever: Simulator, app: Caller) -> None:
    """Scenarios speak of those, and would take the trouble for the app's mistake."""
    with injected_faults(clever, a_day("slow")):
        found = statuses(
            app, f"/v3.1/sections/{town.ART_1}", f"/v3.1/users/{town.MAYA}",
            f"/v3.1/sections/{town.MATH_1}", f"/v3.1/sections/{town.MATH_2}",
        )  # fmt: skip

    assert found == [200, 200, 404, 200]
    assert struck(clever)[2] == MISSING_RECORD


def test_it_stays_the_same_record_however_often_it_is_asked_for(
    clever: Simulator, app: Caller
) -> None:
    with injected_faults(clever, a_day("slow")):
        assert statuses(app, *[f"/v3.1/sections/{town.MATH_1}"] * 3) == [404] * 3
        assert statuses(app, f"/v3.1/sections/{town.MATH_2}") == [200]


@pytest.mark.parametrize("day", ["html", "no-list", "too-many-requests"])
def test_trouble_with_users_leaves_other_lists_alone_until_it_strikes(
    clever: Simulator, app: Caller, day: str
) -> None:
    with injected_faults(clever, a_day(day)):
        app.get("/v3.1/sections")
        app.get("/v3.1/users")

    assert struck(clever)[-2:] == ["", day]


def test_tokens_are_given_out_even_when_all_of_clever_fails(clever: Simulator, app: Caller) -> None:
    with injected_faults(clever, a_day("server-errors")):
        statuses(app, *["/v3.1/schools"] * 5)
        clever.token(town.DISTRICT)
        assert app.get("/oauth/tokens?owner_type=district").status != 503


def test_events_break_off_after_their_first_page_whatever_else_is_asked(
    clever: Simulator, app: Caller
) -> None:
    """The newest event alone is not a page of what changed."""
    [first, *_] = json.loads(app.get("/v3.1/events?limit=1").body)["data"]
    since = f"starting_after={first['data']['id']}"
    day = replace(a_day("midyear", "apart"), feed_breaks_off=True)

    with injected_faults(clever, day):
        newest = statuses(app, *["/v3.1/events?ending_before=last&limit=1"] * 3)
        pages = statuses(app, f"/v3.1/events?limit=2&{since}", f"/v3.1/events?{since}&limit=2")

    assert newest == [200] * 3
    assert pages == [200, 503]
    assert struck(clever)[-1] == BROKEN_FEED.kind


def test_all_events_break_off_that_come_in_one_page(clever: Simulator, app: Caller) -> None:
    [first, *_] = json.loads(app.get("/v3.1/events?limit=1").body)["data"]
    day = replace(a_day("midyear", "apart"), feed_breaks_off=True)

    with injected_faults(clever, day):
        assert statuses(app, f"/v3.1/events?starting_after={first['data']['id']}") == [503]


@pytest.mark.parametrize("path", ["/v3.1/schools", "/v3.1/nowhere", "/oauth/tokens", "/v1/users"])
def test_after_so_many_requests_clever_is_closed_whatever_was_asked(
    clever: Simulator, app: Caller, path: str
) -> None:
    """Requests beyond the rate limit, and those for nothing that is there, count as well."""
    with injected_faults(clever, a_day("midyear"), 1_300):
        for _ in range(1_300):
            assert app.get(path).status != 503
        assert statuses(app, path, "/v3.1/users") == [503, 503]

    assert struck(clever)[-2:] == [CLOSED, CLOSED]
    assert CLOSED not in struck(clever)[:-2]
    assert statuses(app, "/oauth/tokens") != [503], "the next sync begins with a full number"


@pytest.mark.parametrize("day", [Day.SCHOOLS_FAIL, Day.STUDENTS_FAIL])
def test_a_list_fails_where_it_is_read_and_not_where_it_is_tried(
    clever: Simulator, app: Caller, day: str
) -> None:
    """Who first asks for one record, to see whether Clever answers, reads the list afterwards."""
    path = "/v3.0/schools" if day == Day.SCHOOLS_FAIL else "/v3.0/users?role=student"
    mark = "&" if "?" in path else "?"
    with injected_faults(clever, a_day(day, LISTS_FAIL)):
        answered = statuses(app, f"{path}{mark}limit=1", f"{path}{mark}limit=1&count=true")
        failed = statuses(app, f"{path}{mark}limit=100", f"{path}{mark}limit=100")

    assert list(answered) == [200, 200]
    assert failed[-1] >= 500
