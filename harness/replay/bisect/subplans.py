"""Parts: what of a plan can be tried alone, or left out when the year is played again.

In the common district that is an edge case. In a small one it is an edge case, or what happens to
the district as a whole, by its words in `Incident`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from harness.plan.faults import faults_of_day
from harness.plan.plan import COMMON, NEIGHBOUR, Day, PlacedIncident, Plan
from harness.recording.recording import BisectOutcome, BisectResult


def parts_of(plan: Plan, district: str, until: str) -> list[str]:
    """The edge cases of a district, and what happens to it up to a day."""
    played = plan.days[district][: plan.days[district].index(until) + 1]
    cases = [case for case in plan.edge_cases if plan.home(case) == district]
    return [
        *cases,
        *(incident.what for incident in _incidents(plan, district) if incident.day in played),
    ]


def trial(plan: Plan, parts: Collection[str], until: str, district: str = COMMON) -> Plan:
    """The plan of one district alone, up to a day and with these parts only."""
    before: Sequence[str] = plan.days[district][: plan.days[district].index(until)]
    if until not in (Day.RECOVERY, Day.ALL_READ):
        # Faults take real time, and have no part in any other breakdown.
        before = [day for day in before if not faults_of_day(district, day)]
    return _narrowed(
        plan,
        [case for case in plan.edge_cases if case in parts],
        [incident for incident in _incidents(plan, district) if incident.what in parts],
        {COMMON: (), NEIGHBOUR: (), district: (*before, until)},
    )


def without(plan: Plan, result: BisectResult) -> Plan:
    """The plan of a year without the culprits, or without the district that is one itself."""
    culprits = {*result.edge_cases, *result.incidents}
    days = dict(plan.days)
    if result.result == BisectOutcome.DISTRICT:
        culprits.update(parts_of(plan, result.district, plan.days[result.district][-1]))
        days[result.district] = ()
    left_out = [
        incident for incident in _incidents(plan, result.district) if incident.what in culprits
    ]
    return _narrowed(
        plan,
        [case for case in plan.edge_cases if case not in culprits],
        [incident for incident in plan.incidents if incident not in left_out],
        days,
    )


def _incidents(plan: Plan, district: str) -> list[PlacedIncident]:
    return [incident for incident in plan.incidents if incident.district == district]


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
        changes=tuple(
            change for change in plan.changes if change.day in played.get(change.edge_case, ())
        ),
        acts=tuple(act for act in plan.acts if act.day in played.get(act.edge_case, ())),
        incidents=tuple(incidents),
        edge_cases=tuple(cases),
    )
