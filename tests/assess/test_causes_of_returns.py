"""What is particular about who was away before, and about ids that are given a second time."""

from __future__ import annotations

from dataclasses import replace

from simulator import town
from suite.year_of_trouble import HEADER, all_of, day

from harness.assess.causes.handed_over import ids_given_again
from harness.assess.causes.time import keeps_active
from harness.assess.causes.vendor import declared
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.archiving import Archiving
from harness.contract.snapshot import Snapshot, Status
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day
from harness.recording.recording import Recording

WHOLE = town.roster()
FEWER = replace(WHOLE, users={i: user for i, user in WHOLE.users.items() if i != town.LEO})
DAYS = (Day.FIRST_SHARE, Day.MIDYEAR, Day.DEPARTURES, Day.RETURNS)


def finding(kind: FindingKind, field: str = "") -> Finding:
    return Finding(
        check="",
        day=Day.RETURNS,
        district=COMMON,
        finding_kind=kind,
        kind=Kind.USERS,
        clever_id=town.LEO,
        name="Leo",
        sentence="Something is wrong with Leo.",
        field=field,
        expected="this",
        found="that",
    )


def year(*there: bool, last: Snapshot | None = None) -> RecordingIndex:
    """A year in which Leo is shared on some days, of an app that waits; what it held at last."""
    archiving = Archiving(after_absences=2)
    entries = [
        entry
        for name, is_there in zip(DAYS, there, strict=True)
        for entry in day(
            name,
            shared=WHOLE if is_there else FEWER,
            held=last if name == Day.RETURNS else None,
        )
    ]
    profile = replace(HEADER.profile, archiving=archiving)
    header = replace(HEADER, profile=profile)
    recording = Recording(header=header, entries=tuple(entries), ended="completed", seconds=1.0)
    return RecordingIndex(recording)


def test_who_is_archived_too_early_only_when_away_again_is_counted_on() -> None:
    early = [finding(FindingKind.DECLARED, "archiving")]

    (again,) = declared(year(True, False, True, False), early)
    (first,) = declared(year(True, True, True, False), early)

    assert again.sentence.endswith("(Leo): your app goes on counting from an earlier absence.")
    assert again.remedy.startswith("Start to count anew when Clever shares a record again.")
    assert first.sentence == "The rehearsal contradicts your declarations: archiving."


def test_who_waits_for_longer_than_declared_is_not_told_to_declare_it() -> None:
    (cause,) = keeps_active(year(True, True, True, False), [finding(FindingKind.NOT_ARCHIVED)])

    assert "declare how long" not in cause.remedy
    assert "is declared to archive after 2 absences" in cause.remedy


def test_an_id_that_its_owner_still_has_was_given_again() -> None:
    """If the account had gone to somebody else, its owner would have no record with it."""
    held = all_of(WHOLE)
    owner = next(row for row in held.users if row.clever_id == town.LEO)
    others = [row for row in held.users if row.clever_id not in (town.LEO, town.MAYA)]
    heir = replace(owner, clever_id=town.MAYA, first_name="Maya")
    passed = [finding(FindingKind.NEW_ACCOUNT)]
    still = replace(held, users=(*others, heir, replace(owner, status=Status.ARCHIVED)))
    gone = replace(held, users=(*others, heir))
    linked = replace(held, users=(*others, heir, replace(owner, first_name="Maya")))

    (cause,) = ids_given_again(year(True, True, True, False, last=still), passed)

    assert cause.id == "ids-given-again"
    for otherwise in (gone, linked):
        assert not list(ids_given_again(year(True, True, True, False, last=otherwise), passed))
