"""Mistakes in what becomes of changes people make by hand."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from variants.editing import KeepsEdits

from harness.contract.edit import EditKind, EditPersistence
from harness.demo.adapter import DemoAdapter
from harness.demo.manual_edits import ManualEdits
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import mutant
from harness.demo.roster import Roster, Section
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids

PRIMARY = """
SELECT users.clever_id FROM members JOIN users ON user_id = users.id
JOIN sections ON section_id = sections.id
WHERE role = 'teacher' AND sections.clever_id = ? ORDER BY members.rowid
"""
FORGET = """
DELETE FROM names_by_hand WHERE section_id = (SELECT id FROM sections WHERE clever_id = ?)
"""
NAMES = """
CREATE TABLE IF NOT EXISTS names_of_clever (section_id INTEGER PRIMARY KEY, name TEXT);
"""


@mutant(
    "wipes-own-users",
    sees="guests and everybody who is not at Clever have lost their accounts",
    mistake="deletes the users that have no Clever ID after every sync",
    cause="deletes-local-records",
    breaks={"D1", "D2", "R4"},
)
class WipesOwnUsers(DemoAdapter):
    """An account without a Clever id is an account of nobody."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            super().apply(roster)
            strays = "SELECT id FROM users WHERE clever_id IS NULL AND district_id = ?"
            district = self.store.district(roster.district)
            with self.store.transaction():
                found = [(row["id"],) for row in self.store.db.execute(strays, (district,))]
                self.store.each("DELETE FROM progress WHERE user_id = ?", found)
                self.store.each("DELETE FROM users WHERE id = ?", found)


@mutant(
    "empties-own-groups",
    sees="the groups that teachers made are there in the morning, and nobody is in them",
    mistake="takes the members out of all groups when it writes those of the sections anew",
    cause="empties-local-groups",
    breaks={"D1", "D2"},
)
class EmptiesOwnGroups(DemoAdapter):
    """A group is a class that the school does not know."""

    class store(Store):
        def clear_members(self, section: int, role: str) -> None:
            super().clear_members(section, role)
            self.db.execute(
                "DELETE FROM group_members WHERE group_id IN (SELECT groups.id FROM groups"
                " JOIN sections USING (district_id) WHERE sections.id = ?)",
                (section,),
            )


@mutant(
    "prunes-leavers-from-own-groups",
    sees="a child who was off the list for a day is missing in the reading group from then on",
    mistake="takes users it archives out of the groups that people made, for good",
    cause="forgets-group-members",
    breaks={"D3"},
    plays={"comings-and-goings"},
)
class PrunesLeaversFromOwnGroups(DemoAdapter):
    """Whoever is archived is in no group; the groups stay."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            super().archive(table, rows)
            if table == "users":
                self.each("DELETE FROM group_members WHERE user_id = ?", ((row,) for row in rows))


@mutant(
    "declares-lasting-edits",
    sees="what was changed by hand is changed back the next morning, against the contract",
    mistake="declares that every edit persists, and overwrites roles and members of sections",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class DeclaresLastingEdits(DemoAdapter):
    """Sales says that everything people change stays. Nobody asked who wrote the sync."""

    profile = replace(
        PROFILE, declares={**DECLARES, **dict.fromkeys(EditKind, (EditPersistence.PERSISTS,))}
    )

    class manual_edits(ManualEdits):
        def add_role(self, user: int, role: str) -> None:
            self.store.insert("roles", {"user_id": user, "role": role})


@mutant(
    "declares-lasting-names",
    sees="the name that a teacher gave a class is gone the next morning, against the contract",
    mistake="declares that a renamed section keeps its name, and overwrites it",
    cause="contradicts-declarations",
    breaks={"D1"},
    plays={"comings-and-goings"},
)
class DeclaresLastingNames(DemoAdapter):
    """The form to rename a class says that it will be called so for good."""

    profile = replace(
        PROFILE, declares={**DECLARES, EditKind.RENAME_SECTION: (EditPersistence.PERSISTS,)}
    )


@mutant(
    "own-names-go-with-the-teacher",
    sees="the name that a teacher gave a class is gone when another teacher takes it over",
    mistake="keeps a name given to a section until its primary teacher changes, "
    "and declares that it lasts",
    cause="contradicts-declarations",
    breaks={"D1"},
    plays={"comings-and-goings"},
)
class OwnNamesGoWithTheTeacher(KeepsEdits):
    """A class is called what its teacher calls it."""

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            for section in roster.sections:
                if section.teachers and self.primary(section) not in ("", section.teachers[0]):
                    self.store.db.execute(FORGET, (section.clever_id,))
            return super().save(district, roster)

        def primary(self, section: Section) -> str:
            row = self.store.db.execute(PRIMARY, (section.clever_id,)).fetchone()
            return row["clever_id"] if row else ""


@mutant(
    "leaves-renamed-classes-to-people",
    sees="a class that a teacher has renamed is there twice, and new students are in the other one",
    mistake="looks for a section under the name Clever gave it last, and creates it anew",
    cause="new-record-for-known",
    breaks={"R1"},
    plays={"comings-and-goings"},
)
class LeavesRenamedClassesToPeople(DemoAdapter):
    """Who renames a class wants one of their own."""

    class store(Store):
        schema = SCHEMA.replace("clever_id TEXT UNIQUE", "clever_id TEXT") + NAMES

        def save(self, table: str, district: int, row: Row) -> int:
            known = super().save(table, district, row)
            if table == "sections":
                self.db.execute(
                    "INSERT OR REPLACE INTO names_of_clever VALUES (?, ?)", (known, row["name"])
                )
            return known

        def find(self, table: str, row: Row) -> int | None:
            if table != "sections":
                return super().find(table, row)
            return self.value(
                "SELECT id FROM sections JOIN names_of_clever AS clever ON section_id = id"
                " WHERE clever_id = ? AND clever.name = sections.name ORDER BY id DESC",
                row["clever_id"],
            )
