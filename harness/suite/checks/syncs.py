"""Syncs: whether each ran to its end, and what is behind those that broke down."""

from __future__ import annotations

from harness.assess.check_result import EvidenceLevel
from harness.assess.entries_by_day import Death
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.sync_effect import (
    PRUDENT,
    answered,
    applied,
    left_all_values,
    only_values_changed,
    turned_away,
)
from harness.contract.sync import APPLIED, SyncState
from harness.plan.day_names import on
from harness.plan.faults import STILL_ASKING
from harness.plan.plan import COMMON, OUTAGES, Day
from harness.prose import few, one_line
from harness.recording.recording import BisectOutcome, BisectResult
from harness.suite.checks.observation import Observation, about_sync
from harness.suite.checks.sentences import short, spoken

_STOPPED = (SyncState.HELD, SyncState.REFUSED, SyncState.FAILED)
"""How a sync may end in front of a district that looks like a mistake."""


def completed(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """The sync of each day did its work, or says it completed, and the app lived on.

    Days on which Clever was closed to the district are those of the sync that it was closed for.
    """
    observation = Observation(evidence_level=EvidenceLevel.SELF_REPORTED)
    for day in dict.fromkeys(day_to_blame(index, district, day) for day in days):
        observation.examined += 1
        if death := index.death(district, day):
            observation.findings.append(_died(district, day, death))
            continue
        ended = index.synced(district, day).final
        if status := turned_away(index.traffic.asked(district, day)):
            observation.findings.append(_turned_away(index, district, day, status))
        elif ended.state not in APPLIED and not did_its_work(index, district, day):
            words = f"{_the_sync(district, day)} {_ended(ended.state)}"
            observation.findings.append(
                about_sync(
                    district,
                    day,
                    FindingKind.SYNC,
                    f"{words}: {one_line(ended.reason, 136 - len(words))}",
                    expected="completed",
                    found=f"{ended.state}: {ended.reason}",
                )
            )
    return observation


def day_to_blame(index: RecordingIndex, district: str, day: str) -> str:
    """The day itself, or the earlier one whose sync never ended, so that Clever is closed since."""
    earlier = (*index.before(district, day), day)
    return next((each for each in earlier if _closed_on(index, district, each)), day)


def _closed_on(index: RecordingIndex, district: str, day: str) -> bool:
    return any(r.fault == STILL_ASKING for r in index.traffic.requests_hit(district, day))


def did_its_work(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a sync was answered, and what is shared was then in use, whatever it says."""
    if index.synced(district, day).final.state is SyncState.TIMED_OUT:
        return False
    if not answered(index.traffic.asked(district, day)):
        return False
    earlier = index.before(district, day)
    try:
        held = index.holdings(district, day, "sync")
    except NotReachedError:
        return False
    before = index.roster(district, earlier[-1]) if earlier else None
    waits = bool(index.expectations.waits_to_archive(district, day))
    shared = index.roster(district, day)
    return applied(index.expectations, before, shared, held, waits=waits) and not (
        before and only_values_changed(before, shared) and left_all_values(before, shared, held)
    )


def _turned_away(index: RecordingIndex, district: str, day: str, status: str) -> Finding:
    ended = index.synced(district, day).final
    ended_in = f", and says {ended.state}" if ended.state in APPLIED else ""
    words = (
        f"{_the_sync(district, day)} read nothing: Clever refused its token with {status}{ended_in}"
    )
    return about_sync(
        district,
        day,
        FindingKind.SYNC,
        f"{words}.",
        field="token",
        expected="the token that Clever lists now",
        found=f"{status} for every request for roster data; {ended.state}: {ended.reason}",
    )


def _died(district: str, day: str, death: Death) -> Finding:
    again = "could not be started" if death.for_good else "was started"
    sync = _the_sync(district, day).replace("The", "the", 1)
    moment = f"{death.moment} {sync}" if day != Day.BEFORE else "before Clever was connected"
    words = f"The app's process died {moment} and {again} again"
    return about_sync(
        district,
        day,
        FindingKind.SYNC,
        f"{words}: {one_line(death.words, max(20, 136 - len(words)))}",
        expected="completed",
        found=f"died: {death.words}",
    )


def _the_sync(district: str, day: str) -> str:
    """The sync of a day, with the district if it is a small one."""
    of = "" if district == COMMON else f" of the {district} district"
    return f"The sync{of} {on(day)}"


def excused(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a sync rightly does not complete: there is nothing to read, or a person must look."""
    incident = index.incident(district, day)
    if incident in PRUDENT:
        return index.synced(district, day).final.state in _STOPPED
    return incident in OUTAGES


def broken_down(index: RecordingIndex) -> Observation:
    """Every breakdown of an earlier attempt, with the edge cases that are behind it."""
    observation = Observation(evidence_level=EvidenceLevel.OBSERVED)
    for breakdown in index.bisect_results:
        if not breakdown.again:
            continue
        observation.examined += 1
        words = f"{_the_sync(breakdown.district, breakdown.day)} breaks down {_behind(breakdown)}"
        observation.findings.append(
            about_sync(
                breakdown.district,
                breakdown.day,
                FindingKind.SYNC,
                f"{words}: {one_line(breakdown.what, max(20, 136 - len(words)))}",
                field=few((*breakdown.edge_cases, *breakdown.incidents)) or breakdown.result,
                expected="completed",
                found=breakdown.what,
            )
        )
    return observation


def _behind(breakdown: BisectResult) -> str:
    incidents = [f"when {short(what, 50)}" for what in breakdown.incidents]
    match breakdown.result:
        case BisectOutcome.CULPRIT:
            return incidents[0] if incidents else f"on {short(breakdown.edge_cases[0], 40)}"
        case BisectOutcome.TOGETHER:
            return f"when {short(spoken((*breakdown.edge_cases, *breakdown.incidents)), 50)} meet"
        case BisectOutcome.NOT_NARROWED:
            parts = len(breakdown.edge_cases) + len(breakdown.incidents)
            return f"on some of {parts} edge cases{' and incidents' if incidents else ''}"
        case BisectOutcome.DISTRICT:
            return "with nothing special in it"
        case _:
            return "sometimes, not every time"


def _ended(state: SyncState) -> str:
    match state:
        case SyncState.HELD:
            return "was held back and nobody could approve it"
        case SyncState.TIMED_OUT:
            return "did not end in time"
        case SyncState.REFUSED:
            return "was refused"
        case _:
            return "failed"
