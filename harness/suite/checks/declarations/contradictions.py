"""Contradictions: whether what the vendor says of its app is what the rehearsal saw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from harness.assess.check_result import EvidenceLevel
from harness.assess.edit_persistence import (
    is_undone_late,
    lacks_its_people,
    persistence_of,
    undone_on,
)
from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import Finding, FindingKind
from harness.assess.matching import MatchState, match_result
from harness.assess.recording_index import RecordingIndex
from harness.contract.adapter import Capability
from harness.contract.declarations import DECLARATIONS, NO, NONE, YES, said_of
from harness.contract.edit import EditPersistence
from harness.contract.snapshot import Status
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.plan.plan import COMMON, OldAccount
from harness.recording.recording import EditMade
from harness.suite.checks.declarations.answers import YES_OR_NO
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import sentence, short

_VERSION = re.compile(r"/v(\d+\.\d+)/")
_SEEN = {
    EditPersistence.PERSISTS: "it was still there after later syncs",
    EditPersistence.OVERWRITTEN: "the next sync undid it",
    EditPersistence.NOT_POSSIBLE: "nobody could do it",
}
_WITHOUT_MEMBERS = (
    "it is there without those who were put into it, by the Clever IDs that it shows as `members`"
)
"""Of a group of which an adapter shows other ids than Clever's, perhaps."""


def nothing_declared(index: RecordingIndex, key: str) -> str:
    """Why a key is not judged when the vendor makes none; "" when it makes one."""
    if key in index.profile.declares:
        return ""
    return f"The vendor declares nothing about {DECLARATIONS[key].what}."


def edit_as_declared(index: RecordingIndex, key: str, acts: Sequence[EditMade]) -> Observation:
    """What became of an edit is what the vendor declares of edits of its kind."""
    declared = index.profile.declares[key]
    if Capability.EDITS not in index.capabilities:
        return _unseen(index, key, "its adapter makes no edits, so nobody saw it")
    observation = Observation()
    for act in acts:
        became = persistence_of(index, act)
        if became is None:
            observation.not_applicable = _unseen(
                index, key, "no snapshot can show it"
            ).not_applicable
            continue
        observation.examined += 1
        if became not in declared:
            observation.findings.append(
                contradiction(
                    index,
                    key,
                    act.day,
                    _seen(index, act, became),
                    observed=became,
                    district=act.district,
                )
            )
    return observation


def _seen(index: RecordingIndex, act: EditMade, became: EditPersistence) -> str:
    if became is EditPersistence.OVERWRITTEN and is_undone_late(index, act):
        return f"a sync undid it {on(undone_on(index, act))}"
    if became is EditPersistence.NOT_POSSIBLE and lacks_its_people(index, act):
        return _WITHOUT_MEMBERS
    return _SEEN[became]


MATCHED_BY = {
    OldAccount.EMAIL: "e-mail address",
    OldAccount.NUMBER: "number",
    OldAccount.FORMER_ID: "former Clever ID",
}


def matching_as_declared(index: RecordingIndex, key: str) -> Observation:
    """People are matched to accounts from before by what the vendor declares, and by no more.

    Whether capital letters of an address keep them apart is a matter of R4. By which of the values
    they have in common the app knew them is not seen, and so not said.
    """
    role = key.removeprefix("matching-").removesuffix("s")
    if not index.expectations.holds_role(role):
        observation = Observation()
        observation.leave_out(index.expectations.declared(ROLE_KEYS[role]))
        return observation
    tried = [
        result for act in index.accounts if not act.refused for result in [match_result(index, act)]
    ]
    own = [
        result
        for result in tried
        if result.own
        and result.act.kind is not OldAccount.CAPITALS
        and result.state in (MatchState.MATCHED, MatchState.APART)
        and role
        in index.roster(result.act.district, result.day).users[result.person.clever_id]["roles"]
    ]
    if not own:
        return _unseen(index, key, "nobody was seen with an account from before")
    declared = set(index.profile.declares[key]) - {NONE}
    observation = Observation()
    for result in own:
        held = index.holdings(result.act.district, result.day)
        if held.active(Kind.USERS, result.person.clever_id) is None:
            continue  # presence: nobody is matched who is not there
        observation.examined += 1
        if (result.state is MatchState.MATCHED) != (result.act.kind in declared):
            got = "got" if result.state is MatchState.MATCHED else "did not get"
            words = f"{got} one with the same {MATCHED_BY[result.act.kind]}"
            observation.findings.append(
                contradiction(
                    index,
                    key,
                    result.day,
                    f"{result.person.name} {words}",
                    observed=words,
                )
            )
    return observation


def yes_or_no(index: RecordingIndex, key: str) -> Observation:
    """Whether the whole year shows what the vendor says, yes or no."""
    shown = YES_OR_NO[key](index)
    declared = index.profile.declares[key]
    if not (shown.examined or shown.findings):
        why = shown.not_applicable or shown.undecided
        return _unseen(index, key, "nothing in the year shows it") if why else Observation()
    observation = Observation(examined=max(1, shown.examined), evidence_level=shown.evidence_level)
    if shown.findings and YES in declared:
        first, more = shown.findings[0], len(shown.findings) - 1
        whose = f"not so for {short(first.name, 24) or 'the sync'} {on(first.day)}"
        also = f" and {more} more" if more else ""
        observation.findings.append(
            contradiction(index, key, first.day, f"{whose}{also}", observed=NO)
        )
    if not shown.findings and NO in declared:
        day = index.days_of(COMMON)[-1]
        words = f"it did, {shown.examined} times out of {shown.examined}"
        observation.findings.append(contradiction(index, key, day, words, observed=YES))
    return observation


def user_types(index: RecordingIndex, key: str) -> Observation:
    """The roles that have accounts after the first sync are those the vendor declares.

    Who is declared not to be held may get an account another way, such as at the first login.
    """
    declared = set(index.profile.declares[key])
    day = index.days_of(COMMON)[0]
    shared = {role for user in index.roster(COMMON, day).users.values() for role in user["roles"]}
    rows = index.holdings(COMMON, day).snapshot.users
    held = Counter(r.role for row in rows if row.status is Status.ACTIVE for r in row.roles)
    observation = Observation(examined=sum(held.values()))
    if not held:
        observation.leave_out(index.expectations.nobody())
        return observation
    expected = {r for r in declared & shared if index.expectations.holds_role(r) or r in held}
    for role in [role for role in DECLARATIONS[key].values if role in expected ^ set(held)]:
        noun = DECLARATIONS[key].values[role].partition(" ")[2]
        words = f"no accounts for {noun}; the app holds {held[role]}"
        if role in declared:
            words = f"accounts for {noun}; the app holds none"
        observation.findings.append(
            _finding(index, key, day, f"You declare {words}.", f"{held[role]} {noun}", role)
        )
    return observation


def api_version(index: RecordingIndex, key: str) -> Observation:
    """Roster data is asked for in the versions the vendor declares."""
    asked = Counter(
        match[1] for request in index.traffic.requests if (match := _VERSION.match(request.path))
    )
    if not asked:
        return Observation()
    declared = index.profile.declares[key]
    observation = Observation(examined=asked.total(), evidence_level=EvidenceLevel.INFERRED)
    for version in sorted({*asked, *declared}):
        if (version in declared) != (version in asked):
            words = f"{asked[version] or 'no'} requests were for {version}"
            day = index.days_of(COMMON)[0]
            observation.findings.append(contradiction(index, key, day, words, observed=words))
    return observation


def contradiction(
    index: RecordingIndex,
    key: str,
    day: str,
    words: str,
    *,
    observed: str,
    district: str = COMMON,
) -> Finding:
    """A finding that denies a declaration; `words` end the sentence."""
    declared = said_of(key, index.profile.declares[key])
    found = _finding(index, key, day, f"You declare that {declared}; {words}.", observed)
    return replace(found, district=district)


def _finding(
    index: RecordingIndex, key: str, day: str, words: str, observed: str, name: str = ""
) -> Finding:
    return Finding(
        check="",
        day=day,
        district=COMMON,
        finding_kind=FindingKind.DECLARED,
        kind="",
        clever_id="",
        name=name or key,
        sentence=sentence(words),
        field=key,
        expected=", ".join(index.profile.declares[key]),
        found=observed,
    )


def _unseen(index: RecordingIndex, key: str, why: str) -> Observation:
    declared = said_of(key, index.profile.declares[key])
    return Observation(not_applicable=f"The vendor declares that {declared}; {why}.")
