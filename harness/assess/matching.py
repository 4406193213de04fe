"""Matching: what became of the accounts that were there before Clever was connected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from harness.assess.expectations import ROLE_KEYS
from harness.assess.kinds import NOUNS
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind
from harness.plan.plan import Day, OldAccount
from harness.prose import capitalized, joined
from harness.recording.recording import AccountCreated

_WORDS = {
    OldAccount.EMAIL: "the e-mail address",
    OldAccount.CAPITALS: "the e-mail address",
    OldAccount.NUMBER: "the student number",
    OldAccount.FORMER_ID: "the former Clever ID",
}
"""Accounts of people whom Clever shares, by what they can be known by."""


class MatchState(StrEnum):
    """What became of an account, seen after the first sync that could match it."""

    MATCHED = "matched"  # it is the account of the person it could be taken for
    APART = "apart"  # it is still there, and nobody's whom Clever shares
    TAKEN = "taken"  # somebody else has it, or its work
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    """One account from before, and what became of it."""

    act: AccountCreated
    person: RecordRef
    """Whom it could be taken for."""
    state: MatchState
    day: str
    """The day of the first sync with which Clever shares the person."""
    holders: frozenset[str]
    """Clever ids of those who have the account or its work."""
    work: bool | None
    """Whether its work is still where the account is; None when none was seen before."""

    @property
    def own(self) -> bool:
        """Whether the account is that person's, rather than a namesake's."""
        return self.act.kind in _WORDS


def match_result(index: RecordingIndex, act: AccountCreated) -> MatchResult:
    """What became of an account; raises NotReachedError when no first sync was recorded."""
    first = next(iter(index.days_of(act.district)), str(Day.FIRST_SHARE))
    person = index.cast(act.district, first, act.edge_case, act.person)
    day = _first_shared(index, act.district, person) or first
    before = index.holdings(act.district, Day.BEFORE)
    now = index.holdings(act.district, day, "sync")
    worked = act.lesson in before.lessons and bool(act.lesson)
    owners = now.lessons.get(act.lesson, frozenset())
    holders = _holders(now.snapshot.users, act) | {o for o in owners if o in now.rows(Kind.USERS)}
    still_held = act.app_id in {row.app_id for row in now.snapshot.local_users}
    if holders:
        state = MatchState.MATCHED if holders == {person.clever_id} else MatchState.TAKEN
    elif still_held or act.app_id in owners:
        state = MatchState.APART
    else:
        shown = act.app_id in {row.app_id for row in before.snapshot.local_users}
        state = MatchState.GONE if shown and worked else MatchState.UNKNOWN
    kept = bool(owners & (holders | {act.app_id}))
    return MatchResult(
        act=act,
        person=person,
        state=state,
        day=day,
        holders=frozenset(holders),
        work=kept if worked else None,
    )


def _first_shared(index: RecordingIndex, district: str, person: RecordRef) -> str:
    days = index.days_of(district)
    return next((day for day in days if index.record(district, day, person)), "")


def _holders(users: tuple[HeldUser, ...], act: AccountCreated) -> set[str]:
    return {row.clever_id for row in users if act.app_id and row.app_id == act.app_id}


_STRANGERS = {
    OldAccount.NAME: "the same name alone is never enough",
    OldAccount.ROLE: "no student gets a teacher's account with the same number",
    OldAccount.SHARED: "an account that fits several people stays apart",
}


def matching_words(index: RecordingIndex) -> str:
    """Our draft of how people find their accounts of before; "" when nothing was seen of it."""
    try:
        results = [match_result(index, act) for act in index.accounts if not act.refused]
    except NotReachedError:
        return ""
    own = [result for result in results if result.own and result.state is not MatchState.UNKNOWN]
    if not own:
        return ""
    by_role: dict[str, dict[str, None]] = {}
    for result in own:
        if result.state is MatchState.MATCHED:
            by = by_role.setdefault(NOUNS[ROLE_KEYS[_role(index, result)]], {})
            by[_WORDS[OldAccount(result.act.kind)]] = None
    if not by_role:
        return (
            "No. Accounts from before Clever are left as they are; everyone Clever shares starts "
            "with an account of their own."
        )
    whose_by_way: dict[str, list[str]] = {}
    for whose, by in by_role.items():
        whose_by_way.setdefault(joined(list(by), "or"), []).append(whose)
    ways = [f"{joined(whose)} if {way} is the same" for way, whose in whose_by_way.items()]
    ways[0] = ways[0].replace(" if ", " keep the account they had before Clever if ", 1)
    taken = any(r.state is MatchState.TAKEN and _could_tell(index, r) for r in results)
    sentences = [f"{'In part' if taken else 'Yes'}. {capitalized('; '.join(ways))}."]
    matched = [result for result in own if result.state is MatchState.MATCHED]
    if any(result.work for result in matched) and all(
        result.work is not False for result in matched
    ):
        sentences.append("The work done in it stays.")
    others = {OldAccount(r.act.kind) for r in results if not r.own and r.state is MatchState.APART}
    sentences += _untried(index, own)
    if strangers := [words for what, words in _STRANGERS.items() if what in others]:
        sentences.append(f"{capitalized(joined(strangers))}.")
    return " ".join(sentences)


def _could_tell(index: RecordingIndex, result: MatchResult) -> bool:
    """Whether an app can see whose an account is: one that goes by address alone sees no number."""
    whose = "students" if _role(index, result) == "student" else "teachers"
    by = index.profile.declares.get(f"matching-{whose}", ())
    return result.act.kind is not OldAccount.MIXED or {"email", "number"} <= {*by}


def _untried(index: RecordingIndex, results: Iterable[MatchResult]) -> Iterator[str]:
    """What a profile declares people to be matched by, and nobody was seen with.

    Only of those whom the sync brings, and matches by something else.
    """
    results = list(results)
    for whose in ("students", "teachers"):
        role = whose.removesuffix("s")
        of_role = [result for result in results if _role(index, result) == role]
        if whose in index.profile.not_held or all(
            result.state is not MatchState.MATCHED for result in of_role
        ):
            continue
        tried = {OldAccount(result.act.kind) for result in of_role}
        declared = index.profile.declares.get(f"matching-{whose}", ())
        left = [words for what, words in _WORDS.items() if what in declared and what not in tried]
        if left:
            by = joined(left, "or").replace("student", role)
            yield f"{capitalized(whose)} are also matched by {by}, which our rehearsal did not try."


def _role(index: RecordingIndex, result: MatchResult) -> str:
    user = index.roster(result.act.district, result.day).users[result.person.clever_id]
    return str(next(iter(user["roles"])))
