"""Accounts from before of people whom no sync brings are matched at a login, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulator import town
from suite.year_of_trouble import HEADER, all_of, day, less

from harness.assess.recording_index import RecordingIndex
from harness.contract.account_rules import AccountRule
from harness.contract.profile import Profile
from harness.contract.snapshot import LocalRecord, Snapshot, Work
from harness.plan.plan import COMMON, Day, OldAccount
from harness.recording.recording import AccountCreated, Published, Recording, SnapshotTaken
from harness.suite.checks.matching import matched, work_kept
from harness.suite.checks.observation import Observation

WHOLE = all_of(town.roster())
CASE, NAME, OLD = "account-from-before-by-former-id", "Dr Wouters", "old-1"
ACT = AccountCreated(
    district=COMMON,
    day=Day.BEFORE,
    edge_case=CASE,
    person=NAME,
    act="has an account",
    kind=OldAccount.FORMER_ID,
    lesson="One",
    app_id=OLD,
)
AT_LOGIN = Profile(
    accounts={"district_admins": (AccountRule.AT_LOGIN,)},
    declares={"matching-teachers": ("email", "number", "former-id")},
)
NONE_HELD = replace(AT_LOGIN, accounts={}, not_held={"district_admins": "They have no work here."})


def after_first_sync(held: Snapshot, profile: Profile) -> RecordingIndex:
    """What became of an administrator's account from before, which is still nobody's."""
    own = (LocalRecord(app_id=OLD, name="Kim"),)
    old = {"local_users": own, "progress": (Work(account=OLD, lesson="One"),)}
    published, synced, looked = day(Day.FIRST_SHARE, held=replace(held, **old))  # type: ignore[arg-type]
    assert isinstance(published, Published)
    before = SnapshotTaken(
        district=COMMON,
        day=Day.BEFORE,
        after="act",
        snapshot=Snapshot(**old),  # type: ignore[arg-type]
    )
    shared = replace(published, cast={CASE: {NAME: town.ADMIN}})
    return RecordingIndex(
        Recording(
            header=replace(HEADER, profile=profile),
            entries=(ACT, before, shared, synced, looked),
            ended="completed",
            seconds=1.0,
        )
    )


def both(index: RecordingIndex) -> tuple[Observation, Observation]:
    return matched(index, [ACT]), work_kept(index, [ACT])


@pytest.mark.parametrize("profile", [AT_LOGIN, NONE_HELD])
def test_who_is_not_there_by_declaration_has_no_second_account(profile: Profile) -> None:
    for observation in both(after_first_sync(less(WHOLE, town.ADMIN), profile)):
        assert not observation.reasons
        assert observation.not_applicable.startswith("The vendor declares that ")


@pytest.mark.parametrize("profile", [AT_LOGIN, replace(AT_LOGIN, accounts={})])
def test_who_is_there_beside_the_account_of_before_has_two(profile: Profile) -> None:
    (finding,) = matched(after_first_sync(WHOLE, profile), [ACT]).findings

    assert finding.found == "two accounts"
