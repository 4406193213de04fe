"""How the demo vendor asks Clever, and what it does when Clever answers with faults."""

from __future__ import annotations

import json
import time

import httpx
import pytest
from demo.pretend_clever import PretendClever, Rehearsal, Shared

from harness.contract.snapshot import Status
from harness.contract.sync import SyncState


def test_every_page_is_read_by_following_the_links(
    rehearsal: Rehearsal, clever: PretendClever, lakeside: Shared
) -> None:
    assert rehearsal.sync().state is SyncState.COMPLETED

    held = {user.clever_id for user in rehearsal.holds().users}
    assert held == set(lakeside.records["users"])
    assert len(held) > clever.page_size


def test_the_district_token_is_read_anew_by_every_sync(
    rehearsal: Rehearsal, clever: PretendClever
) -> None:
    rehearsal.sync()
    rehearsal.sync()

    assert sum("/oauth/tokens?owner_type=district" in url for url in clever.asked) == 2


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_is_retried_with_growing_pauses(
    rehearsal: Rehearsal, clever: PretendClever, status: int
) -> None:
    clever.trouble = [("/users", lambda: httpx.Response(status))] * 3

    assert rehearsal.sync().state is SyncState.COMPLETED
    assert rehearsal.waited == pytest.approx([0.02, 0.04, 0.08])


def test_after_five_failed_retries_the_sync_stops_and_says_so(
    rehearsal: Rehearsal, clever: PretendClever
) -> None:
    clever.trouble = [("/sections", lambda: httpx.Response(503))] * 9

    ended = rehearsal.sync()

    assert ended.state is SyncState.REFUSED
    assert "failed 6 times" in ended.reason
    assert len(rehearsal.waited) == 5
    assert len(clever.trouble) == 3


def test_a_rate_limit_is_waited_out(rehearsal: Rehearsal, clever: PretendClever) -> None:
    reset = str(int(time.time()) + 30)
    limited = httpx.Response(429, headers={"X-RateLimit-Reset": reset})
    clever.trouble = [("starting_after", lambda: limited)]

    assert rehearsal.sync().state is SyncState.COMPLETED
    assert 28 < rehearsal.waited[0] <= 30


def test_a_rate_limit_without_a_reset_is_waited_out_like_a_failure(
    rehearsal: Rehearsal, clever: PretendClever
) -> None:
    clever.trouble = [("/terms", lambda: httpx.Response(429))]

    assert rehearsal.sync().state is SyncState.COMPLETED
    assert rehearsal.waited == pytest.approx([0.02])


def test_a_broken_connection_is_retried(rehearsal: Rehearsal, clever: PretendClever) -> None:
    def cut() -> httpx.Response:
        raise httpx.RemoteProtocolError("peer closed connection")

    def slow() -> httpx.Response:
        raise httpx.ReadTimeout("timed out")

    clever.trouble = [("/users", cut), ("/users", slow)]

    assert rehearsal.sync().state is SyncState.COMPLETED


@pytest.mark.parametrize("status", [400, 401, 404, 413])
def test_a_client_error_is_never_retried(
    rehearsal: Rehearsal, clever: PretendClever, status: int
) -> None:
    clever.trouble = [("/users", lambda: httpx.Response(status, json={"message": "no"}))] * 2

    ended = rehearsal.sync()

    assert ended.state is SyncState.REFUSED
    assert f"answered with {status}" in ended.reason
    assert len(clever.trouble) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><title>Error</title>",
        "",
        '{"data": [',
        "{}",
        "[]",
        '{"data": {}}',
        '{"data": [1]}',
        json.dumps({"data": [{"uri": "/v3.1/users/maya"}]}),
    ],
)
def test_a_body_that_is_no_list_of_records_stops_the_sync_and_changes_nothing(
    rehearsal: Rehearsal, clever: PretendClever, body: str
) -> None:
    rehearsal.sync()
    clever.trouble = [("users?limit=100&starting_after", lambda: httpx.Response(200, text=body))]

    ended = rehearsal.sync()

    assert ended.state is SyncState.REFUSED
    assert "/users" in ended.reason
    assert {user.status for user in rehearsal.holds().users} == {Status.ACTIVE}


def test_links_that_run_in_a_circle_stop_the_sync(
    rehearsal: Rehearsal, clever: PretendClever
) -> None:
    page = {"data": [], "links": [{"rel": "next", "uri": "/v3.1/users?limit=100"}]}
    clever.trouble = [("/users", lambda: httpx.Response(200, json=page))]

    ended = rehearsal.sync()

    assert ended.state is SyncState.REFUSED
    assert "already read" in ended.reason


def test_a_district_that_no_longer_shares_is_left_as_it_was(
    rehearsal: Rehearsal, clever: PretendClever
) -> None:
    rehearsal.sync()
    before = rehearsal.holds()
    clever.districts.clear()

    ended = rehearsal.sync()

    assert ended.state is SyncState.REFUSED
    assert "no token for district lakeside" in ended.reason
    assert rehearsal.holds() == before
