"""Mistakes that end a whole sync, or half of it: on one record, on two that meet, now and then."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync

A_FEW = 5
"""More than this at once is no slip of a district: the year has turned."""


@mutant(
    "dies-when-two-things-meet",
    sees="nothing is updated any more",
    mistake="raises an exception when a term and a course disappear in one sync",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R5", "R6"},
)
class DiesWhenTwoThingsMeet(DemoAdapter):
    """A term gives way to another, and its books go to a course that gave way as well."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            term, course = self._replaced("terms", roster), self._replaced("courses", roster)
            if term & {one.name for one in roster.terms} and course:
                raise LookupError("no course to move the term's books to")
            super().apply(roster)

        def _replaced(self, table: str, roster: Roster) -> set[str]:
            """The names of those that are gone, when they are a few and others are new."""
            query = (
                f"SELECT t.clever_id, t.name FROM {table} t JOIN districts d"
                " ON d.id = t.district_id WHERE d.clever_id = ? AND NOT t.archived"
            )
            rows = self.store.db.execute(query, (roster.district,))
            held = {str(row["clever_id"]): str(row["name"]) for row in rows}
            shared = {one.clever_id for one in getattr(roster, table)}
            gone = held.keys() - shared
            return {held[i] for i in gone} if len(gone) <= A_FEW and shared - held.keys() else set()


@mutant(
    "dies-one-time-in-three",
    sees="now and then nothing is updated",
    mistake="raises an exception in every third sync",
    cause="sync-breaks-down",
    breaks={"G1", "T6"},
    blocks={"G2", "G5", "G6", "R2", "R5", "R6", "R8", "R9", "T1", "T2", "T3", "T7"},
)
class DiesOneTimeInThree(DemoAdapter):
    """Every third sync meets the backup, which has the database to itself."""

    syncs = 0

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.syncs += 1
        if self.syncs % 3 == 0:
            raise TimeoutError("database is locked")
        return super().sync(connection, mode)


@mutant(
    "swallows-and-says-ok",
    sees="half the people cannot sign in any more",
    mistake="stops updating people at a new double name, archives the rest and reports success",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R5"},
)
class SwallowsAndSaysOk(DemoAdapter):
    """A new double name ends the list of people early. It is logged, and the rest goes on."""

    class store(Store):
        broken = False

        def update(self, table: str, known: int, row: Row) -> None:
            if table == "users":
                self.broken = self.broken or self.doubled(known, str(row["last_name"]))
                if self.broken:
                    self.write(table, known, {"archived": 1})
                    return
            super().update(table, known, row)

        def doubled(self, known: int, name: str) -> bool:
            before = self.value("SELECT last_name FROM users WHERE id = ?", known)
            return "-" in name and name.startswith(f"{before}-")

        def connect(self, clever_id: str) -> int:
            self.broken = False
            return super().connect(clever_id)
