"""Users whom the app holds without any role show nothing about schools."""

from __future__ import annotations

from dataclasses import replace

from simulator import town
from suite.year_of_trouble import all_of, day, index

from harness.assess.check_result import Outcome
from harness.assess.findings import FindingKind
from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON
from harness.suite.checks import user_values
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation
from harness.suite.roll_up import outcome_of

WHOLE = all_of(town.roster())


def schools(held: Snapshot) -> Observation:
    mirror = Mirror(index(*day("first-share", held=held)), COMMON, "first-share")
    return user_values.schools(mirror, mirror.roster.users)


def without_roles(held: Snapshot) -> Snapshot:
    return replace(held, users=tuple(replace(user, roles=()) for user in held.users))


def test_users_with_their_roles_have_their_schools() -> None:
    assert outcome_of(schools(WHOLE)) is Outcome.PASS


def test_that_nobody_has_a_role_is_no_proof_of_schools_and_a_matter_of_roles() -> None:
    observation = schools(without_roles(WHOLE))

    assert outcome_of(observation) is Outcome.BLOCKED
    assert {need.finding_kind for need in observation.needs} == {FindingKind.ROLE}


def test_one_user_without_a_role_keeps_nobody_else_from_being_judged() -> None:
    [first, *others] = [u for u in WHOLE.users if u.roles and u.roles[0].role == "student"]
    held = replace(WHOLE, users=tuple(u for u in WHOLE.users if u is not first))
    some = replace(held, users=(*held.users, replace(first, roles=())))

    assert others
    assert outcome_of(schools(some)) is Outcome.PASS
