"""What an app does not hold is out of scope if declared, and one requirement's matter if not.

The demo's year is judged as if its app kept less: its snapshots lose it, and the profile says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rehearsing import CATALOGUE, in_state, recorded

from harness import session
from harness.assess.requirement_verdict import RequirementState, RequirementVerdict
from harness.assess.results import Results
from harness.contract.snapshot import Snapshot
from harness.recording.recording import SnapshotTaken


def judged(less: Callable[[Snapshot], Snapshot], not_held: Mapping[str, str]) -> Results:
    """The demo's year, judged as if its app held less, and declared so."""
    recording = recorded("demo")
    entries = tuple(
        replace(entry, snapshot=less(entry.snapshot)) if isinstance(entry, SnapshotTaken) else entry
        for entry in recording.entries
    )
    profile = replace(recording.header.profile, not_held=not_held)
    header = replace(recording.header, profile=profile)
    return session.judge_recording(replace(recording, header=header, entries=entries), CATALOGUE)


def of(name: str, results: Results) -> RequirementVerdict:
    return next(row for row in results.requirements if row.id == name)


def without_schools(held: Snapshot) -> Snapshot:
    users = (
        replace(row, roles=tuple(replace(role, schools=()) for role in row.roles))
        for row in held.users
    )
    return replace(held, users=tuple(users))


def without_teachers(held: Snapshot) -> Snapshot:
    return replace(held, sections=tuple(replace(row, teachers=()) for row in held.sections))


def test_schools_of_users_that_are_not_kept_and_declared_are_not_applicable() -> None:
    results = judged(without_schools, {"users.schools": "Nobody asks for them."})

    assert in_state(results, RequirementState.NOT_MET) == set()
    assert of("G2", results).state is RequirementState.NOT_APPLICABLE
    assert of("R1", results).leaves_out == ("users.schools",)


def test_schools_of_users_that_are_not_kept_break_one_requirement_of_users() -> None:
    results = judged(without_schools, {})

    assert in_state(results, RequirementState.NOT_MET) <= {"G2", "G8"}
    assert of("G2", results).state is RequirementState.NOT_MET
    assert of("R1", results).state is RequirementState.NOT_PROVEN


def test_teachers_of_sections_that_are_not_kept_and_declared_narrow_the_verdict() -> None:
    results = judged(without_teachers, {"sections.teachers": "It has no use for them."})

    assert of("R9", results).state is RequirementState.MET
    assert "teachers" not in of("R9", results).covers
    assert of("R9", results).leaves_out == ("sections.teachers",)
