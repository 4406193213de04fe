"""Isolation: which edge cases make a sync break down that Clever serves well.

Each attempt plays the days up to the breakdown in a fresh small district with some of the edge
cases, and asks whether it happens again: first with none (twice), then with all, then with those
the app's own words or the first missing record point to, then by delta debugging. Who is found has
to break it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.plan.plan import COMMON, NEIGHBOUR, Day, Plan
from harness.plan.trouble import TROUBLE
from harness.recording.recording import Entry, Isolated, Published
from harness.replay.damage import Damage, first_damage
from harness.replay.shrinking import BudgetSpentError, smallest

BUDGET = 150
"""Syncs a search may ask for."""
CONFIRMATIONS = 2
"""How often those who were found have to break it once more."""

Attempt = Callable[[Plan, str], Sequence[Entry]]
"""Plays a plan in a fresh small district under a salt; the entries of that trip."""


@dataclass(slots=True, kw_only=True)
class Isolation:
    """One search. `attempt` plays a plan in a small district of its own."""

    plan: Plan
    damage: Damage
    attempt: Attempt
    salt: str
    told: Callable[[str], None]
    """Says what is being tried."""
    budget: int = BUDGET
    spent: int = 0
    _known: dict[frozenset[str], bool] = field(default_factory=dict)
    _unanswered: int = 0

    def search(self, suspects: Sequence[str]) -> Isolated:
        """What makes it happen; `suspects` are tried on their own before all others."""
        everyone = [case for case in self.plan.edge_cases if self.plan.home(case) == COMMON]
        try:
            alone = [self._breaks([], again=number) for number in range(2)]
            if all(alone):
                return self._found("background")
            if self._unanswered > 1:
                return self._found("no answer")
            if any(alone) or not self._breaks(everyone):
                return self._found("does not repeat")
            start = everyone
            likely = [case for case in suspects if case in everyone]
            if likely and self._breaks(likely):
                start = likely
        except BudgetSpentError:
            return self._found("not narrowed", everyone)
        found = smallest(start, self._breaks)
        if self.spent >= self.budget and len(found) > 1:
            return self._found("not narrowed", found)
        if not self._confirmed(found):
            return self._found("does not repeat")
        return self._found("culprit" if len(found) == 1 else "together", found)

    def _confirmed(self, cases: Sequence[str]) -> bool:
        """Nobody is accused who only happened to be there, as far as the budget reaches."""
        try:
            return all(self._breaks(cases, again=number) for number in range(1, 1 + CONFIRMATIONS))
        except BudgetSpentError:
            return True

    def _breaks(self, cases: Sequence[str], again: int = 0) -> bool:
        """Whether it happens with these edge cases and no others; raises BudgetSpentError."""
        key = frozenset(cases)
        if key in self._known and not again:
            return self._known[key]
        part = with_cases(self.plan, key, until=self.damage.day)
        if self.spent + part.syncs > self.budget:
            self.spent = self.budget
            raise BudgetSpentError
        self.spent += part.syncs
        self.told(f"{len(key)} of {len(self.plan.edge_cases)} edge cases")
        damage = first_damage(self.attempt(part, f"{self.salt}-{self.spent}"))
        self._unanswered += damage is not None and damage.unanswered
        # On another day it is another breakdown, or chance.
        self._known[key] = damage is not None and damage.day == self.damage.day
        return self._known[key]

    def _found(self, result: str, cases: Sequence[str] = ()) -> Isolated:
        return Isolated(
            district=COMMON,
            day=self.damage.day,
            what=self.damage.what,
            result=result,
            edge_cases=tuple(sorted(cases)),
            syncs=self.spent,
        )


def with_cases(plan: Plan, cases: frozenset[str], until: str = "") -> Plan:
    """The plan of some edge cases only, in the common district only when `until` names a day."""
    days: Mapping[str, tuple[str, ...]] = plan.days
    if until:
        played = plan.days[COMMON]
        before = played[: played.index(until)]
        if until != Day.RECOVERY:  # trouble takes real time, and no part in any other breakdown
            before = tuple(day for day in before if day not in TROUBLE)
        days = {COMMON: (*before, until), NEIGHBOUR: ()}
    kept = {Day.BEFORE, *days[COMMON]}
    return Plan(
        scenarios=tuple(
            row for row in plan.scenarios if not row.edge_case or row.edge_case in cases
        ),
        days=days,
        changes=tuple(c for c in plan.changes if c.edge_case in cases and c.day in kept),
        acts=tuple(a for a in plan.acts if a.edge_case in cases and a.day in kept),
        happenings=() if until else plan.happenings,
        edge_cases=tuple(case for case in plan.edge_cases if case in cases),
        selected=plan.selected,
    )


def suspects(entries: Sequence[Entry], damage: Damage) -> list[str]:
    """The edge cases whose people the app's own words name, or whose records are gone first."""
    published = [e for e in entries if isinstance(e, Published) and e.district == COMMON]
    today = [entry for entry in published if entry.day == damage.day]
    if not today:
        return []
    found: list[str] = []
    for case, members in today[0].cast.items():
        for clever_id in members.values():
            user = today[0].roster.users.get(clever_id)
            words = [clever_id]
            if user is not None:
                words += [user.get("email") or "", user["name"].get("first", "")]
            if clever_id in damage.missing[:1] or any(
                len(word) > 4 and word in damage.said for word in words
            ):
                found.append(case)
                break
    return found
