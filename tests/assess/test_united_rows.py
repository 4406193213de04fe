"""Several rows of one Clever ID count as one record when their content is judged."""

from __future__ import annotations

from dataclasses import replace

from rehearsing import CATALOGUE, in_state, recorded

from harness import session
from harness.assess.requirement_verdict import RequirementState
from harness.assess.united_rows import united
from harness.contract.snapshot import (
    HeldRole,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    StudentRelationship,
)
from harness.recording.recording import SnapshotTaken


def test_a_user_has_the_roles_of_all_rows_each_with_its_schools() -> None:
    rows = [
        HeldUser(
            clever_id="c",
            app_id="1",
            first_name="Ada",
            roles=(HeldRole(role="teacher", schools=("a",)),),
            student_relationships=(StudentRelationship(student="s"),),
        ),
        HeldUser(
            clever_id="c",
            app_id="2",
            roles=(
                HeldRole(role="staff", schools=("b",)),
                HeldRole(role="teacher", schools=("b",)),
            ),
            student_relationships=(StudentRelationship(student="s"),),
        ),
    ]

    together = united(rows)

    assert together == replace(
        rows[0],
        roles=(
            HeldRole(role="teacher", schools=("a", "b")),
            HeldRole(role="staff", schools=("b",)),
        ),
    )


def test_a_section_has_the_members_of_all_rows_once() -> None:
    rows = [
        HeldSection(clever_id="c", app_id="1", teachers=("t",), students=("a", "b")),
        HeldSection(clever_id="c", app_id="2", teachers=("u",), students=("b", "c")),
    ]

    assert united(rows) == replace(rows[0], teachers=("t", "u"), students=("a", "b", "c"))


def test_of_other_records_it_is_the_first_row() -> None:
    rows = [HeldTerm(clever_id="c", app_id=one) for one in "12"]

    assert united(rows) == rows[0]


def per_role(held: Snapshot) -> Snapshot:
    """The same with a row for each role of a user, and each of them in the user's classes."""
    users = (
        replace(row, app_id=f"{row.app_id}{f'-{number}' if number else ''}", roles=(role,))
        for row in held.users
        for number, role in enumerate(row.roles)
    )
    return replace(held, users=tuple(users), progress=())


def test_rows_per_role_break_one_requirement() -> None:
    recording = recorded("demo")
    entries = tuple(
        replace(entry, snapshot=per_role(entry.snapshot))
        if isinstance(entry, SnapshotTaken)
        else entry
        for entry in recording.entries
    )
    profile = replace(recording.header.profile, not_held={"progress": "The app has no lessons."})
    header = replace(recording.header, profile=profile)
    results = session.judge_recording(replace(recording, header=header, entries=entries), CATALOGUE)

    assert in_state(results, RequirementState.NOT_MET) == {"R1"}
