"""Events passed over: those that no sync reads, since one failed before them."""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.lists_read import delivers
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.contract.sync import SyncState
from harness.recording.recording import LoggedRequest

_CURSOR = "starting_after="


def events_passed_over(index: RecordingIndex) -> frozenset[str]:
    """The districts in which the app went on behind events that a failed sync had left unread."""
    return frozenset(district for district in index.districts if _passed_over(index, district))


def _passed_over(index: RecordingIndex, district: str) -> bool:
    reached: int | None = None
    """How many events of the list lie before the first that a failed sync did not read.

    Clever drops old events at its beginning, so that later the same event has fewer before it.
    """
    for day in index.days_of(district):
        asked = index.traffic.asked(district, day)
        pages = _pages(asked)
        if any(r.path.endswith(f"/{kind}") for r in asked for kind in KINDS):
            reached = None  # lists say what events do not
        elif reached is not None and pages and pages[0].first > reached:
            return True
        elif pages:
            last = pages[-1]
            reached = last.first + last.records if _failed(index, district, day) else None
    return False


def _pages(asked: Sequence[LoggedRequest]) -> list[LoggedRequest]:
    """The pages of events that the app read from a cursor on."""
    return [
        request
        for request in asked
        if request.path.endswith("/events") and _CURSOR in request.query and delivers(request)
    ]


def _failed(index: RecordingIndex, district: str, day: str) -> bool:
    synced = index.has_synced(district, day)
    return synced and index.synced(district, day).final.state is not SyncState.COMPLETED
