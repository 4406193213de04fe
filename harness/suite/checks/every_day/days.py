"""Days: which days of a district are calm, so that the app can be expected to be up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.assess.findings import Finding
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.plan.faults import faults_of_day
from harness.plan.plan import OUTAGES, Incident
from harness.suite.checks.events_read import events_read
from harness.suite.checks.syncs import completed
from harness.suite.checks.traffic import of_its_district, on_demand

_CALM = ("", Incident.ROTATED)


@dataclass(frozen=True, slots=True)
class CalmDay:
    """A day on which Clever answered well and nothing happened to the whole district."""

    district: str
    day: str
    after_faults: bool
    """Whether Clever failed between the calm day before and this one."""


def calm_days(index: RecordingIndex, district: str) -> Iterator[CalmDay]:
    """The calm days of a district on which the app synced with it, in order."""
    after_faults = False
    for day in index.days_of(district):
        incident = index.incident(district, day)
        if _faulty(index, district, day) or incident not in _CALM:
            after_faults = after_faults or _faulty(index, district, day) or incident in OUTAGES
            continue
        if _snapshot_is_complete(index, district, day) and not hindered(index, district, day):
            yield CalmDay(district, day, after_faults)
            after_faults = False


def _faulty(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether Clever answered with faults, as it does on fault days."""
    return bool(index.published(district, day).faults or faults_of_day(district, day))


def hindered(index: RecordingIndex, district: str, day: str) -> list[Finding]:
    """Why the sync of a day cannot have brought the app up to date: it failed, or read nothing."""
    if index.of_an_export:
        return []
    return [
        *completed(index, district, (day,)).findings,
        *on_demand(index, district, (day,)).findings,
        *of_its_district(index, district, (day,)).findings,
        *events_read(index, district, (day,)).findings,
    ]


def _snapshot_is_complete(index: RecordingIndex, district: str, day: str) -> bool:
    try:
        index.synced(district, day)
        return index.holdings(district, day, "sync").snapshot.complete
    except NotReachedError:
        return False
