"""What broke is listed with what the app said, once for each attempt that could not explain it."""

from __future__ import annotations

from suite.year_of_trouble import HEADER

from harness.assess.breakdown_results import breakdown_results
from harness.assess.results import BreakdownResult
from harness.contract.sync import Sync, SyncState
from harness.recording.recording import (
    BisectOutcome,
    BisectResult,
    Entry,
    Recording,
    Restarted,
    RunInterrupted,
    Synced,
)


def _of(*entries: Entry) -> tuple[BreakdownResult, ...]:
    return breakdown_results(
        Recording(header=HEADER, entries=entries, ended="completed", seconds=1.0)
    )


def _synced(day: str, state: SyncState = SyncState.COMPLETED, log: str = "") -> Synced:
    sync = Sync(state=state, reason="it broke", log=log)
    return Synced(district="common", day=day, sync=sync, seconds=1.0)


BISECTED = BisectResult(
    district="common",
    day="midyear",
    what="it broke",
    result=BisectOutcome.CULPRIT,
    edge_cases=("term-over",),
    syncs=12,
    again=True,
)
DIED = Restarted(district="common", day="midyear", during="snapshot", message="nobody listens")


def test_a_breakdown_names_its_culprit_and_has_what_the_app_said() -> None:
    [row] = _of(_synced("midyear", SyncState.FAILED, "Traceback\nKeyError: term"), BISECTED)

    assert row == BreakdownResult(
        attempt=1,
        district="common",
        day="midyear",
        what="it broke",
        behind="culprit",
        culprits=("term-over",),
        said="Traceback\nKeyError: term",
        syncs=12,
        again=True,
    )


def test_a_search_takes_the_place_of_the_death_it_explains() -> None:
    [row] = _of(_synced("midyear", SyncState.FAILED, "out of memory"), DIED, BISECTED)

    assert row.behind == "culprit"
    assert row.said == "out of memory\nnobody listens"


def test_what_no_search_explains_is_shown_of_the_last_attempt_only() -> None:
    rows = _of(DIED, _synced("returns"), DIED, BISECTED, _synced("midyear"), DIED)

    assert [(row.attempt, row.behind) for row in rows] == [(1, "culprit"), (2, "restarted")]


def test_an_app_that_cannot_be_read_any_more_stops_the_year() -> None:
    stop = RunInterrupted(
        district="common", day="returns", during="snapshot", fault="adapter",
        message="common: KeyError", problem="snapshot raised KeyError",
    )  # fmt: skip

    [row] = _of(_synced("midyear"), stop)

    assert (row.behind, row.what) == ("stopped", "snapshot raised KeyError")


def test_a_year_in_which_nothing_broke_lists_nothing() -> None:
    assert _of(_synced("midyear"), _synced("returns", SyncState.REFUSED)) == ()
