"""A row at another school, as a profile declares it, is told from a record that was replaced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rehearsing import recorded

from harness.assess.findings import FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.rows import RowPer
from harness.contract.snapshot import HeldUser, Status, Work
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day
from harness.recording.recording import SnapshotTaken
from harness.suite.checks.same_account import same_account

CASE, LENA, SINCE, DAY = "student-changes-school-and-email", "Lena", Day.FIRST_SHARE, Day.MIDYEAR


def moved(per: RowPer | None, owner: str) -> RecordingIndex:
    """The demo, if Lena had a new row on midyear, and her work an owner, or was gone."""
    recording = recorded("demo")
    lena = RecordingIndex(recording).cast(COMMON, DAY, CASE, LENA).clever_id

    def changed(row: HeldUser) -> HeldUser:
        return replace(row, app_id="another") if row.clever_id == lena else row

    def worked(work: Work) -> list[Work]:
        if f"/{LENA}/" not in work.lesson:
            return [work]
        return [replace(work, account=owner)] if owner else []

    entries = tuple(
        replace(
            entry,
            snapshot=replace(
                entry.snapshot,
                users=tuple(map(changed, entry.snapshot.users)),
                progress=tuple(kept for work in entry.snapshot.progress for kept in worked(work)),
            ),
        )
        if isinstance(entry, SnapshotTaken) and (entry.district, entry.day) == (COMMON, DAY)
        else entry
        for entry in recording.entries
    )
    rows = {"users": per} if per else {}
    profile = replace(recording.header.profile, rows=rows)
    header = replace(recording.header, profile=profile)
    return RecordingIndex(replace(recording, header=header, entries=entries))


@pytest.mark.parametrize(
    ("per", "kind"),
    [
        (RowPer.SCHOOL, FindingKind.WORK_LOST),
        (RowPer.ROLE, FindingKind.NEW_ACCOUNT),
        (None, FindingKind.NEW_ACCOUNT),
    ],
)
def test_a_new_row_without_the_work_is_lost_work_where_each_school_has_a_row(
    per: RowPer | None, kind: FindingKind
) -> None:
    index = moved(per, "")
    [finding] = same_account(
        index, COMMON, DAY, SINCE, [index.cast(COMMON, DAY, CASE, LENA)]
    ).findings

    assert finding.finding_kind is kind


def test_a_new_row_whose_work_is_another_s_is_moved_work() -> None:
    other = next(
        row
        for row in RecordingIndex(recorded("demo")).holdings(COMMON, DAY).snapshot.users
        if "Lena" not in (row.first_name or "")
    )
    index = moved(RowPer.SCHOOL, other.app_id)
    who = index.cast(COMMON, DAY, CASE, LENA)

    assert index.holdings(COMMON, DAY).active(Kind.USERS, who.clever_id) is not None
    [finding] = same_account(index, COMMON, DAY, SINCE, [who]).findings
    assert finding.finding_kind is FindingKind.WORK_MOVED


def split(per: RowPer) -> RecordingIndex:
    """The demo, if Lena's row of before, with her work, were archived beside a new one."""
    recording = recorded("demo")
    lena = RecordingIndex(recording).cast(COMMON, DAY, CASE, LENA).clever_id

    def rows(row: HeldUser) -> list[HeldUser]:
        if row.clever_id != lena:
            return [row]
        return [replace(row, app_id="another"), replace(row, status=Status.ARCHIVED, roles=())]

    entries = tuple(
        replace(
            entry,
            snapshot=replace(
                entry.snapshot,
                users=tuple(one for row in entry.snapshot.users for one in rows(row)),
            ),
        )
        if isinstance(entry, SnapshotTaken) and (entry.district, entry.day) == (COMMON, DAY)
        else entry
        for entry in recording.entries
    )
    profile = replace(recording.header.profile, rows={"users": per})
    header = replace(recording.header, profile=profile)
    return RecordingIndex(replace(recording, header=header, entries=entries))


@pytest.mark.parametrize(
    ("per", "same"),
    [(RowPer.SCHOOL, True), (RowPer.TEACHER, True), (RowPer.CLASS, True), (RowPer.ROLE, False)],
)
def test_an_archived_row_for_what_is_over_belongs_to_the_same_account(
    per: RowPer, same: bool
) -> None:
    """Lena goes to another school, to other teachers and classes, and stays a student."""
    index = split(per)
    who = index.cast(COMMON, DAY, CASE, LENA)

    findings = same_account(index, COMMON, DAY, SINCE, [who]).findings

    assert (not findings) is same
