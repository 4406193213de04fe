"""The primary teacher shows in the order of teachers, or the app declares not to know who it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rehearsing import CATALOGUE, recorded

from harness import session
from harness.assess.check_result import CheckResult, Outcome
from harness.contract.snapshot import Snapshot
from harness.recording.recording import SnapshotTaken

CHECK = "co-teachers/a-co-teacher-becomes-primary-and-the-primary-teacher-stays"
KEY = "sections.primary_teacher"


def by_id(held: Snapshot) -> Snapshot:
    sections = (replace(row, teachers=tuple(sorted(row.teachers))) for row in held.sections)
    return replace(held, sections=tuple(sections))


def judged(*, declared: bool) -> CheckResult:
    """The check, of an app that lists teachers by their IDs."""
    recording = recorded("demo")
    entries = tuple(
        replace(entry, snapshot=by_id(entry.snapshot))
        if isinstance(entry, SnapshotTaken)
        else entry
        for entry in recording.entries
    )
    profile = recording.header.profile
    if declared:
        profile = replace(profile, not_held={**profile.not_held, KEY: "All teachers are equal."})
    header = replace(recording.header, profile=profile)
    results = session.judge_recording(
        replace(recording, header=header, entries=entries), CATALOGUE, with_histories=False
    )
    return next(check for check in results.checks if check.id == CHECK)


@pytest.mark.slow
def test_teachers_in_another_order_are_not_taken_for_the_primary_one() -> None:
    check = judged(declared=False)

    assert check.outcome is Outcome.BLOCKED
    assert "does not list Clever's primary teacher first" in check.reason
    assert f"declare `{KEY}`" in check.reason


@pytest.mark.slow
def test_an_app_can_declare_that_it_does_not_know_the_primary_teacher() -> None:
    check = judged(declared=True)

    assert check.outcome is Outcome.PASS
    assert KEY in check.not_held
