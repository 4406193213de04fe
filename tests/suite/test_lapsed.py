"""Whoever needs no account any more is left as they were by an app that waits to archive."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rehearsing import recorded

from harness.assess.recording_index import RecordingIndex
from harness.contract.archiving import Archiving
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day
from harness.recording.recording import SnapshotTaken
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.user_values import roles, schools

CASE, FORMER_TEACHER = "first-role-goes", "Ms Vik"


def kept_as_before(archiving: Archiving | None) -> RecordingIndex:
    """The demo without staff, if a teacher who becomes staff stayed as she was for the day."""
    recording = recorded("demo")
    index = RecordingIndex(recording)
    teacher = index.cast(COMMON, Day.MIDYEAR, CASE, FORMER_TEACHER).clever_id
    before = index.holdings(COMMON, Day.FIRST_SHARE).active(Kind.USERS, teacher)
    entries = tuple(
        replace(
            entry,
            snapshot=replace(
                entry.snapshot,
                users=tuple(
                    before if row.clever_id == teacher else row  # type: ignore[misc]
                    for row in entry.snapshot.users
                ),
            ),
        )
        if isinstance(entry, SnapshotTaken) and (entry.district, entry.day) == (COMMON, Day.MIDYEAR)
        else entry
        for entry in recording.entries
    )
    not_held = {"staff": "They use the office's own tools."}
    profile = replace(recording.header.profile, not_held=not_held, archiving=archiving)
    header = replace(recording.header, profile=profile)
    return RecordingIndex(replace(recording, header=header, entries=entries))


@pytest.mark.parametrize("archiving", [None, Archiving(after_days=7)])
def test_who_has_no_role_that_is_held_any_more_may_stay_until_archived(
    archiving: Archiving | None,
) -> None:
    mirror = Mirror(kept_as_before(archiving), COMMON, Day.MIDYEAR)
    teacher = mirror.index.cast(COMMON, Day.MIDYEAR, CASE, FORMER_TEACHER).clever_id

    found = [*roles(mirror, [teacher]).findings, *schools(mirror, [teacher]).findings]

    assert bool(found) is (archiving is None)
