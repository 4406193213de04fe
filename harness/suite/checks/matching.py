"""Matching: whether people find the accounts they had before Clever, and nobody another's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import ACCOUNT, Finding, FindingKind
from harness.assess.kinds import NOUNS
from harness.assess.matching import MatchResult, MatchState, match_result
from harness.assess.recording_index import RecordingIndex
from harness.contract.declarations import NONE
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.plan.plan import OldAccount
from harness.prose import joined
from harness.recording.recording import AccountCreated
from harness.suite.checks.history import shown
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import short

_UNDECLARED = (
    "Whether accounts are matched by e-mail address, number or both is not declared; declare "
    "`{key}`, or describe your strategy in an attestation."
)
_BY = {
    OldAccount.EMAIL: "e-mail address",
    OldAccount.CAPITALS: "e-mail address in other capitals",
    OldAccount.NUMBER: "student number",
    OldAccount.FORMER_ID: "former Clever ID",
}


def matched(index: RecordingIndex, acts: Iterable[AccountCreated]) -> Observation:
    """Each account is that of the person it belongs to, as far as the vendor matches by that."""
    observation = Observation()
    for result in (match_result(index, act) for act in acts):
        name = short(result.person.name)
        match result.state:
            case MatchState.MATCHED:
                observation.examined += 1
            case MatchState.TAKEN:
                observation.examined += 1
                observation.findings.append(_taken(index, result))
            case MatchState.GONE:
                observation.examined += 1
                words = (
                    f"The account {name} had before Clever is gone after the sync {on(result.day)}."
                )
                observation.findings.append(_finding(result, FindingKind.LOST, words, "absent"))
            case MatchState.APART:
                apart = _apart(index, result)
                observation.add(apart)
                observation.decides_nothing |= apart.decides_nothing
            case MatchState.UNKNOWN:
                observation.manual = (
                    f"Whether {name} has the account of before cannot be told from the snapshot; "
                    "describe your strategy in an attestation."
                )
    return observation


def not_taken(index: RecordingIndex, acts: Iterable[AccountCreated]) -> Observation:
    """Nobody Clever shares has one of these accounts, which are other people's."""
    observation = Observation()
    for result in (match_result(index, act) for act in acts):
        if result.state is MatchState.UNKNOWN:
            observation.manual = "The snapshot does not show accounts that Clever knows nothing of."
            continue
        observation.examined += 1
        if result.holders:
            observation.findings.append(_taken(index, result))
    return observation


def only_theirs(index: RecordingIndex, acts: Iterable[AccountCreated]) -> Observation:
    """Accounts that fit somebody else as well are the person's own, or nobody's.

    Who goes by address alone cannot see that a number is somebody else's, and says so.
    """
    observation = Observation()
    for result in (match_result(index, act) for act in acts):
        role = _role(index, result)
        declared = _declared(index, role)
        if result.act.kind is OldAccount.MIXED and not {"email", "number"} <= set(declared or ()):
            if declared is None:
                observation.manual = _UNDECLARED.format(key=_key(role))
            else:
                how = f"by {joined(declared)}, not by e-mail address and number"
                whose = NOUNS[ROLE_KEYS[role]]
                observation.not_applicable = f"The vendor declares that {whose} are matched {how}."
            continue
        if result.state is MatchState.UNKNOWN:
            observation.manual = "The snapshot does not show accounts that Clever knows nothing of."
            continue
        observation.examined += 1
        if result.holders - {result.person.clever_id}:
            observation.findings.append(_taken(index, result))
    return observation


def work_kept(index: RecordingIndex, acts: Iterable[AccountCreated]) -> Observation:
    """Who has the account of before has the work done in it.

    Where it is open whether they have it, so is what became of the work.
    """
    observation = Observation()
    observation.leave_out(index.expectations.declared("progress"))
    for act in acts:
        result = match_result(index, act)
        name = short(result.person.name)
        if result.state is not MatchState.MATCHED:
            account = matched(index, [act])
            observation.add(replace(account, findings=[], needs=account.findings, examined=0))
        elif result.work is None:
            observation.needs += shown(index, index.lessons).findings
            if not observation.needs:
                observation.manual = (
                    f"The snapshot shows no work in the account {name} had before Clever; say in "
                    "an attestation what becomes of such work."
                )
        else:
            observation.saw(("progress",))
            if not result.work:
                words = f"{name} has the account of before, your app lost the work done in it."
                observation.findings.append(
                    _finding(result, FindingKind.WORK_LOST, words, "without the work")
                )
    return observation


def _apart(index: RecordingIndex, result: MatchResult) -> Observation:
    """An account that was not found again: right or wrong by what the vendor declares."""
    if reason := _nobody_yet(index, result):
        observation = Observation(decides_nothing=True)
        observation.leave_out(reason)
        return observation
    name, role = short(result.person.name), _role(index, result)
    by = _BY[result.act.kind]
    declared = _declared(index, role)
    if declared is None:
        return Observation(
            manual=f"{name}'s account of before was not found again by {by}; declare "
            f"`{_key(role)}`, or describe your strategy in an attestation."
        )
    key = OldAccount.EMAIL if result.act.kind is OldAccount.CAPITALS else result.act.kind
    if key not in declared:
        how = f"by {joined(declared)}, not by {by}"
        if NONE in declared:
            how = "to no account from before Clever"
        whose = NOUNS[ROLE_KEYS[role]]
        return Observation(not_applicable=f"The vendor declares that {whose} are matched {how}.")
    words = f"{name} had an account with the same {by}, your app made a second one."
    return Observation(
        examined=1, findings=[_finding(result, FindingKind.DUPLICATE, words, "two accounts")]
    )


def _nobody_yet(index: RecordingIndex, result: MatchResult) -> str:
    """The declaration by which no sync brings the person, who is not there: nobody to match yet."""
    place, clever_id = (result.act.district, result.day), result.person.clever_id
    if index.holdings(*place, "sync").all_of(Kind.USERS, clever_id):
        return ""
    return index.expectations.left_out(Kind.USERS, clever_id, index.roster(*place))


def _key(role: str) -> str:
    """The declaration about people of this role; for all employees and contacts it is one."""
    return "matching-students" if role == "student" else "matching-teachers"


def _declared(index: RecordingIndex, role: str) -> tuple[str, ...] | None:
    """By what the vendor declares that people of this role are matched, if it declares that."""
    return index.profile.declares.get(_key(role))


def _role(index: RecordingIndex, result: MatchResult) -> str:
    user = index.roster(result.act.district, result.day).users[result.person.clever_id]
    return str(next(iter(user["roles"])))


def _taken(index: RecordingIndex, result: MatchResult) -> Finding:
    other = next(iter(sorted(result.holders - {result.person.clever_id})), result.person.clever_id)
    whose = {
        OldAccount.NAME: "a namesake's account",
        OldAccount.ROLE: "a teacher's account",
    }.get(result.act.kind, f"the account of {short(result.person.name)}")
    words = f"Your app gave {whose} from before Clever to {short(index.name(other))}."
    return _finding(result, FindingKind.MERGED, words, f"with {index.name(other)}")


def _finding(result: MatchResult, finding_kind: FindingKind, words: str, found: str) -> Finding:
    return about(
        result.person,
        result.act.district,
        result.day,
        finding_kind,
        words,
        field=f"{ACCOUNT}{result.act.kind}",
        expected="the account of before" if result.own else "an account of their own",
        found=found,
    )
