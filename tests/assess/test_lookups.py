"""What an app looks people up by is told from those whom it does not know again."""

from __future__ import annotations

from itertools import pairwise

from rehearsing import recorded

from harness.assess.causes.lookups import looked_up
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, full_name


def test_who_gets_a_new_record_with_other_capitals_is_looked_up_by_name_as_well() -> None:
    demo, findings, respelled = RecordingIndex(recorded("demo")), list[Finding](), 0
    for earlier, day in pairwise(demo.days_of("common")):
        then, now = (demo.roster("common", each).users for each in (earlier, day))
        for clever_id in sorted(then.keys() & now.keys()):
            if then[clever_id]["name"] == now[clever_id]["name"]:
                continue
            old, new = (full_name(users[clever_id]).casefold() for users in (then, now))
            respelled += old == new
            findings.append(_another_record(day, clever_id))

    [cause] = looked_up(demo, findings)

    assert respelled
    assert cause.id == "looked-up-by:name"
    assert len(cause.behind) == len(findings)


def _another_record(day: str, clever_id: str) -> Finding:
    return Finding(
        check="standing/whatever",
        requirement="R1",
        day=day,
        district="common",
        finding_kind=FindingKind.NEW_ACCOUNT,
        kind=Kind.USERS,
        clever_id=clever_id,
        name="Somebody",
        sentence="Somebody has the same Clever ID, your app gives it another record than before.",
        expected="the same record",
        found="another record",
    )
