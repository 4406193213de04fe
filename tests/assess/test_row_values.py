"""Of several rows of one record some have what Clever gives, and others another value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulator import town
from suite.year_of_trouble import HEADER, all_of, day

from harness.assess.causes.row_values import rows_apart
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.rows import RowPer
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day
from harness.recording.recording import Recording

HELD = all_of(town.roster())


@pytest.mark.parametrize(
    ("names", "rows", "expected"),
    [
        (("Okoye", "Former"), {"users": RowPer.ROLE}, ["updates-some-rows"]),
        (("Former", "Former"), {"users": RowPer.ROLE}, []),
        (("Okoye", "Former"), {}, []),
    ],
)
def test_rows_that_differ_where_several_are_declared_have_a_cause(
    names: tuple[str, str], rows: dict[str, RowPer], expected: list[str]
) -> None:
    owner = next(row for row in HELD.users if row.clever_id == town.OKOYE)
    others = [row for row in HELD.users if row.clever_id != town.OKOYE]
    both = [
        replace(owner, app_id=f"row-{number}", last_name=name) for number, name in enumerate(names)
    ]
    entries = day(Day.MIDYEAR, held=replace(HELD, users=(*others, *both)))
    header = replace(HEADER, profile=replace(HEADER.profile, rows=rows))
    recording = Recording(header=header, entries=tuple(entries), ended="completed", seconds=1.0)
    wrong = Finding(
        check="",
        day=Day.MIDYEAR,
        district=COMMON,
        finding_kind=FindingKind.FIELD,
        kind=Kind.USERS,
        clever_id=town.OKOYE,
        name="Sam Okoye",
        sentence="Clever's name is Sam Okoye, your app says Sam Former.",
        field="name",
        expected="Sam Okoye",
        found="Sam Former",
    )

    assert [cause.id for cause in rows_apart(RecordingIndex(recording), [wrong])] == expected
