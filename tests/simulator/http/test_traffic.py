"""What the log remembers of a request."""

from __future__ import annotations

import json

import httpx
import pytest
from simulator import town
from simulator.town import DISTRICT, Caller

from harness.simulator.faults import effects
from harness.simulator.faults.effects import EFFECTS
from harness.simulator.faults.fault import Fault
from harness.simulator.http.message import Response
from harness.simulator.http.traffic import Traffic
from harness.simulator.routing.call import EndpointCall
from harness.simulator.routing.routes import Route
from harness.simulator.serving.server import Server
from harness.simulator.simulator import ROUTES, Simulator


def test_an_exchange_says_who_asked_what_and_what_came_back(clever: Simulator, app: Caller) -> None:
    answer = app.get("/v3.0/users?limit=3", user_agent="vendor/1.0")

    (exchange,) = clever.traffic.since(0)
    assert (exchange.seq, exchange.district, exchange.method) == (0, DISTRICT, "GET")
    assert (exchange.path, exchange.query) == ("/v3.0/users", "limit=3")
    assert (exchange.status, exchange.records, exchange.fault) == (200, 3, "")
    assert (exchange.size, exchange.agent) == (len(answer.body), "vendor/1.0")
    assert exchange.started >= 0
    assert exchange.seconds >= 0


def test_a_mark_parts_what_was_from_what_comes(clever: Simulator, app: Caller) -> None:
    app.get("/v3.0/users")
    mark = clever.traffic.mark()

    app.get("/v3.0/schools")

    assert [exchange.path for exchange in clever.traffic.since(mark)] == ["/v3.0/schools"]
    assert len(clever.traffic) == 2


def test_a_log_with_a_limit_forgets_the_oldest(clever: Simulator, app: Caller) -> None:
    clever.traffic = Traffic(most=20)
    mark = 0
    for number in range(50):
        mark = clever.traffic.mark() if number == 45 else mark
        app.get(f"/v3.0/users?limit={number + 1}")

    kept = [exchange.seq for exchange in clever.traffic]
    assert kept == list(range(50 - len(kept), 50))
    assert 18 <= len(kept) <= 20
    assert clever.traffic.mark() == 50
    assert [exchange.query for exchange in clever.traffic.since(mark)] == [
        f"limit={number}" for number in range(46, 51)
    ]


def test_a_request_without_a_valid_token_belongs_to_no_district(clever: Simulator) -> None:
    Caller(clever, "nonsense").get("/v3.0/users")

    assert clever.traffic.since(0)[0].district == ""


def test_secrets_in_a_query_are_not_kept(clever: Simulator) -> None:
    Caller(clever).get("/oauth/tokeninfo?access_token=abc&x=1&code=def&client_secret=ghi")

    kept = clever.traffic.since(0)[0].query
    assert kept == "access_token=…&x=1&code=…&client_secret=…"


def test_no_exchange_holds_a_token(clever: Simulator, app: Caller) -> None:
    app.get("/v3.0/users")
    app.get("/oauth/tokeninfo")

    assert app.token not in repr(clever.traffic.since(0))
    assert app.token not in repr(clever.tokens.find(app.token))


def test_a_mistake_of_ours_is_a_500_and_is_kept() -> None:
    def broken(call: EndpointCall) -> Response:
        raise ZeroDivisionError

    routes = (*ROUTES, Route(path="/{version}/broken", endpoint=broken))
    simulator = Simulator(clients=[town.CLIENT], routes=routes)
    simulator.publish(town.roster(), at=town.DAY)

    answer = Caller(simulator, simulator.token(DISTRICT)).get("/v3.0/broken")

    assert (answer.status, answer.body) == (500, b'{"message":"Internal Server Error"}')
    assert [type(crash) for crash in simulator.crashes] == [ZeroDivisionError]


def test_the_log_knows_which_records_a_page_delivered(clever: Simulator, app: Caller) -> None:
    body = json.loads(app.get("/v3.0/users?limit=3").body)
    rest = json.loads(
        app.get("/v3.0/users?limit=3&starting_after=" + body["data"][2]["data"]["id"]).body
    )

    first, second = (exchange.delivery for exchange in clever.traffic)
    assert first is not None
    assert second is not None
    assert list(first.clever_ids) == [row["data"]["id"] for row in body["data"]]
    assert list(second.clever_ids) == [row["data"]["id"] for row in rest["data"]]
    assert (first.start, second.start, second.total) == (0, 3, 7)


def test_a_record_by_itself_is_delivered_without_a_list(clever: Simulator, app: Caller) -> None:
    app.get(f"/v3.0/schools/{town.ELM}")

    delivery = clever.traffic.since(0)[0].delivery
    assert delivery is not None
    assert (delivery.clever_ids, delivery.total) == ((town.ELM,), None)


@pytest.mark.parametrize("kind", ["cut-off", "html", "no-list", "empty-body", "server-errors"])
def test_a_fault_leaves_nothing_delivered(clever: Simulator, app: Caller, kind: str) -> None:
    clever.faults.set(Fault(name=kind, effect=EFFECTS[kind](), after=0))

    app.get("/v3.0/users")

    assert clever.traffic.since(0)[0].delivery is None


def test_an_answer_for_which_nobody_waited_is_lost(clever: Simulator) -> None:
    clever.faults.set(Fault(name="slow", effect=effects.slow(0.4), after=0))
    token = {"Authorization": f"Bearer {clever.token(DISTRICT)}"}

    with Server(clever) as server:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}/v3.0/users", headers=token, timeout=0.1)
        httpx.get(f"{server.url}/v3.0/users", headers=token)  # the server knows by then

    lost, answered = (exchange.delivery for exchange in clever.traffic)
    assert lost is not None
    assert answered is not None
    assert (len(lost.clever_ids), len(answered.clever_ids)) == (0, 7)
