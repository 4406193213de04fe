"""Parts: what of a plan can be tried alone, or left out when the year is played again.

In the common district that is an edge case. In a small one it is an edge case, or what happens to
the district as a whole, by its words in `Incident`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from harness.plan.faults import FAULT_DAYS
from harness.plan.plan import COMMON, NEIGHBOUR, Day, PlacedIncident, Plan
from harness.recording.recording import BisectOutcome, BisectResult


def parts_of(plan: Plan, district: str, until: str) -> list[str]:
    """The edge cases of a district, and what happens to it up to a day."""
    played = plan.days[district][: plan.days[district].index(until) + 1]
    cases = [case for case in plan.edge_cases if plan.home(case) == district]
    return [*cases, *(one.what for one in _incidents(plan, district) if one.day in played)]


def trial(plan: Plan, parts: Collection[str], until: str, district: str = COMMON) -> Plan:
    """The plan of one district alone, up to a day and with these parts only."""
    before: Sequence[str] = plan.days[district][: plan.days[district].index(until)]
    if district == COMMON and until != Day.RECOVERY:
        # Faults take real time, and have no part in any other breakdown.
        before = [day for day in before if day not in FAULT_DAYS]
    return _narrowed(
        plan,
        [case for case in plan.edge_cases if case in parts],
        [one for one in _incidents(plan, district) if one.what in parts],
        {COMMON: (), NEIGHBOUR: (), district: (*before, until)},
    )


def without(plan: Plan, found: BisectResult) -> Plan:
    """The plan of a year without the culprits, or without the district that is one itself."""
    gone = {*found.edge_cases, *found.incidents}
    days = dict(plan.days)
    if found.result == BisectOutcome.DISTRICT:
        gone.update(parts_of(plan, found.district, plan.days[found.district][-1]))
        days[found.district] = ()
    left_out = [one for one in _incidents(plan, found.district) if one.what in gone]
    return _narrowed(
        plan,
        [case for case in plan.edge_cases if case not in gone],
        [one for one in plan.incidents if one not in left_out],
        days,
    )


def _incidents(plan: Plan, district: str) -> list[PlacedIncident]:
    return [one for one in plan.incidents if one.district == district]


def _narrowed(
    plan: Plan,
    cases: Sequence[str],
    incidents: Sequence[PlacedIncident],
    days: Mapping[str, tuple[str, ...]],
) -> Plan:
    played = {case: {Day.BEFORE, *days.get(plan.home(case), ())} for case in cases}
    return replace(
        plan,
        scenarios=tuple(
            row for row in plan.scenarios if not row.edge_case or row.edge_case in played
        ),
        days=days,
        changes=tuple(one for one in plan.changes if one.day in played.get(one.edge_case, ())),
        acts=tuple(one for one in plan.acts if one.day in played.get(one.edge_case, ())),
        incidents=tuple(incidents),
        edge_cases=tuple(cases),
    )
