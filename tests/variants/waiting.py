"""Apps that wait before they archive, each as it declares."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import replace
from datetime import date

from harness.contract.archiving import Archiving
from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter
from harness.demo.profile import PROFILE
from harness.demo.registry import variant
from harness.demo.roster import Roster
from harness.demo.sync import DistrictSync, Ids

Absences = defaultdict[tuple[str, int], list[str]]
"""Table and row → the days of the syncs in a row that it was missing from."""


class WaitingSync(DistrictSync, ABC):
    """Remembers who is missing, and archives them when it is time."""

    absences: Absences
    day: str

    def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
        for row in ids.values():
            self.absences.pop((table, row), None)
        missing = super().gone(table, district, ids, roster)
        for row in missing:
            self.absences[table, row].append(self.day)
        return {row for row in missing if self.overdue(self.absences[table, row])}

    @abstractmethod
    def overdue(self, days: list[str]) -> bool:
        """Whether it is time to archive what was missing on these days."""


class WaitingAdapter(DemoAdapter):
    """Its syncs share what they remember."""

    district_sync: type[WaitingSync]

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        remembered = vars(self).setdefault("absences", defaultdict(list))
        job = type("Job", (self.district_sync,), {"absences": remembered, "day": connection.day})
        return self.run_sync(connection, job)


@variant("archives-after-two-absences", "it archives who is missing twice in a row, as declared")
class ArchivesAfterTwoAbsences(WaitingAdapter):
    """A first absence is most often a mistake of the school office."""

    profile = replace(PROFILE, archiving=Archiving(after_absences=2))

    class district_sync(WaitingSync):
        def overdue(self, days: list[str]) -> bool:
            return len(days) >= 2


@variant("archives-after-a-week", "it archives who is missing for seven days, as declared")
class ArchivesAfterAWeek(WaitingAdapter):
    """Districts have a week to put mistakes right."""

    profile = replace(PROFILE, archiving=Archiving(after_days=7))

    class district_sync(WaitingSync):
        def overdue(self, days: list[str]) -> bool:
            return (date.fromisoformat(self.day) - date.fromisoformat(days[0])).days >= 7
