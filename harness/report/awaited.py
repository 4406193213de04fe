"""Awaited: what an app could not have yet, since no sync completed after Clever changed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.assess.findings import Finding
from harness.assess.results import DayResult, DayState, HistoryEntry, RecordHistory


class Awaited:
    """Of each run of days of a record: whether a difference to Clever is no fault of the app."""

    def __init__(self, days: Iterable[DayResult] = (), findings: Iterable[Finding] = ()) -> None:
        self._syncs = {(day.district, day.day): day.state for day in days}
        self._days: dict[str, list[str]] = {}
        for district, day in self._syncs:
            self._days.setdefault(district, []).append(day)
        self._accused = {(one.district, one.clever_id, one.day) for one in findings}

    def is_awaited(self, record: RecordHistory, entry: HistoryEntry) -> bool:
        """Whether no sync completed in this run of days, and no finding of one is about the record.

        An app that loses records in a sync that fails has a finding for each of them.
        """
        run = self._run(record, entry)
        synced = any(self._syncs[record.district, day] is DayState.COMPLETED for day in run)
        return bool(run) and not synced and not self.is_accused(record, entry)

    def is_accused(self, record: RecordHistory, entry: HistoryEntry) -> bool:
        """Whether a finding of these days is about the record."""
        return any(
            (record.district, record.clever_id, day) in self._accused
            for day in self._run(record, entry)
        )

    def _run(self, record: RecordHistory, entry: HistoryEntry) -> Sequence[str]:
        days = self._days.get(record.district, [])
        if entry.day not in days or entry.until not in days:
            return ()
        return days[days.index(entry.day) : days.index(entry.until) + 1]
