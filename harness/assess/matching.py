"""Matching: what became of the accounts that were there before Clever was connected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind
from harness.plan.plan import Day, OldAccount
from harness.recording.recording import AccountCreated


class MatchState(StrEnum):
    """What became of an account, seen after the first sync."""

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
    """The day of the first sync."""
    holders: frozenset[str]
    """Clever ids of those who have the account or its work."""
    work: bool | None
    """Whether its work is still where the account is; None when none was seen before."""

    @property
    def own(self) -> bool:
        """Whether the account is that person's, rather than a namesake's."""
        return self.act.kind in (OldAccount.EMAIL, OldAccount.NUMBER)


def match_result(index: RecordingIndex, act: AccountCreated) -> MatchResult:
    """What became of an account; raises NotReachedError when no first sync was recorded."""
    day = next(iter(index.days_of(act.district)), str(Day.FIRST_SHARE))
    person = index.cast(act.district, day, act.edge_case, act.person)
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


def _holders(users: tuple[HeldUser, ...], act: AccountCreated) -> set[str]:
    return {row.clever_id for row in users if act.app_id and row.app_id == act.app_id}


_WORDS = {OldAccount.EMAIL: "e-mail address", OldAccount.NUMBER: "student number"}


def matching_words(index: RecordingIndex) -> str:
    """Our draft of how people find their accounts of before; "" when nothing was seen of it."""
    try:
        results = [match_result(index, act) for act in index.accounts if not act.refused]
    except NotReachedError:
        return ""
    own = [result for result in results if result.own and result.state is not MatchState.UNKNOWN]
    if not own:
        return ""
    matched = dict.fromkeys(
        _WORDS[result.act.kind] for result in own if result.state is MatchState.MATCHED
    )
    if not matched:
        return (
            "No. Accounts from before Clever are left as they are; everyone Clever shares starts "
            "with an account of their own."
        )
    return (
        f"Yes. Whoever had an account before Clever keeps it when the {' or the '.join(matched)} "
        "is the same, with all work done in it. A name alone is never enough, and nobody gets the "
        "account of somebody else."
    )
