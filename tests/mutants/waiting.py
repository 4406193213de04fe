"""Apps that declare that they wait before they archive, and do it wrongly."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace
from datetime import date

from variants.waiting import ArchivesAfterAWeek, ArchivesAfterTwoAbsences

from harness.demo.adapter import DemoAdapter
from harness.demo.mutants.keeping import NewAccountOnReturn
from harness.demo.profile import PROFILE
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row, Store
from harness.demo.sync import Ids


@mutant(
    "claims-to-wait",
    sees="who is missing from Clever for a night is locked out the next morning",
    mistake="declares that it waits for a second absence, and archives at the first",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class ClaimsToWait(DemoAdapter):
    """The job that waits was never turned on."""

    profile = replace(PROFILE, archiving=ArchivesAfterTwoAbsences.profile.archiving)


@mutant(
    "waits-for-classes-for-ever",
    sees="cancelled classes stay in the list for good",
    mistake="counts the absences of people, and of nothing else, so classes are never archived",
    cause="keeps-active",
    breaks={"R6"},
    blocks={"R8"},
)
class WaitsForClassesForEver(ArchivesAfterTwoAbsences):
    """The column that counts absences is in the table of users alone."""

    class district_sync(ArchivesAfterTwoAbsences.district_sync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            missing = super().gone(table, district, ids, roster)
            return missing if table in ("users", "schools") else set()


@mutant(
    "waits-for-people-for-ever",
    sees="who left keeps the account for good",
    mistake="counts the absences of classes and what belongs to them, and never those of people",
    cause="keeps-active",
    breaks={"R6"},
    blocks={"R8"},
)
class WaitsForPeopleForEver(ArchivesAfterTwoAbsences):
    """Accounts have no column that counts absences."""

    class district_sync(ArchivesAfterTwoAbsences.district_sync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            missing = super().gone(table, district, ids, roster)
            return set() if table == "users" else missing


@mutant(
    "forgets-nobody-who-was-missing",
    sees="who was missing once and came back is locked out",
    mistake="puts who is missing on a list, and archives all on it at the next sync, back or not",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R5", "R8", "R9", "G2", "G4", "G6", "T7"},
)
class ForgetsNobodyWhoWasMissing(ArchivesAfterTwoAbsences):
    """Nobody is ever taken off the list again."""

    class district_sync(ArchivesAfterTwoAbsences.district_sync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            active = self.store.active(table, district)
            listed = {row for of, row in self.absences if of == table}
            for row in active - set(ids.values()):
                self.absences[table, row].append(self.day)
            return listed & active


@mutant(
    "new-account-after-the-wait",
    sees="who comes back after a long absence finds an empty account",
    mistake="waits before it archives as it declares, and creates archived users anew on return",
    cause="new-record-for-known",
    breaks={"R1", "R6"},
    blocks={"R8"},
)
class NewAccountAfterTheWait(ArchivesAfterTwoAbsences):
    """The archive is out of the way of the sync."""

    store = NewAccountOnReturn.store


@mutant(
    "restores-students-alone-after-the-wait",
    sees="teachers, parents and classes that come back after a long absence stay closed",
    mistake="waits before it archives as it declares, and then restores no one but students",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R8", "R9"},
)
class RestoresStudentsAloneAfterTheWait(ArchivesAfterTwoAbsences):
    """Whoever was away so long does not come back, students excepted."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            query = "SELECT count(*) FROM roles WHERE user_id = ? AND role = 'student'"
            if table == "users" and self.value(query, known):
                super().update(table, known, row)
            else:
                self.write(table, known, row)


@mutant(
    "archives-after-three-days",
    sees="who is ill for half a week is locked out",
    mistake="declares that it waits for a week, and archives after three days",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class ArchivesAfterThreeDays(ArchivesAfterAWeek):
    """The setting of the test system went live."""

    class district_sync(ArchivesAfterAWeek.district_sync):
        def overdue(self, days: list[str]) -> bool:
            return (date.fromisoformat(self.day) - date.fromisoformat(days[0])).days >= 3


@mutant(
    "counts-from-the-first-absence",
    sees="who was away once is locked out on the first day of the next absence",
    mistake="counts the days since a record was missing first, although it was there in between",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class CountsFromTheFirstAbsence(ArchivesAfterAWeek):
    """The column `missing_since` is set once and never emptied."""

    class district_sync(ArchivesAfterAWeek.district_sync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            known = {key: [*days] for key, days in self.absences.items()}
            due = super().gone(table, district, ids, roster)
            for key, days in known.items():
                self.absences[key] = days
            missing = self.store.active(table, district) - set(ids.values())
            for row in missing:
                if not self.absences[table, row]:
                    self.absences[table, row].append(self.day)
            return due | {row for row in missing if self.overdue(self.absences[table, row])}


@mutant(
    "subtracts-days-of-the-month",
    sees="who left at the end of a month keeps the account",
    mistake="subtracts the day of the month from that of the first absence, and forgets the month",
    cause="keeps-active",
    breaks={"R6"},
    blocks={"R8"},
)
class SubtractsDaysOfTheMonth(ArchivesAfterAWeek):
    """`today.day - missing_since.day`."""

    class district_sync(ArchivesAfterAWeek.district_sync):
        def overdue(self, days: list[str]) -> bool:
            return date.fromisoformat(self.day).day - date.fromisoformat(days[0]).day >= 7
