"""The search finds the record against a claim, where the app is made not to have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from assess.refuted_answers import refuted
from rehearsing import recorded, rehearsed

from harness.contract.snapshot import Snapshot, Status
from harness.plan.plan import COMMON, Day
from harness.recording.recording import Recording, SnapshotTaken


def changed(change: Callable[[Snapshot], Snapshot], day: str) -> Recording:
    """The demo, if it had shown something else after the sync of a day."""
    recording = recorded("demo")
    entries = tuple(
        replace(entry, snapshot=change(entry.snapshot))
        if isinstance(entry, SnapshotTaken)
        and (entry.district, entry.day, entry.after) == (COMMON, day, "sync")
        else entry
        for entry in recording.entries
    )
    return replace(recording, entries=entries)


def archives_all(snapshot: Snapshot) -> Snapshot:
    users = (replace(user, status=Status.ARCHIVED) for user in snapshot.users)
    return replace(snapshot, users=tuple(users))


def archives_nobody(snapshot: Snapshot) -> Snapshot:
    users = (replace(user, status=Status.ACTIVE) for user in snapshot.users)
    return replace(snapshot, users=tuple(users))


def forgets_the_archived(snapshot: Snapshot) -> Snapshot:
    users = (user for user in snapshot.users if user.status is Status.ACTIVE)
    return replace(snapshot, users=tuple(users))


def empties_classes(snapshot: Snapshot) -> Snapshot:
    sections = (replace(section, students=(), teachers=()) for section in snapshot.sections)
    return replace(snapshot, sections=tuple(sections))


def keeps_one_school(snapshot: Snapshot) -> Snapshot:
    users = (
        replace(user, roles=tuple(replace(role, schools=role.schools[:1]) for role in user.roles))
        for user in snapshot.users
    )
    return replace(snapshot, users=tuple(users))


def doubles(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, users=(*snapshot.users, *snapshot.users))


@pytest.mark.parametrize(
    ("change", "day", "questions"),
    [
        (
            archives_all,
            Day.ROLLOVER,
            {"user-types", "users-without-sections", "rollover"},
        ),
        (archives_nobody, Day.DEPARTURES, {"deleted-records"}),
        (archives_nobody, Day.ROLLOVER, {"deleted-records", "rollover"}),
        (forgets_the_archived, Day.DEPARTURES, {"deleted-records"}),
        (
            empties_classes,
            Day.MIDYEAR,
            {"student-teacher-associations", "users-with-several-sections", "co-teachers"},
        ),
        (keeps_one_school, Day.MIDYEAR, {"users-in-several-schools"}),
        (doubles, Day.QUIET, {"key-identifier"}),
    ],
)
def test_one_record_against_it_refutes_a_claim(
    change: Callable[[Snapshot], Snapshot], day: str, questions: set[str]
) -> None:
    against = list(refuted(changed(change, day), rehearsed("demo")))

    assert {line.partition(":")[0] for line in against} >= questions
    assert all(day in line for line in against)


def test_nothing_refutes_the_drafts_of_the_demo() -> None:
    assert list(refuted(recorded("demo"), rehearsed("demo"))) == []
