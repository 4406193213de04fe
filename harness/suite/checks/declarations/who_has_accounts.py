"""Who has accounts: whether those who need none by declaration are really left without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.expectations import ROLES
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.account_rules import RULES, AccountRule, rule_key
from harness.contract.profile import HOLDABLE
from harness.district.data_model.records import Kind, roles_of
from harness.plan.day_names import on
from harness.plan.plan import COMMON
from harness.prose import counted, joined
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import sentence, short

_WITHOUT = {
    AccountRule.AT_LOGIN: "who never logged in",
    AccountRule.WITH_CLASS: "without a class",
    AccountRule.WITH_EMAIL: "without an address",
}


def accounts_as_declared(index: RecordingIndex) -> Observation:
    """Nobody whom a rule of [profile.accounts] leaves without an account has one.

    Whoever had a class or an address on an earlier day, or an account before Clever, may keep it.
    """
    observation = Observation()
    for holder, rules in index.profile.accounts.items():
        for rule in rules:
            free = _needs_no_account(index, ROLES[holder], rule)
            observation.examined += len(free)
            observation.findings += _accounts_of(index, holder, rule, free)
    at_login = [HOLDABLE[key] for key in index.profile.accounts if index.profile.at_login(key)]
    if at_login:
        observation.manual = (
            f"The accounts of {joined(at_login)} are made at their first login, and nobody logs in "
            "during a rehearsal. Say in an attestation by what they are found again, and what "
            "becomes of them when the person leaves."
        )
    if not observation.examined:
        observation.not_applicable = (
            "The vendor declares nothing about who has accounts under [profile.accounts]."
            if not index.profile.accounts
            else "The vendor declares who has accounts; nobody in this year is left without."
        )
    return observation


def _needs_no_account(index: RecordingIndex, role: str, rule: AccountRule) -> dict[str, str]:
    """Clever ID → the first day on which a rule left a person without an account.

    Of those only who have no other role, and whom it did not allow one on any day before.
    """
    before = {
        clever_id
        for act in index.accounts
        for clever_id in index.published(act.district, index.days_of(COMMON)[0])
        .cast.get(act.edge_case, {})
        .values()
    }
    free: dict[str, str] = {}
    allowed: set[str] = set()
    for day in index.days_of(COMMON):
        roster = index.roster(COMMON, day)
        for clever_id, user in roster.users.items():
            other = clever_id in before or set(roles_of(user)) != {role}
            if other or index.expectations.may_have_one(rule, user, roster):
                allowed.add(clever_id)
            elif clever_id not in allowed:
                free.setdefault(clever_id, day)
    return free


def _accounts_of(
    index: RecordingIndex, holder: str, rule: AccountRule, free: dict[str, str]
) -> Iterator[Finding]:
    """That some of these have an account all the same, on the first day that shows it."""
    for day in dict.fromkeys(free.values()):
        active = index.holdings(COMMON, day, "sync").active_ids[Kind.USERS]
        held = [i for i, first in free.items() if first == day and i in active]
        if held:
            yield _contradiction(index, holder, rule, day, held)
            return


def _contradiction(
    index: RecordingIndex, holder: str, rule: AccountRule, day: str, held: Sequence[str]
) -> Finding:
    words = (
        f"You declare that {HOLDABLE[holder]} {RULES[rule]}; {on(day)} {len(held)} "
        f"{_WITHOUT[rule]} have one, as {short(index.name(held[0]), 24)}."
    )
    return Finding(
        check="",
        day=day,
        district=COMMON,
        finding_kind=FindingKind.DECLARED,
        kind="",
        clever_id="",
        name=rule_key(holder, rule),
        sentence=sentence(words),
        field="accounts",
        expected="no account",
        found=counted(len(held), "account"),
    )
