"""The search: which edge cases, or incidents of a small district, break a sync Clever serves well.

Each attempt plays the days up to the breakdown in a fresh small district with some of its parts,
and asks whether it happens again: first with none (twice), then with all, then with those the app's
own words or the first missing record point to, then by delta debugging. What is found has to break
it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.contract.profile import Profile
from harness.plan.plan import COMMON, Plan
from harness.recording.recording import (
    BisectOutcome,
    BisectResult,
    Entry,
    Published,
    RunInterrupted,
)
from harness.replay.bisect.ddmin import BudgetSpentError, smallest
from harness.replay.bisect.subplans import parts_of, trial
from harness.replay.breakdown import Breakdown, first_breakdown

BUDGET = 150
"""Syncs a search may ask for."""
CONFIRMATIONS = 2
"""How often those who were found have to break it once more."""

Attempt = Callable[[Plan, str], Sequence[Entry]]
"""Plays a plan in a fresh small district under a salt; the entries of that attempt."""


@dataclass(slots=True, kw_only=True)
class BisectSearch:
    """One search. `attempt` plays a plan in a small district of its own."""

    plan: Plan
    breakdown: Breakdown
    attempt: Attempt
    salt: str
    report: Callable[[str], None]
    """Says what is being tried."""
    profile: Profile = field(default_factory=Profile)
    budget: int = BUDGET
    spent: int = 0
    _known: dict[frozenset[str], bool] = field(default_factory=dict)
    _unanswered: int = 0
    _parts: int = 0

    def search(self, suspects: Sequence[str]) -> BisectResult:
        """What makes it happen; `suspects` are tried on their own before all others."""
        district = self.breakdown.district
        everything = parts_of(self.plan, district, self.breakdown.day)
        self._parts = len(everything)
        try:
            if district != COMMON and self.breakdown.unanswered and self._is_gone():
                return self._found(BisectOutcome.NO_ANSWER)
            alone = [self._breaks([], again=number) for number in range(2)]
            if all(alone):
                return self._found(
                    BisectOutcome.BACKGROUND if district == COMMON else BisectOutcome.DISTRICT
                )
            if self._unanswered > 1:
                return self._found(BisectOutcome.NO_ANSWER)
            if any(alone) or not self._breaks(everything):
                return self._found(BisectOutcome.DOES_NOT_REPEAT)
            start = everything
            likely = [part for part in suspects if part in everything]
            if likely and self._breaks(likely):
                start = likely
        except BudgetSpentError:
            return self._found(BisectOutcome.NOT_NARROWED, everything)
        found = smallest(start, self._breaks)
        if self.spent >= self.budget and len(found) > 1:
            return self._found(BisectOutcome.NOT_NARROWED, found)
        if not self._confirmed(found):
            return self._found(BisectOutcome.DOES_NOT_REPEAT)
        return self._found(
            BisectOutcome.CULPRIT if len(found) == 1 else BisectOutcome.TOGETHER, found
        )

    def _is_gone(self) -> bool:
        """Whether the app cannot be asked of an ordinary district any more either."""
        first = next(iter(self.plan.days[COMMON]), "")
        return bool(first) and self._unanswered_in(self._played(trial(self.plan, (), first)))

    def _confirmed(self, cases: Sequence[str]) -> bool:
        """Nobody is accused who only happened to be there, as far as the budget reaches."""
        try:
            return all(self._breaks(cases, again=number) for number in range(1, 1 + CONFIRMATIONS))
        except BudgetSpentError:
            return True

    def _breaks(self, parts: Sequence[str], again: int = 0) -> bool:
        """Whether it happens with these parts and no others; raises BudgetSpentError."""
        key = frozenset(parts)
        if key in self._known and not again:
            return self._known[key]
        plan = trial(self.plan, key, self.breakdown.day, self.breakdown.district)
        self.report(f"{len(key)} of {self._parts} edge cases and incidents")
        entries = self._played(plan)
        self._unanswered += self._unanswered_in(entries)
        breakdown = first_breakdown(entries, plan, self.profile)
        # On another day it is another breakdown, or chance.
        self._known[key] = breakdown is not None and breakdown.day == self.breakdown.day
        return self._known[key]

    def _played(self, plan: Plan) -> Sequence[Entry]:
        """The entries of an attempt; raises BudgetSpentError."""
        if self.spent + plan.syncs > self.budget:
            self.spent = self.budget
            raise BudgetSpentError
        self.spent += plan.syncs
        return self.attempt(plan, f"{self.salt}-{self.spent}")

    @staticmethod
    def _unanswered_in(entries: Sequence[Entry]) -> bool:
        return any(
            isinstance(entry, RunInterrupted) and entry.fault == "adapter" for entry in entries
        )

    def _found(self, result: BisectOutcome, parts: Sequence[str] = ()) -> BisectResult:
        cases = set(self.plan.edge_cases)
        return BisectResult(
            district=self.breakdown.district,
            day=self.breakdown.day,
            what=self.breakdown.what,
            result=result,
            edge_cases=tuple(sorted(cases & set(parts))),
            incidents=tuple(part for part in parts if part not in cases),
            syncs=self.spent,
        )


def suspects(entries: Sequence[Entry], breakdown: Breakdown) -> list[str]:
    """The edge cases whose people the app's own words name, or whose records are gone first."""
    published = [
        e for e in entries if isinstance(e, Published) and e.district == breakdown.district
    ]
    today = [entry for entry in published if entry.day == breakdown.day]
    if not today:
        return []
    found: list[str] = []
    for case, members in today[0].cast.items():
        for clever_id in members.values():
            user = today[0].roster.users.get(clever_id)
            words = [clever_id]
            if user is not None:
                words += [user.get("email") or "", user["name"].get("first", "")]
            if clever_id in breakdown.missing[:1] or any(
                len(word) > 4 and word in breakdown.said for word in words
            ):
                found.append(case)
                break
    return found


def placed_on(plan: Plan, breakdown: Breakdown) -> list[str]:
    """What a small district has on the day, which is little enough to be tried first."""
    if breakdown.district == COMMON:
        return []
    changes, _ = plan.on(breakdown.day)
    incident = plan.incident(breakdown.district, breakdown.day)
    return [*(one.edge_case for one in changes), *filter(None, [incident])]
