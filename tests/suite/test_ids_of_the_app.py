"""What ids an app gives decides nothing: numbers for each table, or ids that nothing else has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest
from rehearsing import CATALOGUE, recorded, rehearsed

from harness import session
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import Results
from harness.recording.recording import AccountCreated, Entry, Recording, SnapshotTaken
from harness.suite.checks.local_records import left_alone

pytestmark = pytest.mark.no_cover  # other tests reach the same code

LISTS = ("schools", "terms", "courses", "sections")


def unique(what: str, app_id: str) -> str:
    """The id of a record as an app gives it that uses no id twice."""
    return str(uuid5(NAMESPACE_OID, f"{what} {app_id}")) if app_id else ""


def with_unique_ids(entry: Entry) -> Entry:
    if isinstance(entry, AccountCreated):
        return replace(entry, app_id=unique("users", entry.app_id))
    if not isinstance(entry, SnapshotTaken):
        return entry
    held = entry.snapshot
    lists: dict[str, Any] = {
        what: tuple(replace(row, app_id=unique(what, row.app_id)) for row in getattr(held, what))
        for what in (*LISTS, "users")
    }
    own_users = tuple(replace(r, app_id=unique("users", r.app_id)) for r in held.local_users)
    own_groups = tuple(replace(r, app_id=unique("groups", r.app_id)) for r in held.local_groups)
    work = tuple(replace(one, account=unique("users", one.account)) for one in held.progress)
    snapshot = replace(held, **lists, local_users=own_users, local_groups=own_groups, progress=work)
    return replace(entry, snapshot=snapshot)


def numbered_like_users(entry: Entry) -> Entry:
    """As if the app numbered its groups from twenty on, where its users have numbers as well."""
    if not isinstance(entry, SnapshotTaken):
        return entry
    groups = tuple(
        replace(row, app_id=str(int(row.app_id) + 20)) for row in entry.snapshot.local_groups
    )
    return replace(entry, snapshot=replace(entry.snapshot, local_groups=groups))


def without_groups(entry: Entry) -> Entry:
    """As if the app had lost its groups on the day of departures."""
    if not isinstance(entry, SnapshotTaken) or entry.day in ("before", "first-share", "midyear"):
        return entry
    return replace(entry, snapshot=replace(entry.snapshot, local_groups=()))


def changed(recording: Recording, *steps: Callable[[Entry], Entry]) -> Recording:
    entries = recording.entries
    for step in steps:
        entries = tuple(map(step, entries))
    return replace(recording, entries=entries)


def outcomes(results: Results) -> dict[str, str]:
    return {check.id: check.outcome for check in results.checks}


@pytest.mark.slow
@pytest.mark.exhaustive
def test_an_app_with_numbers_and_one_with_unique_ids_get_the_same_verdict() -> None:
    recording = changed(recorded("demo"), with_unique_ids)

    assert outcomes(
        session.judge_recording(recording, CATALOGUE, with_histories=False)
    ) == outcomes(rehearsed("demo"))


def test_groups_that_are_gone_are_missed_whatever_their_ids_are() -> None:
    index = RecordingIndex(changed(recorded("demo"), numbered_like_users, without_groups))
    unique_ids = RecordingIndex(changed(recorded("demo"), without_groups, with_unique_ids))

    lost = sorted(finding.name for finding in left_alone(index).findings)

    assert "Reading circle" in lost
    assert lost == sorted(finding.name for finding in left_alone(unique_ids).findings)
