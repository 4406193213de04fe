"""The school year as it was played: one line for every sync of every district."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.assess.results import DayResult, DayState
from harness.assess.traffic_stats import retried
from harness.plan.plan import COMMON, DAYS, Plan


def timeline(index: RecordingIndex, plan: Plan) -> tuple[DayResult, ...]:
    """Every planned sync in the order of the year; those that were not reached say so."""
    homes = plan.homes()
    cases = {
        district: {case for case in plan.edge_cases if homes.get(case, COMMON) == district}
        for district in plan.days
    }
    return tuple(
        _day(index, plan, cases[district], district, day)
        for day in DAYS
        for district, days in plan.days.items()
        if day in days
    )


def _day(
    index: RecordingIndex, plan: Plan, ours: Collection[str], district: str, day: str
) -> DayResult:
    changes, acts = plan.on(day)
    requests = index.traffic.asked(district, day)
    try:
        synced = index.synced(district, day)
        state, reason = DayState(synced.final.state), synced.final.reason
        seconds = synced.seconds
        approved = synced.approved is not None
        before_approval = DayState(synced.sync.state) if approved else None
    except NotReachedError as missing:
        state, reason, seconds = DayState.NOT_REACHED, str(missing), 0.0
        before_approval = None
    return DayResult(
        district=district,
        day=day,
        changes=tuple(
            dict.fromkeys(change.change for change in changes if change.edge_case in ours)
        ),
        acts=tuple(f"{act.person} {act.act}" for act in acts if act.edge_case in ours),
        state=state,
        reason=reason,
        requests=len(requests),
        records_read=sum(request.records for request in requests),
        seconds=seconds,
        before_approval=before_approval,
        held=_held(index, district, day),
        shared=_shared(index, district, day),
        hit=sum(bool(request.fault) for request in requests),
        repeated=retried(requests),
        largest_page=max((request.records for request in requests), default=0),
    )


def _held(index: RecordingIndex, district: str, day: str) -> Mapping[str, int]:
    try:
        active = index.holdings(district, day).active_ids
    except NotReachedError:
        return {}
    return {str(kind): len(ids) for kind, ids in active.items()}


def _shared(index: RecordingIndex, district: str, day: str) -> Mapping[str, int]:
    try:
        roster = index.roster(district, day)
    except NotReachedError:
        return {}
    return dict(Counter({str(kind): len(roster.of(kind)) for kind in KINDS}))
