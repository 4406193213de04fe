"""What wrong records share is looked for in what changed about them, before their values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

import pytest
from rehearsing import recorded

from harness.assess.causes import causes
from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Status
from harness.district.data_model.records import Kind
from harness.recording.recording import Entry, SnapshotTaken

DISTRICT, DAY = "common", "midyear"


@pytest.fixture(scope="module")
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def _changes(index: RecordingIndex) -> list[tuple[str, str, str]]:
    """Whose e-mail address changed, in which district and with which sync."""
    found = []
    for district in index.districts:
        for earlier, day in pairwise(index.days_of(district)):
            then, now = (index.roster(district, one).users for one in (earlier, day))
            found += [
                (district, clever_id, day)
                for clever_id in sorted(then.keys() & now.keys())
                if then[clever_id].get("email") != now[clever_id].get("email")
            ]
    return found


def _archiving(index: RecordingIndex, moved: Collection[tuple[str, str, str]]) -> RecordingIndex:
    """The demo's year as an app would have played it that archives these people that day."""

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken) or entry.after == "publish":
            return entry
        users = tuple(
            replace(row, status=Status.ARCHIVED)
            if (entry.district, row.clever_id, entry.day) in moved
            else row
            for row in entry.snapshot.users
        )
        return replace(entry, snapshot=replace(entry.snapshot, users=users))

    recording = index.recording
    return RecordingIndex(replace(recording, entries=tuple(map(change, recording.entries))))


def _finding(clever_id: str, finding_kind: FindingKind = FindingKind.INACTIVE) -> Finding:
    return Finding(
        check="standing/whatever",
        requirement="R6",
        day=DAY,
        district=DISTRICT,
        finding_kind=finding_kind,
        kind=Kind.USERS,
        clever_id=clever_id,
        name="Somebody",
        sentence="Clever shares Somebody on midyear, your app holds only an archived account.",
        expected="active",
        found="archived",
    )


def _ids(moved: Collection[tuple[str, str, str]]) -> list[str]:
    """Those of the day that findings are made for."""
    return [i for district, i, day in moved if (district, day) == (DISTRICT, DAY)]


def _check(*findings: Finding) -> CheckResult:
    return CheckResult(
        id="standing/whatever",
        feature="standing.feature",
        rule="",
        name="whatever",
        line=1,
        requirements=("R6",),
        outcome=Outcome.FAIL,
        evidence_level=EvidenceLevel.OBSERVED,
        findings=findings,
    )


def test_whoever_is_archived_with_a_new_address_is_archived_because_of_it(
    demo: RecordingIndex,
) -> None:
    moved = _changes(demo)
    index = _archiving(demo, moved)

    [cause] = causes(index, [_check(*map(_finding, _ids(moved)[:3]))])

    assert cause.id == "archives-what-is-shared"
    assert "have another e-mail address than before, or none" in cause.sentence
    assert "new address into the account" in cause.remedy


def test_a_change_is_no_reason_when_most_who_have_it_stay_in_use(demo: RecordingIndex) -> None:
    moved = [one for one in _changes(demo) if (one[0], one[2]) == (DISTRICT, DAY)]
    index = _archiving(demo, moved[:2])

    named = causes(index, [_check(*map(_finding, _ids(moved)[:2]))])

    assert len(moved) > 3
    assert not any("another e-mail address than before" in cause.sentence for cause in named)


def test_what_contradicts_a_declaration_stands_behind_what_fits_no_pattern(
    demo: RecordingIndex,
) -> None:
    one = replace(_finding("2" * 24, FindingKind.DECLARED), field="daily-sync", requirement="D1")
    odd = replace(_finding("0" * 24, FindingKind.STUDENT), kind=Kind.SECTIONS)

    named = causes(demo, [_check(one, replace(one, clever_id="1" * 24), odd)])

    assert [cause.id for cause in named] == ["unknown", "contradicts-declarations"]


def test_a_value_that_an_archived_record_had_while_it_was_in_use_is_no_reason(
    demo: RecordingIndex,
) -> None:
    """Two of whom something else is odd, too, may be archived for any reason."""
    days = demo.days_of(DISTRICT)
    then, now = (demo.roster(DISTRICT, day).users for day in (days[0], DAY))
    odd = [i for i in sorted(now) if i in then and then[i] == now[i] and not now[i].get("email")]
    alike = [(DISTRICT, i, DAY) for i in odd]
    index = _archiving(demo, alike)

    named = causes(index, [_check(*map(_finding, odd))])

    assert len(odd) > 1
    assert [cause.id for cause in named] == ["archives-what-is-shared"]
