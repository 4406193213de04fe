"""Mistakes with what becomes of a whole district."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app
# ruff: noqa: S608 - the names of tables in these statements are our own constants

from __future__ import annotations

from collections.abc import Iterator

import httpx

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.mutants.identity import DUPLICATES_ALLOWED
from harness.demo.reader import Reader
from harness.demo.roster import Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids

WIPE = (
    "DELETE FROM progress WHERE user_id IN (SELECT id FROM users WHERE district_id = ?)",
    "DELETE FROM users WHERE district_id = ? AND clever_id IS NOT NULL",
)


def wipe(store: Store, district: int) -> None:
    """Deletes the people of a district, with their work."""
    for statement in WIPE:
        store.db.execute(statement, (district,))


class ClosesDistrictsWithoutClasses(DemoAdapter):
    """A district without a single class does not use us any more."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            closed = table == "users" and not roster.sections
            return absent | set(ids.values()) if closed else absent


class ClosesPausedDistricts(DemoAdapter):
    """A district that is paused wants nobody to work."""

    class reader(Reader):
        paused = False

        def records(self, kind: str) -> list[Record]:
            found = super().records(kind)
            if kind == "districts":
                self.paused = any(one.get("state") == "paused" for one in found)
            return found

    class district_sync(DistrictSync):
        reader: ClosesPausedDistricts.reader

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            closed = table == "users" and self.reader.paused
            return absent | set(ids.values()) if closed else absent


class StopsAtAnEmptyList(DemoAdapter):
    """A list without a single record is a mistake of Clever's."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            found = super().records(kind)
            first = found[0]
            return found if first else []


class DeletesWhenNothingIsShared(DemoAdapter):
    """Who shares nothing any more has left us, and has a right to be forgotten."""

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            if not roster.schools:
                wipe(self.store, district)
            return super().save(district, roster)


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


class KeepsClosedSchools(DemoAdapter):
    """Schools are in the contract. What the district shares is another matter."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            return set() if table == "schools" else absent


class TakesRefusalForAnEnd(DemoAdapter):
    """What we may not read any more is not there for us any more."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped as stop:
                if stop.status != httpx.codes.UNAUTHORIZED:
                    raise


class DeletesAtFarewell(DemoAdapter):
    """Without a token there is no contract, and without a contract no data."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        ended = super().sync(connection, mode)
        if "lists no token" in ended.reason:
            with self.store.open(self.database) as store, store.transaction():
                wipe(store, store.district(connection.district) or 0)
        return ended


class CallsAFarewellDone(DemoAdapter):
    """A district without a token has nothing to sync, so all is done."""

    def run(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        ended = super().run(connection, job)
        if "lists no token" in ended.reason:
            return Sync(state=SyncState.COMPLETED, log=ended.reason)
        return ended


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
