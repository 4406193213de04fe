"""Whoever comes back is in the groups that were made in the app, as far as it shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rehearsing import recorded

from harness.assess.causes.vendor import members_gone, own_lost
from harness.assess.edit_persistence import persistence_of
from harness.assess.recording_index import RecordingIndex
from harness.contract.edit import EditKind, EditPersistence
from harness.contract.snapshot import LocalRecord
from harness.recording.recording import Entry, SnapshotTaken
from harness.suite.checks.group_members import MEMBER, NOT_SHOWN, back_in_groups
from harness.suite.checks.local_records import left_alone
from harness.suite.checks.observation import Observation

EARLY = ("before", "first-share", "midyear")
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
    def without_halla(entry: SnapshotTaken, row: LocalRecord) -> LocalRecord:
        return replace(row, members=row.members[1:]) if entry.day == "returns" else row

    index = with_groups(without_halla)
    findings = halla_in(index).findings

    assert [finding.field for finding in findings] == ["create-group", "split-section"]
    assert "is back on the day `returns`, and not in your app's group" in findings[0].sentence
    assert [cause.id for cause in members_gone(index, findings)] == ["forgets-group-members"]


def test_an_app_that_shows_no_members_is_not_asked() -> None:
    observation = halla_in(with_groups(lambda entry, row: replace(row, members=())))

    assert (observation.examined, observation.not_applicable) == (0, NOT_SHOWN)


def test_whom_a_sync_takes_out_of_a_group_is_missed_and_makes_its_edit_undone() -> None:
    index = with_groups(lambda entry, row: row if entry.day in EARLY else replace(row, members=()))
    findings = left_alone(index).findings
    behind = {finding.field for cause in own_lost(index, findings) for finding in cause.behind}

    assert behind == {MEMBER}
    assert {finding.name for finding in findings} >= {"Ines", "Tom", "Jorun"}
    assert halla_in(index).not_applicable == NOT_SHOWN
    became = {act.kind: persistence_of(index, act) for act in index.edits if act.day == "midyear"}
    assert became[EditKind.CREATE_GROUP] is EditPersistence.OVERWRITTEN


def test_whoever_is_archived_or_leaves_the_class_may_leave_the_group() -> None:
    assert left_alone(with_groups(lambda entry, row: row)).findings == []
