"""Matching: whether people find the accounts they had before Clever, and nobody another's."""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.findings import ACCOUNT, Finding, FindingKind
from harness.assess.matching import MatchResult, MatchState, match_result
from harness.assess.recording_index import RecordingIndex
from harness.contract.declarations import NONE
from harness.plan.plan import OldAccount
from harness.recording.recording import Acted
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import short

_BY = {OldAccount.EMAIL: "e-mail address", OldAccount.NUMBER: "student number"}


def matched(index: RecordingIndex, acts: Iterable[Acted]) -> Observation:
    """Each account is that of the person it belongs to, as far as the vendor matches by that."""
    observation = Observation()
    for one in (match_result(index, act) for act in acts):
        name = short(one.person.name)
        match one.state:
            case MatchState.MATCHED:
                observation.examined += 1
            case MatchState.TAKEN:
                observation.examined += 1
                observation.findings.append(_taken(index, one))
            case MatchState.GONE:
                observation.examined += 1
                words = f"The account {name} had before Clever is gone after the first sync."
                observation.findings.append(_finding(one, FindingKind.LOST, words, "absent"))
            case MatchState.APART:
                observation.add(_apart(index, one))
            case MatchState.UNKNOWN:
                observation.manual = (
                    f"Whether {name} has the account of before cannot be told from the snapshot; "
                    "describe your strategy in an attestation."
                )
    return observation


def not_taken(index: RecordingIndex, acts: Iterable[Acted]) -> Observation:
    """Nobody Clever shares has one of these accounts, which are other people's."""
    observation = Observation()
    for one in (match_result(index, act) for act in acts):
        if one.state is MatchState.UNKNOWN:
            observation.manual = "The snapshot does not show accounts that Clever knows nothing of."
            continue
        observation.examined += 1
        if one.holders:
            observation.findings.append(_taken(index, one))
    return observation


def work_kept(index: RecordingIndex, acts: Iterable[Acted]) -> Observation:
    """Who has the account of before has the work done in it."""
    observation = Observation(not_applicable=index.expectations.declared("progress"))
    for one in (match_result(index, act) for act in acts):
        if one.state is not MatchState.MATCHED or one.work is None:
            continue  # it is not theirs, which is told elsewhere, or no work was seen in it
        observation.examined += 1
        if not one.work:
            name = short(one.person.name)
            words = f"{name} has the account of before, your app lost the work done in it."
            observation.findings.append(
                _finding(one, FindingKind.WORK_LOST, words, "without the work")
            )
    return observation


def _apart(index: RecordingIndex, one: MatchResult) -> Observation:
    """An account that was not found again: right or wrong by what the vendor declares."""
    name, role = short(one.person.name), _role(index, one)
    by = _BY[OldAccount(one.act.what)]
    declared = index.profile.declares.get(f"matching-{role}s")
    if declared is None:
        return Observation(
            manual=f"{name}'s account of before was not found again by {by}; declare "
            f"`matching-{role}s`, or describe your strategy in an attestation."
        )
    if one.act.what not in declared:
        how = f"by {' and '.join(declared)}, not by {by}"
        if NONE in declared:
            how = "to no account from before Clever"
        return Observation(not_applicable=f"The vendor declares that {role}s are matched {how}.")
    words = f"{name} had an account with the same {by}, your app made a second one."
    return Observation(
        examined=1, findings=[_finding(one, FindingKind.DUPLICATE, words, "two accounts")]
    )


def _role(index: RecordingIndex, one: MatchResult) -> str:
    user = index.roster(one.act.district, one.day).users[one.person.clever_id]
    return str(next(iter(user["roles"])))


def _taken(index: RecordingIndex, one: MatchResult) -> Finding:
    other = next(iter(sorted(one.holders - {one.person.clever_id})), one.person.clever_id)
    whose = {
        OldAccount.NAME: "a namesake's account",
        OldAccount.ROLE: "a teacher's account",
    }.get(OldAccount(one.act.what), f"the account of {short(one.person.name)}")
    words = f"Your app gave {whose} from before Clever to {short(index.name(other))}."
    return _finding(one, FindingKind.MERGED, words, f"with {index.name(other)}")


def _finding(one: MatchResult, finding_kind: FindingKind, words: str, found: str) -> Finding:
    return about(
        one.person,
        one.act.district,
        one.day,
        finding_kind,
        words,
        field=f"{ACCOUNT}{one.act.what}",
        expected="the account of before" if one.own else "an account of their own",
        found=found,
    )
