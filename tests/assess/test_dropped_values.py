"""Values and relationships that an app takes from records which did not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rehearsing import recorded

from harness.assess.causes.dropped_values import dropped
from harness.assess.causes.unchanged_lists import taken_unchanged
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind
from harness.recording.recording import Entry, SnapshotTaken

DISTRICT, DAY, NEXT = "common", "midyear", "departures"
Look = Callable[[HeldUser], HeldUser]


@pytest.fixture(scope="module")
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def _shown(index: RecordingIndex, look: Look, *days: str) -> RecordingIndex:
    """The demo's year as an app would have played it that shows users otherwise on some days."""

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken) or entry.district != DISTRICT:
            return entry
        if entry.day not in (days or (DAY,)):
            return entry
        users = tuple(map(look, entry.snapshot.users))
        return replace(entry, snapshot=replace(entry.snapshot, users=users))

    recording = index.recording
    return RecordingIndex(replace(recording, entries=tuple(map(change, recording.entries))))


def _finding(clever_id: str, finding_kind: FindingKind, **more: Any) -> Finding:
    fields: dict[str, Any] = {"expected": "somebody", "found": "", **more}
    return Finding(
        check="standing/whatever",
        requirement="R5",
        day=DAY,
        district=DISTRICT,
        finding_kind=finding_kind,
        kind=Kind.USERS,
        clever_id=clever_id,
        name="Somebody",
        sentence="Clever has something of Somebody, your app has not.",
        **fields,
    )


def _same(index: RecordingIndex) -> set[str]:
    """Who is at Clever as before."""
    then, now = (index.roster(DISTRICT, day).users for day in ("first-share", DAY))
    return {
        clever_id for clever_id in now.keys() & then.keys() if now[clever_id] == then[clever_id]
    }


def test_an_address_of_somebody_who_did_not_change_is_said_to_be_dropped(
    demo: RecordingIndex,
) -> None:
    same = {i for i in sorted(_same(demo)) if demo.roster(DISTRICT, DAY).users[i].get("email")}
    index = _shown(demo, lambda row: replace(row, email=None) if row.clever_id in same else row)
    lost, *others = sorted(same)
    findings = [_finding(i, FindingKind.FIELD, field="email") for i in others]

    [cause] = dropped(index, [*findings, _finding(lost, FindingKind.CHANGED)])

    assert f"All {len(others):,} are at Clever as they were a sync before." in cause.sentence
    assert cause.remedy.endswith("leave it as it is when nothing changed.")
    assert len(cause.behind) == len(same)


def test_a_name_that_is_never_there_is_told_from_one_that_is_missing_on_a_day(
    demo: RecordingIndex,
) -> None:
    first, *later = demo.days_of(DISTRICT)
    users = demo.roster(DISTRICT, first).users
    nameless = {i for i in users if not users[i]["name"].get("first")}
    findings = [
        replace(_finding(i, FindingKind.FIELD, field="name"), day=first) for i in sorted(nameless)
    ]

    def without(row: HeldUser) -> HeldUser:
        bare = replace(row, name=None, first_name=None, last_name=" ")
        return bare if row.clever_id in nameless else row

    [never] = dropped(_shown(demo, without, first, *later), findings)
    [once] = dropped(_shown(demo, without, first), findings)

    assert f"from the day `{first}` on" in never.sentence
    assert never.remedy == "Write `name` of all, with what Clever sends."
    assert f"only on the day `{first}`" in once.sentence


def test_relationships_that_come_and_go_are_not_taken_for_unread(demo: RecordingIndex) -> None:
    same = _same(demo)
    contacts = {
        row.clever_id
        for row in demo.holdings(DISTRICT, DAY).snapshot.users
        if row.student_relationships and row.clever_id in same
    }
    index = _shown(
        demo,
        lambda row: replace(row, student_relationships=()) if row.clever_id in contacts else row,
    )
    findings = [
        _finding(i, FindingKind.STUDENT_RELATIONSHIP, found="nobody's contact")
        for i in sorted(contacts)
    ]

    [cause] = taken_unchanged(index, [*findings, _finding(min(contacts), FindingKind.CHANGED)])

    assert cause.sentence.startswith(
        f"Your app takes the students from {len(contacts)} contacts that are at Clever as before"
    )
    assert len(cause.behind) == len(contacts) + 1
    never_there = [replace(finding, day="first-share") for finding in findings]
    assert list(taken_unchanged(index, never_there)) == []


def test_what_was_taken_out_when_clever_changed_the_record_is_another_matter(
    demo: RecordingIndex,
) -> None:
    then, now = (demo.roster(DISTRICT, day).users for day in ("first-share", DAY))
    changed = {
        row.clever_id
        for row in demo.holdings(DISTRICT, DAY).snapshot.users
        if row.student_relationships and now.get(row.clever_id) != then.get(row.clever_id)
    }
    index = _shown(
        demo,
        lambda row: replace(row, student_relationships=()) if row.clever_id in changed else row,
    )

    findings = [_finding(i, FindingKind.STUDENT_RELATIONSHIP) for i in sorted(changed)]
    assert len(findings) > 1
    assert list(taken_unchanged(index, findings)) == []
