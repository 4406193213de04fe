"""Histories: record by record, what Clever shared and the app held."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from rehearsing import recorded

from harness import session
from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome
from harness.assess.findings import Finding, FindingKind
from harness.assess.histories import MOST_OTHERS, histories
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import CastMember, EdgeCaseResult, RecordHistory
from harness.contract.profile import Profile
from harness.contract.rows import RowPer
from harness.district.data_model.records import Kind
from harness.plan.faults import FAULT_DAYS
from harness.recording.recording import Recording, SnapshotTaken

RECORDINGS = Path(__file__).parents[1] / "recordings"
RECORDING = RECORDINGS / "demo-co-teacher-cap-of-two.recording.json.gz"
RIGHT = RECORDINGS / "demo.recording.json.gz"
CASE = "three-teachers-share-a-class"


@cache
def _recording() -> Recording:
    return session.load_recording(RECORDING)


@cache
def _index() -> RecordingIndex:
    return RecordingIndex(_recording())


def _declaring(profile: Profile) -> RecordingIndex:
    """The same recording, of an app whose vendor declares something else."""
    header = replace(_recording().header, profile=profile)
    return RecordingIndex(replace(_recording(), header=header))


def _case(district: str, members: dict[str, str]) -> EdgeCaseResult:
    return EdgeCaseResult(
        id=CASE,
        group="co-teachers",
        title="Three teachers share a class",
        why="",
        provenance="certification-isd",
        outcome=Outcome.FAIL,
        members=tuple(
            CastMember(
                name=name, full_name=name, kind="users", clever_id=clever_id, district=district
            )
            for name, clever_id in members.items()
        ),
    )


def _check(clever_ids: list[str]) -> CheckResult:
    return CheckResult(
        id="standing/every-record",
        feature="standing",
        rule="",
        name="Every record",
        line=1,
        requirements=("R2",),
        outcome=Outcome.FAIL,
        evidence_level=EvidenceLevel.OBSERVED,
        findings=tuple(
            Finding(
                check="standing/every-record",
                day="midyear",
                district="common",
                finding_kind=FindingKind.MISSING,
                kind="users",
                clever_id=clever_id,
                name="",
                sentence="",
            )
            for clever_id in clever_ids
        ),
    )


@pytest.fixture
def cast() -> dict[str, RecordHistory]:
    """The histories of the cast of one edge case, by the names of the scenarios."""
    members = _index().published("common", "first-share").cast[CASE]
    return {row.name: row for row in histories(_index(), [_case("common", dict(members))], [])}


def test_the_app_lacks_the_third_teacher_on_every_day_of_the_class(
    cast: dict[str, RecordHistory],
) -> None:
    section = next(row for row in cast.values() if row.kind == Kind.SECTIONS)
    first = section.entries[0]

    assert first.shared
    assert first.held
    assert first.day == "first-share"
    assert len(first.shared["teachers"]) == 3
    assert first.held[0]["teachers"] == first.shared["teachers"][:2]
    assert first.held[0]["status"] == ("active",)


def test_who_is_not_in_the_class_in_the_app_has_no_classes_there(
    cast: dict[str, RecordHistory],
) -> None:
    section = next(row for row in cast.values() if row.kind == Kind.SECTIONS)
    assert section.entries[0].shared
    third = cast[section.entries[0].shared["teachers"][2]].entries[0]

    assert third.shared
    assert third.held
    assert third.shared["classes"] == (section.name,)
    assert "classes" not in third.held[0]


def test_days_on_which_nothing_changes_are_one_entry(cast: dict[str, RecordHistory]) -> None:
    for history in cast.values():
        views = [(entry.shared, entry.held) for entry in history.entries]
        assert all(view != later for view, later in pairwise(views))
        assert len(views) < len(_index().days_of("common")) / 2


def test_an_entry_lasts_until_something_changes(cast: dict[str, RecordHistory]) -> None:
    section = next(row for row in cast.values() if row.kind == Kind.SECTIONS)

    days = [(entry.day, entry.until) for entry in section.entries]

    assert days == [("first-share", "recovery"), ("rollover", "quiet")]


def test_who_is_in_an_archived_class_has_no_classes_from_it(
    cast: dict[str, RecordHistory],
) -> None:
    last = cast["Jonas"].entries[-1]

    assert last.shared
    assert last.held
    assert last.held[0]["classes"] == last.shared["classes"] == ("Earth Science next year",)


def test_the_request_that_delivered_a_record_is_named() -> None:
    index = RecordingIndex(recorded("demo"))
    members = index.published("common", "first-share").cast[CASE]

    rows = histories(index, [_case("common", dict(members))], [])

    requests = {row.kind: row.entries[0].request for row in rows}
    assert requests["users"].startswith("GET /v3.1/users?limit=")
    assert requests["sections"].startswith("GET /v3.1/sections?limit=")


def test_what_is_no_longer_shared_is_seen_archived(cast: dict[str, RecordHistory]) -> None:
    last = next(row for row in cast.values() if row.kind == Kind.SECTIONS).entries[-1]

    assert last.shared is None, "the new school year has other classes"
    assert last.held
    assert last.held[0]["status"] == ("archived",)


def test_a_right_app_differs_in_nothing_while_clever_answers() -> None:
    """Classes name people who are not shared, and people edit classes: neither is a difference."""
    index = RecordingIndex(session.load_recording(RIGHT))
    casts = [
        _case(district, dict(members))
        for district in index.districts
        for members in index.published(district, index.days_of(district)[0]).cast.values()
    ]

    shown = histories(index, casts, [])

    differing = {
        entry.day
        for history in shown
        for entry in history.entries
        for row in entry.held or ()
        if entry.shared and {**entry.shared, "status": ("active",)} != {**row}
    }
    assert len(shown) > 500
    assert differing <= FAULT_DAYS.keys()


def test_an_app_of_students_alone_lacks_no_teachers() -> None:
    index = _declaring(
        Profile(not_held={"teachers": "For home.", "sections.teachers": "There are none."})
    )
    members = dict(index.published("common", "first-share").cast[CASE])

    shown = histories(index, [_case("common", members)], [])

    section = next(row for row in shown if row.kind == Kind.SECTIONS).entries[0]
    teacher = next(row for row in shown if row.name == "Ms Abbott").entries[0]
    assert section.shared
    assert "teachers" not in section.shared
    assert teacher.declared.startswith("The vendor declares that it does not hold teachers")


def test_rows_that_are_declared_are_one() -> None:
    [first] = [
        entry
        for entry in _recording().entries
        if isinstance(entry, SnapshotTaken)
        and (entry.district, entry.day, entry.after) == ("common", "first-share", "sync")
    ]
    person = first.snapshot.users[0]
    twice = replace(first, snapshot=replace(first.snapshot, users=(*first.snapshot.users, person)))
    entries = [twice if entry is first else entry for entry in _recording().entries]
    header = _recording().header

    def rows(profile: Profile) -> int:
        recording = replace(
            _recording(), entries=tuple(entries), header=replace(header, profile=profile)
        )
        [history] = histories(RecordingIndex(recording), [], [_check([person.clever_id])])
        return len(history.entries[0].held or ())

    assert rows(header.profile) == 2
    assert rows(Profile(rows={"users": RowPer.ROLE})) == 1


def test_a_defect_that_hits_everybody_is_shown_on_some() -> None:
    everybody = sorted(_index().roster("common", "midyear").users)

    shown = histories(_index(), [], [_check(everybody)])

    assert len(everybody) > MOST_OTHERS
    assert [row.clever_id for row in shown] == everybody[:MOST_OTHERS]


def test_an_account_clever_does_not_know_has_no_history() -> None:
    assert histories(_index(), [], [_check(["no-such-record"])]) == ()
