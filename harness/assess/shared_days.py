"""Shared days: what a district shared day by day, and what the app held where that says anything.

That is after a sync that does not say it was stopped, on a day on which nothing happens to the
district as a whole and no request fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.assess.holdings import Holdings
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.sync import APPLIED
from harness.district.data_model.roster import Roster
from harness.plan.faults import faults_of_day


@dataclass(frozen=True, slots=True)
class SharedDay:
    """What a district shared on a day and the day before, and what the app held after its sync."""

    district: str
    day: str
    roster: Roster
    former: Roster | None
    held: Holdings | None
    """None if the day or its sync says nothing of what the app makes of it."""


def shared_days(index: RecordingIndex, district: str) -> Iterator[SharedDay]:
    """The days of a district in the order of the year."""
    former = None
    for day in index.days_of(district):
        roster = index.roster(district, day)
        trouble = faults_of_day(district, day) or index.incident(district, day)
        held = None if trouble else _held(index, district, day)
        yield SharedDay(district, day, roster, former, held)
        former = roster


def _held(index: RecordingIndex, district: str, day: str) -> Holdings | None:
    try:
        ended = index.synced(district, day).final.state
        return index.holdings(district, day, "sync") if ended in APPLIED else None
    except NotReachedError:
        return None
