"""Breakdown results: what broke a sync or the app in each attempt, and what the app said then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from harness.assess.results import BreakdownResult
from harness.recording.recording import (
    BisectResult,
    Recording,
    Restarted,
    RunInterrupted,
    Synced,
)

RESTARTED, DEAD, STOPPED = "restarted", "dead", "stopped"
_UNEXPLAINED = (RESTARTED, DEAD, STOPPED)
MOST_SAID = 2_000
"""Characters of what an app said that are kept: the end says what broke."""

_Place = tuple[str, str]


def breakdown_results(recording: Recording) -> tuple[BreakdownResult, ...]:
    """Every breakdown of a rehearsal, in the order in which they happened."""
    year = _Year()
    for entry in recording.entries:
        match entry:
            case BisectResult():
                year.explain(entry)
            case Synced(district=district, day=day):
                year.begin()
                year.app_logs[district, day] = entry.final.log or entry.final.reason
            case Restarted():
                year.begin()
                year.note(entry, DEAD if entry.failed else RESTARTED)
            case RunInterrupted():
                year.begin()
                year.note(entry, STOPPED)
    return tuple(year.breakdowns)


@dataclass(slots=True)
class _Year:
    """The attempts as they are read; nothing of it outlives the reading."""

    breakdowns: list[BreakdownResult] = field(default_factory=list)
    app_logs: dict[_Place, str] = field(default_factory=dict)
    attempt: int = 1
    over: bool = False
    """Whether another attempt follows the searches that are being read."""

    def begin(self) -> None:
        """Another attempt begins if the last one is over; it shows again what is unexplained."""
        if self.over:
            self.breakdowns = [row for row in self.breakdowns if row.behind not in _UNEXPLAINED]
            self.attempt, self.over, self.app_logs = self.attempt + 1, False, {}

    def note(self, entry: Restarted | RunInterrupted, behind: str) -> None:
        """The app died or could not be read."""
        before = self.app_logs.get((entry.district, entry.day), "")
        self.app_logs[entry.district, entry.day] = f"{before}\n{entry.message}"
        what = entry.problem if isinstance(entry, RunInterrupted) else ""
        self.breakdowns.append(
            self._breakdown(entry.district, entry.day, what or entry.message, behind)
        )

    def explain(self, result: BisectResult) -> None:
        """What a search came to takes the place of what it explains."""
        place = result.district, result.day
        self.breakdowns = [row for row in self.breakdowns if not self._is(row, place)]
        self.breakdowns.append(
            replace(
                self._breakdown(*place, result.what, str(result.result)),
                culprits=(*result.edge_cases, *result.incidents),
                request=result.request,
                syncs=result.syncs,
                again=result.again,
            )
        )
        self.over = self.over or result.again

    def _is(self, row: BreakdownResult, place: _Place) -> bool:
        return row.attempt == self.attempt and (row.district, row.day) == place

    def _breakdown(self, district: str, day: str, what: str, behind: str) -> BreakdownResult:
        app_log = self.app_logs.get((district, day), "").strip()[-MOST_SAID:]
        return BreakdownResult(
            attempt=self.attempt, district=district, day=day, what=what, behind=behind, said=app_log
        )
