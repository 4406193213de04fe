"""Whether a sync completed is judged by what it did, and not by the word it ends with."""

from __future__ import annotations

import pytest
from simulator import town
from suite.year_of_trouble import all_of, archived, day, index, request

from harness.contract.snapshot import Snapshot
from harness.contract.sync import SyncState
from harness.plan.plan import COMMON
from harness.suite.checks.syncs import completed

WHOLE = all_of(town.roster())


def sentences(
    state: SyncState, *, status: int = 200, held: Snapshot = WHOLE, asked: bool = True
) -> list[str]:
    """What is found on a day without faults that ends like this."""
    requests = [request(status=status)] if asked else []
    entries = day("midyear", held=held, requests=requests, state=state)
    return [one.sentence for one in completed(index(*entries), COMMON, ("midyear",)).findings]


@pytest.mark.parametrize(
    "state", [SyncState.FAILED, SyncState.REFUSED, SyncState.HELD, SyncState.COMPLETED]
)
def test_a_sync_that_was_answered_and_holds_all_that_is_shared_has_completed(
    state: SyncState,
) -> None:
    assert sentences(state) == []


def test_a_sync_that_says_it_failed_and_lacks_somebody_has_failed() -> None:
    assert sentences(SyncState.FAILED, held=archived(WHOLE, town.LEO)) == [
        "The sync on the day `midyear` failed: so"
    ]


def test_a_sync_that_says_it_failed_and_asked_for_nothing_has_failed() -> None:
    assert sentences(SyncState.FAILED, asked=False) == ["The sync on the day `midyear` failed: so"]


def test_a_sync_that_does_not_end_has_not_completed_whatever_it_did() -> None:
    assert sentences(SyncState.TIMED_OUT) == [
        "The sync on the day `midyear` did not end in time: so"
    ]


@pytest.mark.parametrize("state", [SyncState.COMPLETED, SyncState.FAILED])
def test_a_sync_that_was_refused_everything_has_read_nothing_whatever_it_says(
    state: SyncState,
) -> None:
    [found] = sentences(state, status=401)

    assert found.startswith(
        "The sync on the day `midyear` read nothing: Clever refused its token with 401"
    )
    assert ("says completed" in found) == (state is SyncState.COMPLETED)
