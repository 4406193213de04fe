"""Lost anyway: what an app loses on fault days as on others, so that no fault is behind it.

A loss is a matter of the fault if an answer of that sync never arrived, or if nothing of its sort
is lost on days on which Clever answers well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from harness.assess.edited import edited_records
from harness.assess.findings import Finding
from harness.assess.lists_read import delivers, target
from harness.assess.recording_index import RecordingIndex
from harness.assess.traffic_index import ACCOUNTS
from harness.plan.plan import READABLE
from harness.suite.checks.every_day.days import calm_days
from harness.suite.checks.observation import Observation

Losses = Callable[[RecordingIndex, str, str, str], Observation]
"""What a district has lost since an earlier day, or in one sync, without it."""
Sort = tuple[str, bool]
"""A kind of record, and whether it lost a tie instead of going out of use."""


def read_in_full(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether whatever the app asked for in a sync arrived, if only when asked for again."""
    if not index.deliveries_known:
        return False
    asked = [r for r in index.traffic.asked(district, day) if not ACCOUNTS.search(r.path)]
    arrived = {target(request) for request in asked if delivers(request)}
    return bool(asked) and all(target(request) in arrived for request in asked)


def without_lost_anyway(
    index: RecordingIndex, district: str, since: str, day: str, losses: Losses
) -> Observation:
    """What `losses` finds, less what syncs that read everything lose on days without faults, too.

    Those are what it needs: the checks about every day accuse of them.
    """
    observation = losses(index, district, since, day)
    readable = index.incident(district, day) in READABLE
    # How many go out of use when a whole district changes is a matter of its own; ties are none.
    may_be = [f for f in observation.findings if not readable or _sort(f)[1]]
    anyway = [f for f in may_be if _is_lost_anyway(index, f, since, day, losses)]
    if not anyway:
        return observation
    own = [finding for finding in observation.findings if finding not in anyway]
    examined = observation.examined - len(anyway)
    needs = [*observation.needs, *anyway]
    return replace(observation, findings=own, examined=examined, needs=needs)


def _is_lost_anyway(
    index: RecordingIndex, finding: Finding, since: str, day: str, losses: Losses
) -> bool:
    lost_on = _lost_on(index, finding, since, day, losses) if since else day
    return read_in_full(index, finding.district, lost_on) and _sort(finding) in _sorts_lost(
        index, losses
    )


def _lost_on(index: RecordingIndex, finding: Finding, since: str, day: str, losses: Losses) -> str:
    """The first day whose sync shows the loss."""
    district = finding.district
    between = [d for d in index.before(district, day) if d in index.after(district, since)]
    return next(
        (d for d in between if finding.clever_id in _lost(index, since, d, losses, district)), day
    )


def _lost(
    index: RecordingIndex, since: str, day: str, losses: Losses, district: str
) -> frozenset[str]:
    """Whose losses since an earlier day show on a day."""

    def look() -> frozenset[str]:
        return frozenset(
            finding.clever_id for finding in losses(index, district, since, day).findings
        )

    return index.cached(("lost since", district, since, day), look)


def _sorts_lost(index: RecordingIndex, losses: Losses) -> frozenset[Sort]:
    """What the app loses on days on which Clever answers well, and did before."""

    def look() -> frozenset[Sort]:
        return frozenset(
            _sort(finding)
            for district in index.districts
            for calm in calm_days(index, district)
            if not calm.after_faults and index.before(district, calm.day)
            for finding in losses(index, district, "", calm.day).findings
            if finding.clever_id not in edited_records(index, district)
        )

    return index.cached("sorts lost on calm days", look)


def _sort(finding: Finding) -> Sort:
    return finding.kind, finding.found.startswith("without ")
