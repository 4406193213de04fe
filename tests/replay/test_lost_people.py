"""Many ordinary people who are gone after a sync are a breakdown; one or two are judged as ever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assess.altered import Place, shown
from rehearsing import recorded

from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON, Day
from harness.replay.breakdown import Breakdown, first_breakdown


def without(people: int) -> Breakdown | None:
    """What broke down in the demo's year if it lost so many ordinary people at midyear."""
    index = RecordingIndex(recorded("demo"))
    published = index.published(COMMON, Day.MIDYEAR)
    cast = {clever_id for each in published.cast.values() for clever_id in each.values()}
    before = index.roster(COMMON, Day.FIRST_SHARE).users
    ordinary = [i for i, user in published.roster.users.items() if before.get(i) is user]
    lost = [clever_id for clever_id in ordinary if clever_id not in cast][:people]

    def look(place: Place, snapshot: Snapshot) -> Snapshot:
        if place != (COMMON, Day.MIDYEAR):
            return snapshot
        left = tuple(user for user in snapshot.users if user.clever_id not in lost)
        return replace(snapshot, users=left)

    recording = shown(index, look).recording
    return first_breakdown(recording.entries, recording.header.plan)


@pytest.mark.parametrize("people", [0, 1, 2])
def test_one_or_two_people_who_are_gone_are_no_breakdown(people: int) -> None:
    assert without(people) is None


def test_many_people_who_are_gone_are_a_breakdown() -> None:
    breakdown = without(3)

    assert breakdown is not None
    assert breakdown.what == "3 people whom nothing happened to are gone"
    assert len(breakdown.missing) == 3
