"""The search: which edge cases, or incidents of a small district, break a sync Clever serves well.

Each attempt plays the days up to the breakdown in a fresh small district with some of its parts,
and asks whether it happens again: first with none (twice), then with none in a district as large as
the one that broke down, then with all parts, then with those the app's own words or the first
missing record point to, then by delta debugging. What is found has to break it again, and an
ordinary district of the same size must not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from harness.contract.profile import Profile
from harness.district.data_model.roster import Roster
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS, Size
from harness.plan.plan import COMMON, Plan
from harness.recording.recording import (
    BisectOutcome,
    BisectResult,
    Entry,
    Published,
    RunInterrupted,
)
from harness.replay.bisect.ddmin import BudgetSpentError, smallest
from harness.replay.bisect.last_request import broke_at, last_request
from harness.replay.bisect.same_size import as_large_as, records_of, rosters_of
from harness.replay.bisect.subplans import parts_of, trial
from harness.replay.breakdown import Breakdown, breakdowns, first_breakdown

BUDGET = 150
"""Syncs a search may ask for."""
CONFIRMATIONS = 2
"""How often those who were found have to break it once more."""

MOST_CULPRITS = 3
"""Where more are needed to break it, it is not about them."""


class Attempt(Protocol):
    """Plays a plan in a fresh district under a salt; the entries of that attempt."""

    def __call__(self, plan: Plan, salt: str, size: Size, /) -> Sequence[Entry]: ...


@dataclass(slots=True, kw_only=True)
class BisectSearch:
    """One search. `attempt` plays a plan in a district of its own."""

    plan: Plan
    breakdown: Breakdown
    attempt: Attempt
    salt: str
    report: Callable[[str], None]
    """Says what is being tried."""
    profile: Profile = field(default_factory=Profile)
    rosters: Sequence[Roster] = ()
    """What the district shared in the year, day by day up to the breakdown."""
    size: Size = FIVE_SMALL_SCHOOLS
    """Of the common district in each attempt but the controls."""
    budget: int = BUDGET
    spent: int = 0
    _known: dict[frozenset[str], bool] = field(default_factory=dict)
    _unanswered: int = 0
    _parts: int = 0
    _broken: Sequence[Entry] = ()
    """The entries of the last attempt in which it happened."""
    _ordinary: Sequence[Entry] = ()
    """Those of the last attempt with no parts."""

    def search(self, suspects: Sequence[str]) -> BisectResult:
        """What makes it happen; `suspects` are tried on their own before all others."""
        everything = parts_of(self.plan, self.breakdown.district, self.breakdown.day)
        self._parts = len(everything)
        try:
            if result := self._without_parts():
                return result
            if not self._breaks(everything):
                return self._result(BisectOutcome.DOES_NOT_REPEAT)
            start = everything
            likely = [part for part in suspects if part in everything]
            if likely and self._breaks(likely):
                start = likely
        except BudgetSpentError:
            return self._result(BisectOutcome.NOT_NARROWED, everything)
        return self._named(smallest(start, self._breaks))

    def _without_parts(self) -> BisectResult | None:
        """What makes it happen if no edge case or incident is needed; raises BudgetSpentError."""
        common = self.breakdown.district == COMMON
        if not common and self.breakdown.unanswered and self._is_gone():
            return self._result(BisectOutcome.NO_ANSWER)
        alone, first_days = [], []
        for number in range(2):
            alone.append(self._breaks([], again=number))
            first_days.append(self._breaks_at_once(self._ordinary))
        if all(first_days) and self._cannot_any_more():
            return self._result(BisectOutcome.NO_ANSWER)
        if all(alone):
            return self._result(BisectOutcome.BACKGROUND if common else BisectOutcome.DISTRICT)
        if self._unanswered > 1:
            return self._result(BisectOutcome.NO_ANSWER)
        if any(alone):
            return self._result(BisectOutcome.DOES_NOT_REPEAT)
        return self._by_size(self.rosters) if common else None

    def _named(self, parts: Sequence[str]) -> BisectResult:
        """The result for what a search came down to."""
        if len(parts) > MOST_CULPRITS or (self.spent >= self.budget and len(parts) > 1):
            return self._result(BisectOutcome.NOT_NARROWED, parts)
        try:
            for number in range(1, 1 + CONFIRMATIONS):
                if not self._breaks(parts, again=number):
                    return self._result(BisectOutcome.DOES_NOT_REPEAT)
            # Nobody is accused who only made a district one page longer.
            if size := self._by_size(self._rosters_in(self._broken)):
                return size
        except BudgetSpentError:
            pass  # as far as the budget reached, nobody is accused who only happened to be there
        outcome = BisectOutcome.CULPRIT if len(parts) == 1 else BisectOutcome.TOGETHER
        return self._result(outcome, parts)

    def _by_size(self, rosters: Sequence[Roster]) -> BisectResult | None:
        """The result if a district as large as these, and without any part, breaks it as well.

        It has to happen twice, and not in a smaller one between; raises BudgetSpentError.
        """
        size = as_large_as(self.size, rosters)
        if self.breakdown.district != COMMON or size == replace(self.size, complete=True):
            return None
        first = self._control(size)
        day = self._day_of(first)
        if day not in (self.breakdown.day, self._first_day) or self._breaks([], again=1):
            return None
        good, again = self._ordinary, self._control(size)
        if self._day_of(again) != day:
            return None
        asked = [last_request(entries, COMMON, day) for entries in (first, again, good)]
        request = broke_at(*asked)
        shared = self._rosters_in(again)
        return replace(
            self._result(BisectOutcome.REQUEST if request else BisectOutcome.SIZE),
            request=request,
            records=records_of(shared[-1]) if shared else {},
        )

    def _control(self, size: Size) -> Sequence[Entry]:
        self.report("an ordinary district of the same size")
        return self._played(trial(self.plan, (), self.breakdown.day), size)

    def _day_of(self, entries: Sequence[Entry]) -> str:
        """The day on which an ordinary district broke down, or ""."""
        broken = first_breakdown(entries, self.plan, self.profile)
        return broken.day if broken else ""

    def _rosters_in(self, entries: Sequence[Entry]) -> list[Roster]:
        return rosters_of(entries, self.breakdown.district, self.breakdown.day)

    @property
    def _first_day(self) -> str:
        return next(iter(self.plan.days[COMMON]), "")

    def _breaks_at_once(self, entries: Sequence[Entry]) -> bool:
        """Whether the first sync of a fresh district broke down, as it did not in the year."""
        district = self.breakdown.district
        first = next(iter(self.plan.days[district]), "")
        broken = first_breakdown(entries, self.plan, self.profile)
        began_well = (district, first) != (COMMON, self.breakdown.day)
        return began_well and broken is not None and broken.day == first

    def _cannot_any_more(self) -> bool:
        """Whether an ordinary district fails at once as well, twice in a row."""
        for _ in range(2):
            entries = self._played(trial(self.plan, (), self._first_day))
            broken = next(
                (b for b in breakdowns(entries, self.plan, self.profile) if b.district == COMMON),
                None,
            )
            if broken is None and not self._unanswered_in(entries):
                return False
        return True

    def _is_gone(self) -> bool:
        """Whether the app cannot be asked of an ordinary district any more either."""
        first = self._first_day
        return bool(first) and self._unanswered_in(self._played(trial(self.plan, (), first)))

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
        if self._known[key]:
            self._broken = entries
        if not key:
            self._ordinary = entries
        return self._known[key]

    def _played(self, plan: Plan, size: Size | None = None) -> Sequence[Entry]:
        """The entries of an attempt; raises BudgetSpentError."""
        if self.spent + plan.syncs > self.budget:
            self.spent = self.budget
            raise BudgetSpentError
        self.spent += plan.syncs
        return self.attempt(plan, f"{self.salt}-{self.spent}", size or self.size)

    @staticmethod
    def _unanswered_in(entries: Sequence[Entry]) -> bool:
        return any(
            isinstance(entry, RunInterrupted) and entry.fault == "adapter" for entry in entries
        )

    def _result(self, result: BisectOutcome, parts: Sequence[str] = ()) -> BisectResult:
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
    edge_cases: list[str] = []
    for case, members in today[0].cast.items():
        for clever_id in members.values():
            user = today[0].roster.users.get(clever_id)
            words = [clever_id]
            if user is not None:
                words += [user.get("email") or "", user["name"].get("first", "")]
            if clever_id in breakdown.missing[:1] or any(
                len(word) > 4 and word in breakdown.app_log for word in words
            ):
                edge_cases.append(case)
                break
    return edge_cases


def placed_on(plan: Plan, breakdown: Breakdown) -> list[str]:
    """What a small district has on the day, which is little enough to be tried first."""
    if breakdown.district == COMMON:
        return []
    changes, _ = plan.on(breakdown.day)
    incident = plan.incident(breakdown.district, breakdown.day)
    return [*(change.edge_case for change in changes), *filter(None, [incident])]
