"""What follows from looking records up by a value is no cause of its own."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice

from rehearsing import recorded

from harness.assess.causes.consequences import without_consequences
from harness.assess.causes.likely_cause import LikelyCause
from harness.assess.causes.lookups import explained_by_value
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


def test_who_shares_an_address_may_have_the_name_of_the_other() -> None:
    users = index().roster(COMMON, Day.FIRST_SHARE).users
    addresses = {i: str(user["email"]) for i, user in users.items() if user.get("email")}
    number = Counter(addresses.values())
    several = next(i for i, address in addresses.items() if number[address] > 1)
    alone = next(i for i, address in addresses.items() if number[address] == 1)

    assert explained_by_value(index(), "email", [found(FindingKind.FIELD, Kind.USERS, several)])
    assert not explained_by_value(index(), "email", [found(FindingKind.FIELD, Kind.USERS, alone)])
