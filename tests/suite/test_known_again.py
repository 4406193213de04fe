"""Whom Clever takes for a new user may have a new account, or go on with the old one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from rehearsing import CATALOGUE, recorded, with_outcome

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Snapshot, Work
from harness.plan.plan import COMMON, Day
from harness.recording.recording import Recording, SnapshotTaken

JUDGED = ("identity", "standing", "declarations")
ARCHIVED = "identity/a-student-with-a-new-clever-id-is-archived-under-the-old-one"


@pytest.fixture(scope="module")
def recording() -> Recording:
    return recorded("demo")


@pytest.fixture(scope="module")
def ids(recording: Recording) -> tuple[str, str]:
    """Ida's Clever ids, first and then."""
    index = RecordingIndex(recording)
    days = (Day.FIRST_SHARE, Day.MIDYEAR)
    first, then = (index.cast(COMMON, day, "sis-id-changes", "Ida Nord") for day in days)
    return first.clever_id, then.clever_id


def failed(recording: Recording) -> set[str]:
    """The checks that fail or cannot be judged, of those about identity and about everybody."""
    plan = replace(recording.header.plan, selected=JUDGED)
    part = replace(recording, header=replace(recording.header, plan=plan))
    results = session.judge_recording(part, CATALOGUE, with_histories=False)
    return with_outcome(results, Outcome.FAIL, Outcome.BLOCKED, Outcome.ERROR)


def changed(recording: Recording, ids: tuple[str, str], *, work: bool) -> Recording:
    """As if the app had no ids but Clever's, and Ida's account went on under the new one.

    Without `work` it was deleted instead.
    """
    first, then = ids

    def one(snapshot: Snapshot) -> Snapshot:
        owner = {user.app_id: user.clever_id for user in snapshot.users}
        renewed = then in owner.values()
        kept = [u for u in snapshot.users if not (renewed and u.clever_id == first)]
        lessons = [
            Work(account=then if renewed and whose == first else whose, lesson=one.lesson)
            for one in snapshot.progress
            for whose in [owner.get(one.account, one.account)]
            if work or not (renewed and whose == first)
        ]
        users = tuple(replace(user, app_id=user.clever_id) for user in kept)
        return replace(snapshot, users=users, progress=tuple(lessons))

    return with_looks(recording, one)


def with_looks(recording: Recording, one: Callable[[Snapshot], Snapshot]) -> Recording:
    """The recording with every snapshot as `one` gives it."""
    return replace(
        recording,
        entries=tuple(
            replace(entry, snapshot=one(entry.snapshot))
            if isinstance(entry, SnapshotTaken)
            else entry
            for entry in recording.entries
        ),
    )


@pytest.mark.slow
def test_an_account_whose_work_goes_on_under_the_new_id_is_not_lost(
    recording: Recording, ids: tuple[str, str]
) -> None:
    found = failed(changed(recording, ids, work=True))

    assert not {one for one in found if one.startswith(("identity/", "standing/", "declared/"))}


@pytest.mark.slow
@pytest.mark.exhaustive
def test_an_account_that_is_gone_with_its_work_is_lost(
    recording: Recording, ids: tuple[str, str]
) -> None:
    found = failed(changed(recording, ids, work=False))

    assert ARCHIVED in found
    assert "identity/work-survives-a-new-sis-number" in found


@pytest.mark.slow
def test_two_accounts_of_merged_employees_may_become_one(recording: Recording) -> None:
    index = RecordingIndex(recording)
    teacher, coach = (
        index.cast(COMMON, Day.FIRST_SHARE, "employees-merge", name).clever_id
        for name in ("Mr Lunde", "Coach Lunde")
    )
    both = index.cast(COMMON, Day.MIDYEAR, "employees-merge", "Mr Lunde").clever_id

    def one(snapshot: Snapshot) -> Snapshot:
        users = {user.clever_id: user for user in snapshot.users}
        if both not in users:
            return snapshot
        users[both] = replace(users[both], app_id=users.pop(teacher).app_id)
        del users[coach]
        return replace(snapshot, users=tuple(users.values()))

    assert failed(with_looks(recording, one)) == set()


def test_somebody_is_one_person_under_every_id_and_the_others_are_not(
    recording: Recording, ids: tuple[str, str]
) -> None:
    index = RecordingIndex(recording)
    dean, teacher = (
        index.cast(COMMON, Day.MIDYEAR, "merged-employee-splits", name).clever_id
        for name in ("Dean Hauge", "Ms Hauge")
    )
    both = index.cast(COMMON, Day.FIRST_SHARE, "merged-employee-splits", "Ms Hauge").clever_id

    assert (
        index.linked_clever_ids(COMMON, ids[0])
        == index.linked_clever_ids(COMMON, ids[1])
        == set(ids)
    )
    assert index.linked_clever_ids(COMMON, both) == {both, dean, teacher}
    assert index.linked_clever_ids(COMMON, dean) == {both, dean}
    assert index.linked_clever_ids("neighbour", ids[0]) == {ids[0]}
