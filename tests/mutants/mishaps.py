"""Mistakes with what becomes of a whole district."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Iterator

import httpx

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.mutants.keeping import DUPLICATES_ALLOWED
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.schema import RECORDS
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids
from harness.demo.variants import HoldsMassChanges

WIPE = (
    "DELETE FROM progress WHERE user_id IN (SELECT id FROM users WHERE district_id = ?)",
    "DELETE FROM users WHERE district_id = ? AND clever_id IS NOT NULL",
)


def wipe(store: Store, district: int) -> None:
    """Deletes the people of a district, with their work."""
    for statement in WIPE:
        store.db.execute(statement, (district,))


@mutant(
    "closes-districts-without-classes",
    sees="nobody can sign in in summer",
    mistake="archives all users while no section is shared",
    cause="archives-what-is-shared",
    breaks={"R6"},
)
class ClosesDistrictsWithoutClasses(DemoAdapter):
    """A district without a single class does not use us any more."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            closed = table == "users" and not roster.sections
            return absent | set(ids.values()) if closed else absent


@mutant(
    "closes-paused-districts",
    sees="nobody can sign in while a district is paused",
    mistake="archives all users while the `state` of the district is `paused`",
    cause="archives-what-is-shared",
    breaks={"R6"},
)
class ClosesPausedDistricts(DemoAdapter):
    """A district that is paused wants nobody to work."""

    class reader(Reader):
        states = frozenset({"paused"})
        closed = False

        def records(self, kind: str) -> list[Record]:
            found = super().records(kind)
            if kind == "districts":
                self.closed = any(one.get("state") in self.states for one in found)
            return found

    class district_sync(DistrictSync):
        reader: ClosesPausedDistricts.reader

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            closed = table == "users" and self.reader.closed
            return absent | set(ids.values()) if closed else absent


@mutant(
    "closes-districts-with-an-error",
    sees="nobody can sign in while Clever cannot sync with a district",
    mistake="archives all users while the `state` of the district is `error` or `pending`",
    cause="archives-what-is-shared",
    breaks={"R5", "R6"},
    plays={"old-data"},
)
class ClosesDistrictsWithAnError(ClosesPausedDistricts):
    """A district whose state is an error has left us."""

    class reader(ClosesPausedDistricts.reader):
        states = frozenset({"error", "pending"})


@mutant(
    "stops-at-an-empty-list",
    sees="nothing is updated in summer",
    mistake="takes for granted that every list has a record",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R1", "R6", "R8", "R9"},
)
class StopsAtAnEmptyList(DemoAdapter):
    """A list without a single record is a mistake of Clever's."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            found = super().records(kind)
            first = found[0]
            return found if first else []


@mutant(
    "deletes-when-nothing-is-shared",
    sees="one wrong click of a district, and everybody starts from nothing",
    mistake="deletes the users of a district that shares no school",
    cause="deletes-instead-of-archiving",
    breaks={"R6", "R8"},
)
class DeletesWhenNothingIsShared(DemoAdapter):
    """Who shares nothing any more has left us, and has a right to be forgotten."""

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            if not roster.schools:
                wipe(self.store, district)
            return super().save(district, roster)


@mutant(
    "closes-schools-with-their-guests",
    sees="who has classes in a second school is locked out when one closes",
    mistake="archives all users of a school that is no longer shared",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"G2", "R9"},
)
class ClosesSchoolsWithTheirGuests(DemoAdapter):
    """When a school closes, everybody who was ever there hands the books in."""

    class district_sync(DistrictSync):
        there = (
            "SELECT user_id FROM roles JOIN schools ON schools.id = school_id"
            " WHERE district_id = ? AND schools.clever_id NOT IN (SELECT value FROM json_each(?))"
        )

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            open_now = "[" + ",".join(f'"{one.clever_id}"' for one in roster.schools) + "]"
            rows = self.store.db.execute(self.there, (district, open_now)) if roster.schools else ()
            self.guests = {row["user_id"] for row in rows}
            return super().save(district, roster)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            return absent | self.guests if table == "users" else absent


@mutant(
    "keeps-closed-schools",
    sees="a school that has closed is still listed",
    mistake="archives no school",
    cause="keeps-active",
    breaks={"R6"},
)
class KeepsClosedSchools(DemoAdapter):
    """Schools are in the contract. What the district shares is another matter."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            return set() if table == "schools" else absent


@mutant(
    "takes-refusal-for-an-end",
    sees="a new token in the middle of the night, and people are locked out",
    mistake="goes on with what it has read when it is answered with 401",
    cause="failure-as-empty",
    breaks={"T1", "T7"},
)
class TakesRefusalForAnEnd(DemoAdapter):
    """What we may not read any more is not there for us any more."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped as stop:
                if stop.status != httpx.codes.UNAUTHORIZED:
                    raise


@mutant(
    "deletes-at-farewell",
    sees="who comes back to us as a customer has lost everything",
    mistake="deletes the users of a district for which Clever lists no token",
    cause="deletes-instead-of-archiving",
    breaks={"R6", "R8"},
)
class DeletesAtFarewell(DemoAdapter):
    """Without a token there is no contract, and without a contract no data."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        ended = super().sync(connection, mode)
        if "lists no token" in ended.reason:
            with self.store.open(self.database) as store, store.transaction():
                wipe(store, store.district(connection.district) or 0)
        return ended


@mutant(
    "calls-a-farewell-done",
    sees="nobody notices that a district is not synced any more",
    mistake="reports success for a district for which Clever lists no token",
    cause="says-completed",
    breaks={"T7"},
)
class CallsAFarewellDone(DemoAdapter):
    """A district without a token has nothing to sync, so all is done."""

    def run_sync(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        ended = super().run_sync(connection, job)
        if "lists no token" in ended.reason:
            return Sync(state=SyncState.COMPLETED, log=ended.reason)
        return ended


@mutant(
    "two-accounts-for-returners",
    sees="who comes back after a year has two accounts",
    mistake="gives a student's archived account the new Clever id and creates another one",
    cause="new-record-for-known",
    breaks={"R1"},
)
class TwoAccountsForReturners(DemoAdapter):
    """Who is back finds the old account by its number, and gets a new one like any newcomer."""

    class store(Store):
        schema = DUPLICATES_ALLOWED
        number = (
            "SELECT id FROM users WHERE archived AND sis_id = ? AND last_name IS ?"
            " AND district_id = ?"
        )

        def create(self, table: str, district: int, row: Row) -> int:
            if table == "users" and row["grade"]:
                known = self.value(self.number, row["sis_id"], row["last_name"], district)
                if known is not None:
                    self.update(table, known, row)
            return super().create(table, district, row)

        def active(self, table: str, district: int) -> set[int]:
            query = (
                f"SELECT max(id) AS id FROM {table} WHERE clever_id IS NOT NULL GROUP BY clever_id"
            )
            newest = {row["id"] for row in self.db.execute(query)}
            return super().active(table, district) & newest


@mutant(
    "fills-an-empty-district-anew",
    sees="after a district's mistake everybody has two accounts",
    mistake="creates all users anew when none of the district is in use",
    cause="new-record-for-known",
    breaks={"R1", "R6"},
)
class FillsAnEmptyDistrictAnew(DemoAdapter):
    """A district without anybody is a new one, and is filled in one go."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

    class district_sync(DistrictSync):
        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            if table == "users" and not self.store.active(table, district):
                rows = list(rows)
                return {
                    str(row["clever_id"]): self.store.create(table, district, row) for row in rows
                }
            return super().keep(table, district, rows)


@mutant(
    "takes-returners-for-known",
    sees="who comes back after a year has no account",
    mistake="leaves a new student archived whose number an archived one has",
    cause="never-restores",
    breaks={"R5"},
    blocks={"R1"},
)
class TakesReturnersForKnown(DemoAdapter):
    """A student's number is in the archive already, so the account is not made again."""

    class store(Store):
        number = (
            "SELECT count(*) FROM users WHERE archived AND sis_id = ? AND last_name IS ?"
            " AND district_id = ? AND clever_id <> ?"
        )

        def create(self, table: str, district: int, row: Row) -> int:
            made = super().create(table, district, row)
            values = (row.get("sis_id"), row.get("last_name"), district, row["clever_id"])
            if table == "users" and row["grade"] and self.value(self.number, *values):
                self.archive(table, (made,))
            return made


@mutant(
    "holds-whatever-is-archived",
    sees="somebody has to approve every sync from the new school year on",
    mistake="counts records that were archived long ago as if this sync archived them",
    cause="held-without-reason",
    breaks={"G1"},
)
class HoldsWhateverIsArchived(HoldsMassChanges):
    """The share that is out of use after a sync, of all there ever was."""

    class district_sync(HoldsMassChanges.district_sync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            query = f"SELECT archived FROM {table} WHERE district_id = ? AND clever_id IS NOT NULL"
            rows = self.store.db.execute(query, (district,)).fetchall()
            unused = sum(row["archived"] for row in rows) + len(absent)
            if unused > len(rows) * self.largest_share:
                self.held = True
                raise Stopped(f"{unused} of {len(rows)} {table} would be out of use")
            return absent


@mutant(
    "archives-people-with-their-first-school",
    sees="children whose school closes cannot sign in at the one they go to",
    mistake="archives users when the school that was the first of theirs closes",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"G2", "R9"},
)
class ArchivesPeopleWithTheirFirstSchool(DemoAdapter):
    """A school that closes takes along whoever is on its books."""

    class district_sync(DistrictSync):
        books = "SELECT user_id, school_id, min(rowid) FROM roles GROUP BY user_id"

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            self.first = {
                row["user_id"]: row["school_id"] for row in self.store.db.execute(self.books)
            }
            self.before = {table: self.store.active(table, district) for table in RECORDS}
            return super().save(district, roster)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            gone = super().gone(table, district, ids, roster)
            if table != "users":
                return gone
            closed = self.before["schools"] - self.store.active("schools", district)
            return gone | {user for user in self.before["users"] if self.first.get(user) in closed}
