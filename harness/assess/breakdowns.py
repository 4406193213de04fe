"""Breakdowns: what earlier attempts at the year broke down on, and what was left out for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.contract.sync import SyncState
from harness.recording.recording import (
    BisectOutcome,
    BisectResult,
    Entry,
    Recording,
    Restarted,
    Synced,
)


@dataclass(frozen=True, slots=True)
class Death:
    """An app that could not be asked any more and had to be started again."""

    moment: str
    """`before`, `during` or `after` the sync of the day."""
    words: str
    """The last ones."""
    for_good: bool
    """Whether it could not be started again."""


def death(entry: Restarted, known: Synced | None, *, snapshot_taken: bool) -> Death:
    """When an app died, by the sync of that day if it had ended, and by a snapshot after it."""
    moment, words = "after", entry.message
    if known is None:
        moment = "during" if entry.during in ("sync", "approve") else "before"
    elif not snapshot_taken and known.final.state in (SyncState.FAILED, SyncState.TIMED_OUT):
        moment, words = "during", known.final.reason
    return Death(moment, words, bool(entry.failed))


class Breakdowns:
    """The attempts of a recording, and what each later one was made without."""

    def __init__(self, recording: Recording) -> None:
        self._plan = recording.header.plan
        self.bisect_results = [
            entry for entry in recording.entries if isinstance(entry, BisectResult)
        ]
        self.last_attempt: Sequence[Entry] = _last_attempt(recording)

    def culprit(self, edge_case: str) -> BisectResult | None:
        """The breakdown this edge case is behind, or was left out with."""
        rows = [row for row in self._plan.scenarios if row.edge_case == edge_case]
        placed = [incident for row in rows for incident in row.incidents]
        for result in self._followed:
            happens = {incident.what for incident in placed if incident.district == result.district}
            if edge_case in result.edge_cases or not happens.isdisjoint(result.incidents):
                return result
        return self.left_out(self._plan.home(edge_case))

    def left_out(self, district: str, incident: str = "") -> BisectResult | None:
        """The breakdown for which the last attempt was made without a district, or an incident."""
        for result in self._followed:
            whole = result.result == BisectOutcome.DISTRICT
            what = incident in result.incidents if incident else whole
            if result.district == district and what:
                return result
        return None

    @property
    def _followed(self) -> Iterator[BisectResult]:
        """Those that another attempt followed."""
        return (result for result in self.bisect_results if result.again)


def _last_attempt(recording: Recording) -> Sequence[Entry]:
    attempt: list[Entry] = []
    ended = False
    for entry in recording.entries:
        if isinstance(entry, BisectResult):
            ended = ended or entry.again
            continue
        if ended:
            attempt, ended = [], False
        attempt.append(entry)
    return [] if ended else attempt
