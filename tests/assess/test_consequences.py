"""What follows from looking records up by a value is no cause of its own."""

from __future__ import annotations

from functools import cache
from itertools import islice

from rehearsing import recorded

from harness.assess.causes.consequences import without_consequences
from harness.assess.causes.likely_cause import LikelyCause
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day


@cache
def index() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def cause(name: str, *behind: Finding) -> LikelyCause:
    return LikelyCause(name, "Something is wrong.", "Mend it.", list(behind))


def found(finding_kind: FindingKind, kind: Kind, clever_id: str) -> Finding:
    return Finding(
        check="standing/whatever",
        day=Day.FIRST_SHARE,
        district=COMMON,
        finding_kind=finding_kind,
        kind=kind,
        clever_id=clever_id,
        name="Somebody",
        sentence="Somebody is not as Clever says.",
    )


def test_strangers_in_the_classes_of_whoever_is_merged_follow_from_that() -> None:
    sections = index().roster(COMMON, Day.FIRST_SHARE).sections
    own, *_ = (each for each in sections.values() if each["students"])
    merged = found(FindingKind.MISSING, Kind.USERS, own["students"][0])
    strangers = found(FindingKind.STUDENT, Kind.SECTIONS, own["id"])
    named = [cause("looked-up-by:name", merged), cause("members-of-another-class", strangers)]

    [whole] = without_consequences(index(), named)

    assert whole.id == "looked-up-by:name"
    assert whole.behind == [merged, strangers]


def test_strangers_in_other_classes_are_another_matter() -> None:
    sections = index().roster(COMMON, Day.FIRST_SHARE).sections
    own, *_ = (each for each in sections.values() if each["students"])
    merged = found(FindingKind.MISSING, Kind.USERS, own["students"][0])
    others = (each for each in sections.values() if own["students"][0] not in each["students"])
    strangers = [
        found(FindingKind.STUDENT, Kind.SECTIONS, each["id"]) for each in islice(others, 3)
    ]
    named = [cause("looked-up-by:name", merged), cause("members-of-another-class", *strangers)]

    assert without_consequences(index(), named) == named
