"""Mistakes in following what changes from day to day."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable

from harness.contract.connection import Connection
from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync


@mutant(
    "never-updates",
    sees="a new name or address never arrives",
    mistake="creates, archives and restores records, but changes no value of an existing one",
    cause="never-updates",
    breaks={"R5", "D1"},
    blocks={"T6"},
    plays={"comings-and-goings"},
)
class NeverUpdates(DemoAdapter):
    """The sync creates what is new. What people are called they can change in their settings."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            self.write(table, known, {"archived": 0})


@mutant(
    "keeps-old-class",
    sees="a student who moved is in the old class too",
    mistake="adds members to sections and never removes any",
    cause="never-removes:student",
    breaks={"R9", "D1"},
    blocks={"R5"},
)
class KeepsOldClass(DemoAdapter):
    """Members are added to their classes. Nobody thought of taking them out."""

    class store(Store):
        def clear_members(self, section: int, role: str) -> None:
            pass


@mutant(
    "never-takes-roles-away",
    sees="a former administrator keeps the rights",
    mistake="adds roles and schools to users and never removes any",
    cause="never-removes:role",
    breaks={"G2", "G3"},
    blocks={"G8"},
    plays={"comings-and-goings"},
)
class NeverTakesRolesAway(DemoAdapter):
    """Rights are granted by the sync and taken away by the support."""

    class store(Store):
        def clear_roles(self, user: int) -> None:
            pass


@mutant(
    "one-class-per-student",
    sees="students are missing in all their classes but one",
    mistake="takes a student out of the other sections when adding one",
    cause="fixed-number:class",
    breaks={"R9"},
    blocks={"R5", "R8"},
    size="full",
)
class OneClassPerStudent(DemoAdapter):
    """A student has a home room, and one bookshelf in it."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            people = list(people)
            if role == "student":
                query = "DELETE FROM members WHERE user_id = ? AND role = 'student'"
                self.each(query, ((person,) for person in people))
            super().set_members(section, role, people)


@mutant(
    "misses-the-second-class",
    sees="a student who takes another class does not see it",
    mistake="adds to an existing section only students who are in no other",
    cause="fixed-number:class",
    breaks={"R9"},
    blocks={"R5"},
)
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


@mutant(
    "wipes-own-groups",
    sees="groups that teachers made are gone the next morning",
    mistake="deletes the groups of a district in every sync",
    cause="deletes-local-records",
    breaks={"D1", "D2"},
)
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


@mutant(
    "keeps-to-its-night",
    sees="a sync that somebody asks for does nothing",
    mistake="reads from Clever once a day and calls every further sync completed",
    cause="nothing-asked",
    breaks={"R10"},
    blocks={
        "D1",
        "G2",
        "G3",
        "G4",
        "G5",
        "G6",
        "G8",
        "G10",
        "R1",
        "R2",
        "R4",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "T1",
        "T2",
        "T3",
        "T5",
        "T6",
        "T7",
    },
)
class KeepsToItsNight(DemoAdapter):
    """A district is synced once a day; whoever asks again is told that all is well."""

    def run_sync(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        with self.store.open(self.database) as store:
            query = "SELECT name IS NOT NULL FROM districts WHERE clever_id = ?"
            if store.value(query, connection.district):
                return Sync(state=SyncState.COMPLETED, log="synced today already")
        return super().run_sync(connection, job)
