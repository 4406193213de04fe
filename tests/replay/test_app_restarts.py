"""An app that dies is started again, once a day and not for ever, and is accused all the same."""

from __future__ import annotations

import pytest
from replay.test_replay import PLAN, Stage, brief
from replay.test_replay import stage as stage

from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.contract.sync import SyncState
from harness.plan.plan import COMMON
from harness.recording.reader import read
from harness.recording.recording import BisectResult, Recording, Restarted, RunInterrupted, Synced
from harness.replay.app_restarts import MOST_RESTARTS
from harness.replay.breakdown import first_breakdown
from harness.suite.checks.syncs import completed


def restarts(recording: Recording) -> list[Restarted]:
    return [entry for entry in recording.entries if isinstance(entry, Restarted)]


def accused(recording: Recording, day: str = "midyear") -> Finding:
    [finding] = completed(RecordingIndex(recording), COMMON, (day,)).findings
    return finding


def test_an_app_that_dies_is_started_again_and_the_year_goes_on(stage: Stage) -> None:
    recording = stage.play("Mortal")

    lines = [brief(entry) for entry in recording.entries]
    died = lines.index("common midyear: synced")
    assert lines[died : died + 3] == [
        "common midyear: synced",
        "common midyear: started again",
        "common midyear: look after sync",
    ]
    assert lines[-1] == "common departures: look after acts"
    assert recording.ended == "completed"
    assert restarts(recording)[0].message == (
        "snapshot raised ConnectionRefusedError: nothing listens"
    )
    assert "midyear common: restart" in stage.progress.said
    assert read(stage.path) == recording


def test_an_app_that_died_is_accused_with_its_last_words(stage: Stage) -> None:
    finding = accused(stage.play("Mortal"))

    assert finding.sentence == (
        "The app's process died during the sync on the day `midyear` and was started again: "
        "raised SystemExit: killed"
    )


def test_a_sync_that_says_it_completed_and_leaves_the_app_dead_has_failed(stage: Stage) -> None:
    recording = stage.play("Crumbling")

    [told] = (
        e for e in recording.entries if isinstance(e, Synced) and (e.district, e.day) == PLACE
    )
    assert told.final.state is SyncState.COMPLETED
    assert RecordingIndex(recording).synced(*PLACE).final.state is SyncState.FAILED
    assert accused(recording).sentence.startswith(
        "The app's process died after the sync on the day `midyear` and was started again: "
        "snapshot raised"
    )


def test_an_app_that_cannot_be_reached_for_a_sync_is_started_again_too(stage: Stage) -> None:
    recording = stage.play("Vanished")

    assert RecordingIndex(recording).synced(*PLACE).final.reason == (
        "nothing answers at http://127.0.0.1:9/sync"
    )
    assert [one.during for one in restarts(recording)] == ["sync"]
    assert recording.ended == "completed"


def test_a_death_is_where_a_search_for_the_culprit_begins(stage: Stage) -> None:
    breakdown = first_breakdown(stage.play("Mortal").entries, PLAN)

    assert breakdown is not None
    assert (breakdown.district, breakdown.day, breakdown.died, breakdown.unanswered) == (
        *PLACE,
        True,
        False,
    )
    assert breakdown.what == (
        "the app's process died and was started again: raised SystemExit: killed"
    )


def test_an_app_that_dies_again_and_again_is_given_up(stage: Stage) -> None:
    recording = stage.play("Frail")

    assert len(restarts(recording)) == MOST_RESTARTS
    assert "after it was started again 3 times" in recording.ended
    assert recording.ended.startswith("stopped on the day `midyear` in the neighbour district")
    assert isinstance(recording.entries[-1], RunInterrupted)


@pytest.mark.parametrize(
    ("app", "failed", "ended"),
    [
        ("Unstartable", "restart raised OSError: the disk is full", "could not be started again"),
        ("Stillborn", "", "nothing listens"),
    ],
)
def test_an_app_that_is_no_better_for_it_stops_the_year(
    stage: Stage, app: str, failed: str, ended: str
) -> None:
    recording = stage.play(app)

    assert [one.failed for one in restarts(recording)] == [failed]
    assert recording.ended.startswith("stopped on the day `midyear` in the common district")
    assert ended in recording.ended
    assert not [entry for entry in recording.entries if isinstance(entry, BisectResult)]


PLACE = (COMMON, "midyear")
