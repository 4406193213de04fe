"""What wrong records have in common is told from coincidence, and said with both numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from rehearsing import recorded

from harness.assess.causes.contrast.applied import changes_by_sync
from harness.assess.causes.contrast.batches import batches_lost
from harness.assess.causes.contrast.contested import reconsidered
from harness.assess.causes.contrast.features import features
from harness.assess.causes.contrast.in_common import in_common
from harness.assess.causes.contrast.parts import part_lost
from harness.assess.causes.contrast.scene import scene
from harness.assess.causes.contrast.split import Split
from harness.assess.causes.likely_cause import LikelyCause
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Status
from harness.district.data_model.records import Kind, roles_of
from harness.plan.plan import DAYS, Day
from harness.recording.recording import Entry, SnapshotTaken

DISTRICT, MANY = "common", 40
Moments = set[tuple[str, str, str]]
"""District, Clever ID, and the day with whose sync something is new."""


@pytest.fixture(scope="module")
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def _without(index: RecordingIndex, gone: Moments) -> RecordingIndex:
    """The demo's year as an app would have played it that has these out of use from then on."""

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken):
            return entry
        later = {
            clever_id
            for district, clever_id, day in gone
            if district == entry.district and DAYS.index(Day(entry.day)) >= DAYS.index(Day(day))
        }
        users = tuple(
            replace(row, status=Status.ARCHIVED) if row.clever_id in later else row
            for row in entry.snapshot.users
        )
        return replace(entry, snapshot=replace(entry.snapshot, users=users))

    recording = index.recording
    return RecordingIndex(replace(recording, entries=tuple(map(change, recording.entries))))


def _findings(moments: Moments) -> list[Finding]:
    return [
        Finding(
            check="standing/whatever",
            requirement="R6",
            day=day,
            district=district,
            finding_kind=FindingKind.INACTIVE,
            kind=Kind.USERS,
            clever_id=clever_id,
            name="Somebody",
            sentence="Clever shares Somebody, your app holds only an archived account.",
            expected="active",
            found="archived",
        )
        for district, clever_id, day in sorted(moments)
    ]


def _who_lose_a_role(index: RecordingIndex) -> Moments:
    return {
        (district, clever_id, day)
        for district in index.districts
        for earlier, day in pairwise(index.days_of(district))
        for clever_id, user in index.roster(district, day).users.items()
        if (old := index.roster(district, earlier).users.get(clever_id))
        and roles_of(old).keys() - roles_of(user).keys()
    }


@pytest.mark.parametrize(
    ("split", "tells"),
    [
        (Split(12, 12, 0, 148), True),
        (Split(11, 12, 2, 148), True),
        (Split(12, 12, 40, 148), False),  # too many right ones have it
        (Split(6, 12, 0, 148), False),  # half of the wrong ones do not
        (Split(2, 2, 0, 12), False),  # two of fourteen may be chance
        (Split(12, 12, 2, 4), False),  # nothing to compare with
    ],
)
def test_a_split_tells_only_what_is_no_coincidence(split: Split, tells: bool) -> None:
    assert split.tells(100) is tells


def test_what_all_that_is_wrong_has_and_no_other_is_said_with_both_numbers(
    demo: RecordingIndex,
) -> None:
    moments = _who_lose_a_role(demo)
    people = {(district, clever_id) for district, clever_id, _ in moments}

    [cause] = in_common(_without(demo, moments), _findings(moments))

    assert cause.id == "in-common:role"
    assert cause.sentence.startswith(
        f"All {len(people)} users that your app lacks or has archived lose one role"
    )
    assert cause.sentence.endswith("others, none.")
    assert len(cause.behind) == len(moments)


def _returners(index: RecordingIndex, *, unchanged: bool) -> Moments:
    """Everybody whom Clever shares again, by whether they are as they were when they left."""
    back: Moments = set()
    for district in index.districts:
        last: dict[str, object] = {}
        for earlier, day in pairwise(index.days_of(district)):
            last |= index.roster(district, earlier).users
            then, now = (index.roster(district, each).users for each in (earlier, day))
            back |= {
                (district, clever_id, day)
                for clever_id, user in now.items()
                if clever_id in last and clever_id not in then
                if (last[clever_id] == user) is unchanged
            }
    return back


def test_who_stays_archived_since_nothing_changed_is_told_from_who_changed(
    demo: RecordingIndex,
) -> None:
    moments = _returners(demo, unchanged=True)

    [cause] = in_common(_without(demo, moments), _findings(moments))

    assert cause.id == "in-common:back-unchanged"
    assert "come back with that sync as they were when they left" in cause.sentence
    assert _returners(demo, unchanged=False)


def test_people_who_share_nothing_have_nothing_in_common(demo: RecordingIndex) -> None:
    [district, *_] = demo.districts
    day = demo.days_of(district)[1]
    people = sorted(demo.roster(district, day).users)[::40]
    moments = {(district, clever_id, day) for clever_id in people}

    assert list(in_common(_without(demo, moments), _findings(moments))) == []


def _lacking(index: RecordingIndex, kept: Callable[[int], bool]) -> tuple[RecordingIndex, Finding]:
    """The year of an app that lacks some sections of the first sync, by their number in the list.

    With it a finding about the first of these.
    """
    sections = sorted(index.roster(DISTRICT, index.days_of(DISTRICT)[0]).sections)
    lost = [clever_id for number, clever_id in enumerate(sections) if not kept(number)]

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken) or entry.district != DISTRICT:
            return entry
        rows = tuple(row for row in entry.snapshot.sections if row.clever_id not in lost)
        return replace(entry, snapshot=replace(entry.snapshot, sections=rows))

    recording = index.recording
    changed = RecordingIndex(replace(recording, entries=tuple(map(change, recording.entries))))
    [odd] = _findings({(DISTRICT, lost[0], index.days_of(DISTRICT)[0])})
    return changed, replace(odd, kind=Kind.SECTIONS, finding_kind=FindingKind.MISSING)


def test_a_batch_that_is_lost_as_a_whole_is_told_by_where_it_begins_and_ends(
    demo: RecordingIndex,
) -> None:
    index, finding = _lacking(demo, lambda number: number // 25 not in (1, 4))

    [cause] = batches_lost(index, [finding])

    assert cause.id == "loses-part:batches"
    assert "multiples of 25: numbers 26 to 50 of the common district" in cause.sentence


def test_what_is_missing_from_anywhere_is_no_batch(demo: RecordingIndex) -> None:
    for kept in (lambda n: n // 25 != 1 or n == 30, lambda n: n % 3 > 0, lambda n: n < 200):
        index, finding = _lacking(demo, kept)

        assert list(batches_lost(index, [finding])) == []


def test_a_right_app_loses_no_part_of_a_sync(demo: RecordingIndex) -> None:
    syncs = changes_by_sync(demo)

    assert sum(len(one.seen) for one in syncs) > 1000
    assert [change for one in syncs if one.calm for change in one.missed] == []
    assert list(part_lost(demo, _findings(_who_lose_a_role(demo)))) == []


def test_syncs_with_few_changes_that_are_not_applied_are_one_cause(demo: RecordingIndex) -> None:
    few = {
        (one.scene.district, one.scene.day)
        for one in changes_by_sync(demo)
        if len(one.changes) < MANY
    }
    shown: dict[str, SnapshotTaken] = {}

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken):
            return entry
        if (entry.district, entry.day) in few and entry.district in shown:
            return replace(entry, snapshot=shown[entry.district].snapshot)
        shown[entry.district] = entry
        return entry

    entries = tuple(map(change, demo.recording.entries))
    index = RecordingIndex(replace(demo.recording, entries=entries))
    missed = {
        (one.scene.district, lost.clever_id, one.scene.day)
        for one in changes_by_sync(index)
        for lost in one.missed
        if lost.kind is Kind.USERS
    }

    [cause] = part_lost(index, _findings(missed))

    assert cause.id == "loses-part:few-changes"
    assert len(cause.behind) == len(missed)


def _who_come_back(index: RecordingIndex) -> Moments:
    """With a sync that the app outlives."""
    return {
        (district, clever_id, day)
        for district in index.districts
        for earlier, day in pairwise(index.days_of(district))
        if not index.kill(district, day)
        for clever_id in index.roster(district, day).users.keys()
        - index.roster(district, earlier).users.keys()
        if any(
            clever_id in index.roster(district, one).users for one in index.before(district, day)
        )
    }


def test_a_cause_that_says_never_says_how_many_others_are_right(demo: RecordingIndex) -> None:
    back = sorted(_who_come_back(demo))
    wrong = {back[0], back[len(back) // 2], back[-1]}
    index = _without(demo, wrong)

    [cause] = reconsidered(index, [_never_restores(_findings(wrong))], [])[0]

    assert (
        f" But of others that come back with that sync, {len(back) - len(wrong)} are right."
        in cause.sentence
    )


def test_a_cause_that_says_never_gives_way_to_what_sets_its_records_apart(
    demo: RecordingIndex,
) -> None:
    back = _who_come_back(demo)
    wrong = {(d, i, day) for d, i, day in back if scene(demo, d, day).pages.get(i, (1,))[0] > 1}
    index = _without(demo, wrong)

    [cause] = reconsidered(index, [_never_restores(_findings(wrong))], [])[0]

    assert cause.id == "in-common:later-page"
    assert f"All {len(wrong)} users" in cause.sentence
    assert cause.sentence.endswith("others that come back with that sync, none.")


def _never_restores(behind: list[Finding]) -> LikelyCause:
    return LikelyCause("never-restores", "Your app restores nobody.", "Restore them.", behind)


def _gone(index: RecordingIndex, kind: Kind = Kind.USERS) -> Moments:
    """The records of a kind that are no longer shared with a sync, in every district."""
    return {
        (district, clever_id, day)
        for district in index.districts
        for earlier, day in pairwise(index.days_of(district))
        for clever_id in index.roster(district, earlier).of(kind).keys()
        - index.roster(district, day).of(kind).keys()
    }


def _kept(index: RecordingIndex, kept: Moments, kind: Kind = Kind.USERS) -> LikelyCause:
    """What is said of an app that keeps these in use with the sync in which they are gone."""

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken):
            return entry
        rows: dict[str, Any] = {
            kind: tuple(
                replace(row, status=Status.ACTIVE)
                if (entry.district, row.clever_id, entry.day) in kept
                else row
                for row in getattr(entry.snapshot, kind)
            )
        }
        return replace(entry, snapshot=replace(entry.snapshot, **rows))

    recording = index.recording
    changed = RecordingIndex(replace(recording, entries=tuple(map(change, recording.entries))))
    as_kept = {"finding_kind": FindingKind.NOT_ARCHIVED, "kind": kind}
    findings = [
        replace(finding, **as_kept, expected="archived", found="active")  # type: ignore[arg-type]
        for finding in _findings(kept)
    ]
    [cause], _ = reconsidered(changed, [LikelyCause("keeps-active", "Keeps.", "", findings)], [])
    return cause


def test_what_left_and_came_back_before_is_told_from_what_leaves_for_the_first_time(
    demo: RecordingIndex,
) -> None:
    again = {
        moment
        for moment in _gone(demo)
        if scene(demo, moment[0], moment[2]).was_away(Kind.USERS, moment[1])
    }

    cause = _kept(demo, again)

    assert len(again) > 2
    assert "had left and come back before" in cause.sentence
    assert "a count of references" in cause.remedy


def test_a_limit_by_which_a_sync_archives_nothing_is_told_by_how_much_goes(
    demo: RecordingIndex,
) -> None:
    many = {m for m in _gone(demo) if scene(demo, m[0], m[2]).parts_gone[Kind.USERS] > 1 / 3}

    cause = _kept(demo, many)

    assert "go with more than " in cause.sentence
    assert cause.sentence.endswith("none.")
    assert "`held`" in cause.remedy


def test_whoever_a_class_listed_to_its_end_is_told_from_those_who_were_taken_out(
    demo: RecordingIndex,
) -> None:
    listed = {m for m in _gone(demo) if m[1] in scene(demo, m[0], m[2]).last_listed}

    assert "by one that went before them" in _kept(demo, listed).sentence


def test_courses_of_past_classes_are_told_from_those_that_nothing_names(
    demo: RecordingIndex,
) -> None:
    """Nearly all go in the summer or at a rollover, which is no limit of the app's."""
    gone = _gone(demo, Kind.COURSES)
    named = {m for m in gone if m[1] in scene(demo, m[0], m[2]).of_past_classes}

    cause = _kept(demo, named, Kind.COURSES)

    assert named < gone
    assert "were named by a class that is no longer shared" in cause.sentence
    assert cause.remedy.startswith("Go by the lists of courses and terms")


def test_only_contacts_of_a_student_who_leaves_are_told_to_have_one(demo: RecordingIndex) -> None:
    district, day = DISTRICT, "departures"
    then = demo.roster(district, demo.before(district, day)[-1]).users
    now = demo.roster(district, day).users
    contacts = {
        clever_id: {tie["student"] for tie in contact.get("student_relationships") or ()}
        for clever_id in then.keys() & now.keys()
        if (contact := roles_of(then[clever_id]).get("contact"))
    }
    leaving = {i for i, students in contacts.items() if students & (then.keys() - now.keys())}
    having = {
        clever_id
        for clever_id in contacts
        if "student-gone" in features(scene(demo, district, day), Kind.USERS, clever_id)
    }

    assert having == leaving
    assert having
    assert len(having) < len(contacts)
