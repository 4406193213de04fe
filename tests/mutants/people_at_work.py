"""Mistakes with people who have work in the app: it is a reason for nothing a sync does."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Role, Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


class WorkStore(Store):
    """Asks whether a user has finished lessons."""

    def has_work(self, user: int) -> bool:
        query = "SELECT count(*) FROM progress WHERE user_id = ?"
        return bool(self.value(query, user))


@mutant(
    "keeps-whoever-has-work",
    sees="students who left can still sign in, if they have finished a lesson",
    mistake="archives no user who has progress",
    cause="keeps-active",
    breaks={"R6"},
    plays={"comings-and-goings"},
)
class KeepsWhoeverHasWork(DemoAdapter):
    """An account is closed when somebody has looked through the work in it."""

    store = WorkStore

    class district_sync(DistrictSync):
        store: WorkStore

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            missing = super().gone(table, district, ids, roster)
            if table != "users":
                return missing
            return {user for user in missing if not self.store.has_work(user)}


@mutant(
    "moves-nobody-with-work",
    sees="a student who has finished a lesson is still at the old school",
    mistake="leaves the schools of a user alone who has progress",
    cause="in-common:entry-new+of:with-work",
    breaks={"G2"},
    plays={"comings-and-goings"},
)
class MovesNobodyWithWork(DemoAdapter):
    """Statistics count work by school, so nobody moves before the year's report is written."""

    class store(WorkStore):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            query = "SELECT count(*) FROM roles WHERE user_id = ? AND school_id IS NOT NULL"
            if not self.has_work(user) or not self.value(query, user):
                super().set_roles(user, roles, schools)


@mutant(
    "gives-no-address-twice",
    sees="a new student whose address somebody else has had cannot be written to",
    mistake="stores no e-mail address that another account has, in use or archived",
    cause="needs-unique:email",
    breaks={"R5"},
    plays={"comings-and-goings"},
)
class GivesNoAddressTwice(DemoAdapter):
    """Who signs in by e-mail address has it alone, so it is given out once."""

    class store(Store):
        def create(self, table: str, district: int, row: Row) -> int:
            return super().create(table, district, self.free(table, 0, row))

        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, self.free(table, known, row))

        def free(self, table: str, known: int, row: Row) -> Row:
            query = "SELECT id FROM users WHERE lower(email) = lower(?) AND id <> ?"
            if table == "users" and row["email"] and self.value(query, row["email"], known):
                return {**row, "email": None}
            return row
