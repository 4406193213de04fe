"""Trouble: each kind strikes when told to, and the log says so."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from simulator import town
from simulator.conftest import Clock
from simulator.town import Caller

from harness.district.data_model.roster import Roster
from harness.simulator.faults import effects
from harness.simulator.faults.effects import EFFECTS
from harness.simulator.faults.fault import Fault, PageTarget
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator


def _statuses(app: Caller, path: str, times: int) -> list[int]:
    return [app.get(path).status for _ in range(times)]


def _log(clever: Simulator) -> list[str]:
    return [exchange.fault for exchange in clever.traffic]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_error_strikes_as_often_as_told_and_is_logged(
    clever: Simulator, app: Caller, status: int
) -> None:
    clever.faults.set(
        Fault(name="server-errors", effect=effects.server_error(status), after=2, times=2)
    )

    assert _statuses(app, "/v3.0/users", 6) == [200, 200, status, status, 200, 200]
    assert _log(clever) == ["", "", "server-errors", "server-errors", "", ""]


def test_a_fault_means_its_path_and_its_district_only(clever: Simulator, app: Caller) -> None:
    other = town.number("d", 2)
    clever.publish(town.crowd(1, owner=other), at=town.DAY)
    clever.faults.set(
        Fault(
            name="server-errors",
            effect=effects.server_error(),
            path=r"/v3\.0/schools$",
            district=town.DISTRICT,
            after=0,
            times=None,
        )
    )

    assert app.get("/v3.0/schools").status == 503
    assert app.get("/v3.0/users").status == 200
    assert app.get(f"/v3.0/schools/{town.ELM}").status == 200
    assert Caller(clever, clever.token(other)).get("/v3.0/schools").status == 200


def test_once_cleared_clever_is_well(clever: Simulator, app: Caller) -> None:
    clever.faults.set(Fault(name="html", effect=effects.html(), after=0, times=None))
    assert app.get("/v3.0/users").header("content-type").startswith("text/html")

    clever.faults.clear()

    assert json.loads(app.get("/v3.0/users").body)["data"]


def test_too_many_requests_lasts_until_the_reset_it_names(
    clever: Simulator, app: Caller, clock: Clock
) -> None:
    clever.faults.set(
        Fault(name="too-many-requests", effect=effects.too_many_requests(), times=None)
    )
    app.get("/v3.0/users")

    hits = app.get("/v3.0/users")
    impatient = app.get("/v3.0/users")
    clock.seconds = int(hits.header("x-ratelimit-reset"))
    patient = app.get("/v3.0/users")

    assert (hits.status, impatient.status, patient.status) == (429, 429, 200)
    assert hits.body == b""
    assert hits.header("x-ratelimit-remaining") == "0"
    assert hits.header("x-ratelimit-limit") == "1200"
    assert _log(clever) == ["", "too-many-requests", "too-many-requests", ""]


def test_a_stale_page_shows_the_day_before(clever: Simulator, app: Caller) -> None:
    whole = town.roster()
    clever.publish(town.without(whole, town.LEO), at=town.DAY)
    clever.faults.set(Fault(name="stale", effect=effects.stale(), after=0))

    stale, fresh = app.get("/v3.0/users"), app.get("/v3.0/users")

    assert (stale.records, fresh.records) == (7, 6)
    assert _log(clever) == ["stale", ""]


def test_without_a_day_before_nothing_is_stale_and_nothing_is_logged(
    clever: Simulator, app: Caller
) -> None:
    clever.faults.set(Fault(name="stale", effect=effects.stale(), after=0))

    app.get("/v3.0/users")

    assert _log(clever) == [""]


def test_records_can_change_between_two_pages(clever: Simulator, app: Caller) -> None:
    leave: Callable[[Roster], Roster] = lambda whole: town.without(whole, town.IRIS)  # noqa: E731
    clever.faults.set(Fault(name="shifting", effect=effects.changed_before(leave, town.DAY)))

    first = app.get("/v3.0/users?limit=2")
    second = app.get(json.loads(first.body)["links"][-1]["uri"])

    assert town.IRIS.encode() not in second.body
    assert second.fault == "shifting"


def test_a_dying_token_stays_dead(clever: Simulator, app: Caller) -> None:
    clever.faults.set(Fault(name="token-dies", effect=effects.token_revoked()))

    assert _statuses(app, "/v3.0/users", 4) == [200, 401, 401, 401]
    assert _log(clever) == ["", "token-dies", "", ""]


def test_faults_lie_around_each_other(clever: Simulator, app: Caller) -> None:
    clever.faults.set(
        Fault(name="slow", effect=effects.slow(2.5), after=0),
        Fault(name="cut-off", effect=effects.cut_off(0.25), after=0),
    )

    answer = app.get("/v3.0/users")

    assert answer.fault == "slow+cut-off"
    assert (answer.delay, answer.cut) == (2.5, len(answer.body) // 4)
    assert next(iter(clever.traffic)).seconds >= 2.5


def test_a_body_is_cut_on_the_line_and_the_server_lives_on(clever: Simulator) -> None:
    clever.faults.set(Fault(name="cut-off", effect=effects.cut_off(), after=0))
    headers = {"Authorization": f"Bearer {clever.token(town.DISTRICT)}"}
    with Server(clever) as server, httpx.Client(base_url=server.url, headers=headers) as app:
        with pytest.raises(httpx.RemoteProtocolError):
            app.get("/v3.0/users")
        again = app.get("/v3.0/users")

    assert again.status_code == 200


def test_a_slow_answer_is_slow_on_the_line_and_others_are_not_held_up(clever: Simulator) -> None:
    clever.faults.set(Fault(name="slow", effect=effects.slow(0.4), after=0))
    headers = {"Authorization": f"Bearer {clever.token(town.DISTRICT)}"}
    with Server(clever) as server, httpx.Client(base_url=server.url, headers=headers) as app:
        begun = time.perf_counter()
        app.get("/v3.0/users")
        spent = time.perf_counter() - begun

    assert 0.4 <= spent < 2


@pytest.mark.parametrize("kind", EFFECTS)
def test_every_kind_of_trouble_can_be_made(clever: Simulator, app: Caller, kind: str) -> None:
    clever.publish(town.roster(), at=town.DAY)
    clever.faults.set(Fault(name=kind, effect=EFFECTS[kind](), after=0))

    app.get("/v3.0/users")

    assert _log(clever) == [kind]


def test_a_second_page_is_struck_whatever_its_size(clever: Simulator, app: Caller) -> None:
    def hits(*queries: str) -> list[str]:
        before = len(clever.traffic)
        clever.faults.set(
            Fault(name="html", effect=effects.html(), page=PageTarget.LATER, after=0, times=1)
        )
        for query in queries:
            app.get(f"/v3.0/users?{query}")
        return _log(clever)[before:]

    assert hits("limit=3", f"limit=3&starting_after={town.MAYA}") == ["", "html"]
    assert hits("limit=10000", "limit=10000") == ["html", ""]


def test_a_short_page_has_a_link_to_the_rest(clever: Simulator, app: Caller) -> None:
    everyone = json.loads(app.get("/v3.0/users?limit=100").body)["data"]
    clever.faults.set(
        Fault(name="short-page", effect=effects.short_page(), after=0, times=1, query="^limit=100$")
    )

    page = json.loads(app.get("/v3.0/users?limit=100").body)
    [more] = [link["uri"] for link in page["links"] if link["rel"] == "next"]
    rest = json.loads(app.get(more).body)

    assert len(page["data"]) == len(everyone) // 2
    assert [*page["data"], *rest["data"]] == everyone
    assert _log(clever)[1:] == ["short-page", ""]


def test_a_page_of_one_record_cannot_be_shorter(clever: Simulator, app: Caller) -> None:
    clever.faults.set(Fault(name="short-page", effect=effects.short_page(), after=0))

    assert len(json.loads(app.get("/v3.0/users?limit=1").body)["data"]) == 1
    assert _log(clever) == [""]


def test_the_last_page_is_struck_again_when_it_is_asked_again(
    clever: Simulator, app: Caller
) -> None:
    everyone = json.loads(app.get("/v3.0/users?limit=10000").body)["data"]
    before_last = everyone[-2]["data"]["id"]
    clever.faults.set(
        Fault(
            name="empty-body", effect=effects.empty_body(), page=PageTarget.LAST, after=0, times=2
        )
    )
    first, last = "/v3.0/users?limit=1", f"/v3.0/users?limit=1&starting_after={before_last}"

    for path in (first, last, first, last, last):
        app.get(path)

    assert _log(clever)[1:] == ["", "empty-body", "", "empty-body", ""]


def test_trouble_that_spreads_takes_every_path_of_its_district(
    clever: Simulator, app: Caller
) -> None:
    other = town.number("d", 2)
    clever.publish(town.crowd(1, owner=other), at=town.DAY)
    clever.faults.set(
        Fault(
            name="server-errors",
            effect=effects.server_error(),
            district=town.DISTRICT,
            after=0,
            times=None,
            escalates=True,
        )
    )

    assert app.get(f"/v3.0/schools/{town.ELM}").status == 200
    assert app.get("/v3.0/schools").status == 503
    assert app.get(f"/v3.0/schools/{town.ELM}").status == 503
    assert Caller(clever, clever.token(other)).get("/v3.0/schools").status == 200


def test_trouble_that_sticks_means_one_path_and_never_a_spared_one(
    clever: Simulator, app: Caller
) -> None:
    clever.faults.set(
        Fault(
            name="missing-record",
            effect=effects.not_found(),
            path=r"/v3\.0/users/[^/]+/?$",
            after=0,
            times=None,
            same_path_only=True,
            exclude_ids=frozenset({town.MAYA}),
        )
    )
    people = (town.MAYA, town.LEO, town.IRIS, town.LEO)

    assert [app.get(f"/v3.0/users/{one}").status for one in people] == [200, 404, 200, 404]


def test_trouble_is_over_when_one_request_was_struck_too_often(
    clever: Simulator, app: Caller
) -> None:
    clever.faults.set(
        Fault(
            name="html", effect=effects.server_error(), after=0, times=None, max_hits_per_request=3
        )
    )

    assert _statuses(app, "/v3.0/users?limit=1", 2) == [503, 503]
    assert _statuses(app, "/v3.0/users?limit=2", 4) == [503, 503, 503, 200]


def test_trouble_lasts_however_long_an_app_waits(
    clever: Simulator, app: Caller, clock: Clock
) -> None:
    clever.faults.set(
        Fault(
            name="html", effect=effects.server_error(), after=0, times=None, max_hits_per_request=9
        )
    )

    early = app.get("/v3.0/users").status
    clock.seconds += 3600
    late = app.get("/v3.0/users").status

    assert (early, late) == (503, 503)


def test_the_token_listing_can_fail_too(clever: Simulator, app: Caller) -> None:
    clever.faults.set(
        Fault(name="server-errors", effect=effects.server_error(500), path="/oauth/", after=0)
    )

    assert app.get("/oauth/tokeninfo").status == 500


def test_a_roster_is_not_touched_by_the_faults_around_it(clever: Simulator, app: Caller) -> None:
    whole = replace(town.roster())
    clever.faults.set(*(Fault(name=one, effect=EFFECTS[one]()) for one in ("cut-off", "slow")))

    _statuses(app, "/v3.0/users", 3)
    clever.faults.clear()

    assert app.get("/v3.0/users").records == len(whole.users)
