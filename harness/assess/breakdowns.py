"""Breakdowns: what earlier attempts at the year broke down on, and what was left out for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.recording.attempt_salt import attempt_salt
from harness.recording.recording import (
    BisectOutcome,
    BisectResult,
    Entry,
    Recording,
)


class Breakdowns:
    """The attempts of a recording, and what each later one was made without."""

    def __init__(self, recording: Recording) -> None:
        self._plan = recording.header.plan
        self.bisect_results = [
            entry for entry in recording.entries if isinstance(entry, BisectResult)
        ]
        self.last_attempt: Sequence[Entry]
        self.last_attempt, number = _last_attempt(recording)
        self.last_salt = attempt_salt(recording.header.salt, number)
        """The salt of the districts of the last attempt."""

    def culprit(self, edge_case: str) -> BisectResult | None:
        """The breakdown this edge case is behind, or was left out with."""
        if not self.bisect_results:
            return None
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


def _last_attempt(recording: Recording) -> tuple[Sequence[Entry], int]:
    """What the last attempt recorded, and which it is, from 1 on."""
    attempt: list[Entry] = []
    ended, number = False, 1
    for entry in recording.entries:
        if isinstance(entry, BisectResult):
            ended = ended or entry.again
            continue
        if ended:
            attempt, ended, number = [], False, number + 1
        attempt.append(entry)
    return ([], number + 1) if ended else (attempt, number)
