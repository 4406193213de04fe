"""Ids that are declared to change count for nothing; everything else of a snapshot stays."""

from __future__ import annotations

from harness.assess.passing_ids import without_passing_ids
from harness.contract.profile import Profile
from harness.contract.snapshot import HeldSection, HeldUser, Snapshot, Work
from harness.recording.recording import SnapshotTaken

HELD = Snapshot(
    sections=(
        HeldSection(clever_id="art", app_id="7"),
        HeldSection(clever_id="art", app_id="8"),
    ),
    users=(HeldUser(clever_id="maya", app_id="3"),),
    progress=(Work(account="3", lesson="Fractions"), Work(account="local", lesson="Reading")),
)


def lasting(*keys: str) -> Snapshot:
    taken = SnapshotTaken(district="d", day="midyear", after="sync", snapshot=HELD)
    profile = Profile(not_held=dict.fromkeys(keys, "They are new every night."))
    (entry,) = without_passing_ids([taken], profile)
    assert isinstance(entry, SnapshotTaken)
    return entry.snapshot


def test_nothing_is_declared_and_nothing_changes() -> None:
    assert lasting() == HELD


def test_two_rows_of_a_record_stay_two() -> None:
    held = lasting("sections.lasting-id")

    assert [row.app_id for row in held.sections] == ["art", "art-2"]
    assert held.users == HELD.users
    assert held.progress == HELD.progress


def test_work_stays_with_whom_it_belongs_to() -> None:
    held = lasting("users.lasting-id")

    assert held.users[0].app_id == "maya"
    assert [work.account for work in held.progress] == ["maya", "local"]
