"""How an app asks when Clever fails is judged by its requests alone, at exact bounds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from suite.year_of_trouble import day, failed, index, request

from harness.contract.sync import SyncState
from harness.plan.faults import CLOSED, MAX_FAILURES, MAX_REQUESTS
from harness.plan.plan import COMMON
from harness.recording.recording import LoggedRequest, Restarted
from harness.suite.checks import reported_states, retry_policy
from harness.suite.checks.observation import Observation
from harness.suite.checks.retry_policy import Check

UNWELL = "server-errors"


def observed(
    check: Check,
    requests: Sequence[LoggedRequest],
    *,
    on: str = UNWELL,
    state: SyncState = SyncState.REFUSED,
) -> Observation:
    return check(index(*day(on, requests=requests, state=state)), COMMON, (on,))


def sentences(observation: Observation) -> list[str]:
    return [finding.sentence for finding in observation.findings]


def test_what_failed_must_be_asked_for_again() -> None:
    given_up = observed(retry_policy.asked_again, failed(1))
    retried = observed(retry_policy.asked_again, failed(2))

    assert sentences(given_up) == [
        "On the day `server-errors` Clever failed to answer /v3.1/users, and your app did "
        "not ask again."
    ]
    assert (retried.findings, retried.examined) == ([], 1)


def test_a_sync_begun_anew_asks_again_too() -> None:
    again = [request("/v3.1/schools"), *failed(1), request("/v3.1/schools", fault=UNWELL)]

    assert observed(retry_policy.asked_again, again).findings == []


def test_nobody_has_to_ask_again_for_what_did_not_fail() -> None:
    assert observed(retry_policy.asked_again, [request()]).examined == 0


@pytest.mark.parametrize(("pause", "breaches"), [(0.0, 1), (0.01, 1), (0.05, 0), (1.0, 0)])
def test_between_attempts_lies_a_pause_even_if_a_short_one(pause: float, breaches: int) -> None:
    found = observed(retry_policy.pauses, failed(4, pause=pause))

    assert len(found.findings) == breaches
    assert found.examined == 1


def test_one_quick_retry_among_slow_ones_is_no_breach() -> None:
    first, *others = failed(5, pause=1.0)

    assert (
        observed(retry_policy.pauses, [request(status=503, fault=UNWELL), first, *others]).findings
        == []
    )


def test_without_a_retry_there_is_no_pause_to_judge() -> None:
    alone = observed(retry_policy.pauses, failed(1))

    assert (alone.examined, alone.findings) == (0, [])
    assert alone.not_applicable


@pytest.mark.parametrize(("times", "breaches"), [(6, 0), (7, 1)])
def test_five_retries_are_right_and_six_are_not(times: int, breaches: int) -> None:
    found = observed(retry_policy.five_at_most, failed(times))

    assert len(found.findings) == breaches
    if breaches:
        assert found.findings[0].sentence == (
            "On the day `server-errors` your app repeated /v3.1/users?limit=100 6 times "
            "that failed."
        )


@pytest.mark.parametrize(("times", "breaches"), [(3, 0), (4, 1)])
def test_two_early_retries_are_bad_luck_and_three_are_not(times: int, breaches: int) -> None:
    asked = failed(times, fault="too-many-requests")

    assert (
        len(observed(retry_policy.after_reset, asked, on="too-many-requests").findings) == breaches
    )


@pytest.mark.parametrize(("times", "breaches"), [(1, 0), (2, 0), (3, 1)])
def test_what_was_refused_may_be_sent_once_more_with_a_new_token(times: int, breaches: int) -> None:
    refused = [request(status=401)] * times

    found = observed(retry_policy.nothing_refused, refused, on="midyear")

    assert len(found.findings) == breaches
    assert found.examined == 1


def test_a_rate_limit_is_no_refusal() -> None:
    limited = observed(retry_policy.nothing_refused, [request(status=429)] * 9, on="midyear")

    assert (limited.examined, limited.findings) == (0, [])


def test_a_sync_that_clever_had_to_close_is_named_with_the_number() -> None:
    [said] = sentences(
        observed(retry_policy.ended, [request(status=503, fault=CLOSED)], on="midyear")
    )  # fmt: skip

    assert MAX_REQUESTS == 5000
    assert said == "The sync on the day `midyear` made 5000 requests, then Clever was closed to it."


@pytest.mark.parametrize(("times", "breaches"), [(MAX_FAILURES - 1, 0), (MAX_FAILURES, 1)])
def test_a_request_that_fails_twenty_times_has_no_end_in_sight(times: int, breaches: int) -> None:
    assert len(observed(retry_policy.ended, failed(times, pause=0.0)).findings) == breaches


@pytest.mark.parametrize("on", [UNWELL, "midyear"])
def test_a_sync_that_hangs_is_accused_on_every_day(on: str) -> None:
    found = observed(retry_policy.ended, [request()], on=on, state=SyncState.TIMED_OUT)

    assert len(found.findings) == 1
    assert found.examined == 1


def test_many_requests_that_fail_once_each_are_no_endless_sync() -> None:
    """Breadth is not endlessness: the sync goes on, and ends."""
    wide = [request(f"/v3.1/users/{number}/sections", status=503, fault=UNWELL)
            for number in range(3 * MAX_FAILURES)]  # fmt: skip

    assert observed(retry_policy.ended, wide).findings == []


@pytest.mark.parametrize(("times", "breaches"), [(MAX_FAILURES - 1, 0), (MAX_FAILURES, 1)])
def test_a_refusal_that_is_repeated_for_ever_is_accused_on_a_day_without_faults(
    times: int, breaches: int
) -> None:
    """Asking for a token anew in between is no progress."""
    again = [request(status=401), request("/oauth/tokens")] * times

    found = observed(retry_policy.ended, again, on="midyear", state=SyncState.TIMED_OUT)
    ended = observed(retry_policy.ended, again, on="midyear", state=SyncState.COMPLETED)

    assert len(ended.findings) == breaches
    assert sentences(found)[0].startswith("The sync on" if not breaches else "On the day `midyear`")


def test_refusals_of_many_things_are_no_endless_sync() -> None:
    wide = [request(f"/v3.1/users/{number}", status=404) for number in range(3 * MAX_FAILURES)]

    assert observed(retry_policy.ended, wide, on="midyear").findings == []


@pytest.mark.parametrize(("on", "breaches"), [(UNWELL, 1), ("midyear", 0)])
def test_an_app_that_dies_when_clever_is_unwell_has_not_ended_its_sync(
    on: str, breaches: int
) -> None:
    """On other days completion accuses it."""
    entries = day(on, requests=[request()], state=SyncState.FAILED)
    died = Restarted(district=COMMON, day=on, during="snapshot", message="gone")

    found = retry_policy.ended(index(*entries[:-1], died, entries[-1]), COMMON, (on,))

    assert len(found.findings) == breaches
    assert all("process died" in said for said in sentences(found))


@pytest.mark.parametrize(
    ("state", "breaches"),
    [
        (SyncState.COMPLETED, 1),
        (SyncState.PARTIAL, 0),
        (SyncState.REFUSED, 0),
        (SyncState.FAILED, 0),
    ],
)
def test_who_could_not_read_everything_does_not_say_completed(
    state: SyncState, breaches: int
) -> None:
    found = observed(reported_states.says_so, failed(6), state=state)

    assert len(found.findings) == breaches
    assert found.examined == 1


def test_what_was_answered_after_all_was_read() -> None:
    read = observed(
        reported_states.says_so, [*failed(2), request(started=9.0)], state=SyncState.COMPLETED
    )

    assert (read.examined, read.findings) == (0, [])


@pytest.mark.parametrize(
    "check",
    [
        retry_policy.asked_again,
        retry_policy.pauses,
        retry_policy.five_at_most,
        retry_policy.after_reset,
        retry_policy.nothing_refused,
        retry_policy.ended,
        reported_states.says_so,
    ],
)
def test_without_any_request_there_is_no_finding(check: Check) -> None:
    assert observed(check, []).findings == []
