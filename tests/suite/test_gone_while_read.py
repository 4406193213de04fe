"""Who was shared on a day that is not compared, such as while the app read, was shared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulator import town
from suite.year_of_trouble import HEADER, all_of, archived, day, request

from harness.assess.recording_index import RecordingIndex
from harness.contract.archiving import Archiving
from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON, Day, Incident, PlacedIncident
from harness.recording.recording import Recording
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.watch import watched

WHOLE = town.roster()
FEWER = replace(WHOLE, users={i: user for i, user in WHOLE.users.items() if i != town.LEO})
HELD = all_of(WHOLE)


def after(held: Snapshot, archiving: Archiving | None = None) -> RecordingIndex:
    """A year in which a student left while the app first read; this is what it held later."""
    left = PlacedIncident(district=COMMON, day=Day.FIRST_SHARE, what=Incident.WHILE_READ)
    plan = replace(HEADER.plan, incidents=(left,), archiving=archiving)
    profile = replace(HEADER.profile, archiving=archiving)
    entries = (
        *day(Day.FIRST_SHARE, shared=WHOLE, requests=[request()]),
        *day(Day.MIDYEAR, shared=FEWER, held=held, requests=[request()]),
    )
    header = replace(HEADER, plan=plan, profile=profile)
    recording = Recording(header=header, entries=tuple(entries), ended="completed", seconds=1.0)
    return RecordingIndex(recording)


@pytest.mark.parametrize("topic", [Topic.STRANGERS, Topic.LEFT_OVER])
def test_who_left_while_the_app_read_may_stay_as_long_as_declared(topic: Topic) -> None:
    waits = after(HELD, Archiving(after_days=7))

    assert watched(waits, topic).findings == []
    assert watched(waits, topic).examined


def test_without_a_declared_wait_they_are_left_over_and_no_strangers() -> None:
    index = after(HELD)

    assert [f.clever_id for f in watched(index, Topic.LEFT_OVER).findings] == [town.LEO]
    assert watched(index, Topic.STRANGERS).findings == []
    assert watched(after(archived(HELD, town.LEO)), Topic.LEFT_OVER).findings == []


def test_whom_clever_never_shared_is_a_stranger_all_the_same() -> None:
    stranger = replace(HELD.users[0], clever_id=town.number("a0", 99), app_id="another")

    index = after(replace(HELD, users=(*HELD.users, stranger)))

    assert [f.clever_id for f in watched(index, Topic.STRANGERS).findings] == [stranger.clever_id]
