"""Whoever comes back is in the groups that were made in the app, as far as it shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rehearsing import recorded

from harness.assess.causes.vendor import members_gone
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import LocalRecord
from harness.recording.recording import Entry, SnapshotTaken
from harness.suite.checks.group_members import NOT_SHOWN, back_in_groups
from harness.suite.checks.observation import Observation

CASE, DISTRICT = "group-member-returns", "comings-and-goings"


def with_groups(change: Callable[[SnapshotTaken, LocalRecord], LocalRecord]) -> RecordingIndex:
    """The demo's year, in which groups are shown otherwise."""

    def changed(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken):
            return entry
        groups = tuple(change(entry, row) for row in entry.snapshot.local_groups)
        return replace(entry, snapshot=replace(entry.snapshot, local_groups=groups))

    recording = recorded("demo")
    return RecordingIndex(replace(recording, entries=tuple(map(changed, recording.entries))))


def halla_in(index: RecordingIndex) -> Observation:
    halla = index.cast(DISTRICT, "returns", CASE, "Halla")
    return back_in_groups(index, CASE, "first-share", "returns", [halla])


def test_a_member_who_is_in_both_groups_again_is_examined_twice() -> None:
    observation = halla_in(with_groups(lambda entry, row: row))

    assert (observation.examined, observation.findings) == (2, [])


def test_a_member_who_is_in_no_group_again_is_missed_in_each() -> None:
    index = with_groups(
        lambda entry, row: replace(row, members=()) if entry.day == "returns" else row
    )
    findings = halla_in(index).findings

    assert [finding.field for finding in findings] == ["create-group", "split-section"]
    assert "is back on returns, and not in your app's group" in findings[0].sentence
    assert [cause.id for cause in members_gone(index, findings)] == ["forgets-group-members"]


def test_an_app_that_shows_no_members_is_not_asked() -> None:
    observation = halla_in(with_groups(lambda entry, row: replace(row, members=())))

    assert (observation.examined, observation.not_applicable) == (0, NOT_SHOWN)
