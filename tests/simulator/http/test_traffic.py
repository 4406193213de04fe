"""What the log remembers of a request."""

from __future__ import annotations

from simulator import town
from simulator.town import DISTRICT, Caller

from harness.simulator.http.message import Response
from harness.simulator.routing.call import Call
from harness.simulator.routing.routes import Route
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
    def broken(call: Call) -> Response:
        raise ZeroDivisionError

    routes = (*ROUTES, Route(path="/{version}/broken", endpoint=broken))
    simulator = Simulator(clients=[town.CLIENT], routes=routes)
    simulator.publish(town.roster(), at=town.DAY)

    answer = Caller(simulator, simulator.token(DISTRICT)).get("/v3.0/broken")

    assert (answer.status, answer.body) == (500, b'{"message":"Internal Server Error"}')
    assert [type(crash) for crash in simulator.crashes] == [ZeroDivisionError]
