"""1,200 requests a minute per token."""

from __future__ import annotations

from simulator import town
from simulator.conftest import Clock
from simulator.town import Caller

from harness.simulator.access.rate_limit import RateLimit
from harness.simulator.simulator import Simulator


def _spend(app: Caller, requests: int) -> None:
    for _ in range(requests):
        app.get("/v3.0/terms")


def test_the_headers_count_down_to_a_reset_that_stays(app: Caller, clock: Clock) -> None:
    first = app.get("/v3.0/terms")
    clock.seconds += 30
    later = app.get("/v3.0/nowhere")

    assert first.header("x-ratelimit-remaining") == "1199"
    assert later.header("x-ratelimit-remaining") == "1198"
    assert first.header("x-ratelimit-reset") == later.header("x-ratelimit-reset")
    assert int(first.header("x-ratelimit-reset")) - clock.seconds + 30 <= 60


def test_the_request_after_the_last_is_refused_without_a_body(app: Caller) -> None:
    _spend(app, 1199)

    last, over = app.get("/v3.0/terms"), app.get("/v3.0/terms")

    assert (last.status, last.header("x-ratelimit-remaining")) == (200, "0")
    assert (over.status, over.body) == (429, b"")
    assert over.header("x-ratelimit-bucket") == "bearer"
    assert over.header("x-ratelimit-limit") == "1200"
    assert over.header("x-ratelimit-remaining") == "0"
    assert over.header("content-type") == ""


def test_a_minute_later_the_budget_is_whole_again(app: Caller, clock: Clock) -> None:
    _spend(app, 1201)
    clock.seconds += 60

    assert app.get("/v3.0/terms").header("x-ratelimit-remaining") == "1199"


def test_a_new_school_day_starts_with_a_whole_budget(clever: Simulator, app: Caller) -> None:
    _spend(app, 1201)

    clever.reset_rate_limits()

    assert app.get("/v3.0/terms").status == 200


def test_each_token_has_its_own_budget_even_one_that_is_not_valid(
    clever: Simulator, app: Caller
) -> None:
    other = town.number("d", 2)
    clever.publish(town.crowd(1, owner=other), at=town.DAY)
    _spend(app, 1201)

    assert Caller(clever, clever.token(other)).get("/v3.0/terms").status == 200
    stranger = Caller(clever, "unknown").get("/v3.0/terms")
    assert (stranger.status, stranger.header("x-ratelimit-remaining")) == (401, "1199")


def test_invented_tokens_do_not_fill_the_memory() -> None:
    limit = RateLimit()

    for one in range(20_000):
        limit.take(f"token-{one}", 0.0)

    assert len(limit._windows) <= 4096
