"""Mistakes in following what changes from day to day."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable

from harness.contract.connection import Connection
from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync


class NeverUpdates(DemoAdapter):
    """The sync creates what is new. What people are called they can change in their settings."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            self.write(table, known, {"archived": 0})


class KeepsOldClass(DemoAdapter):
    """Members are added to their classes. Nobody thought of taking them out."""

    class store(Store):
        def clear_members(self, section: int, role: str) -> None:
            pass


class NeverTakesRolesAway(DemoAdapter):
    """Rights are granted by the sync and taken away by the support."""

    class store(Store):
        def clear_roles(self, user: int) -> None:
            pass


class OneClassPerStudent(DemoAdapter):
    """A student has a home room, and one bookshelf in it."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            people = list(people)
            if role == "student":
                query = "DELETE FROM members WHERE user_id = ? AND role = 'student'"
                self.each(query, ((person,) for person in people))
            super().set_members(section, role, people)


class MissesTheSecondClass(DemoAdapter):
    """A class in its course takes in newcomers; who has a class already is none."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            query = "SELECT user_id FROM members WHERE section_id = ? AND role = 'student'"
            before = {row["user_id"] for row in self.db.execute(query, (section,))}
            if before and role == "student":
                people = [one for one in people if one in before or not self.has_class(one)]
            super().set_members(section, role, people)

        def has_class(self, user: int) -> bool:
            return bool(self.value("SELECT count(*) FROM members WHERE user_id = ?", user))


class WipesOwnGroups(DemoAdapter):
    """Groups whose members may be out of date are worse than none."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, row)
            if table == "sections":
                self.db.execute(
                    "DELETE FROM groups WHERE district_id ="
                    " (SELECT district_id FROM sections WHERE id = ?)",
                    (known,),
                )


class KeepsToItsNight(DemoAdapter):
    """A district is synced once a day; whoever asks again is told that all is well."""

    def run(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        with self.store.open(self.database) as store:
            query = "SELECT name IS NOT NULL FROM districts WHERE clever_id = ?"
            if store.value(query, connection.district):
                return Sync(state=SyncState.COMPLETED, log="synced today already")
        return super().run(connection, job)
