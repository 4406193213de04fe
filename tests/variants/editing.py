"""Other, equally honest ways with what people change by hand."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.contract.edit import EditKind, EditPersistence
from harness.demo.adapter import DemoAdapter, LanternAdapter
from harness.demo.manual_edits import ManualEdits
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import variant
from harness.demo.roster import Role, Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync

BY_HAND = """
CREATE TABLE IF NOT EXISTS by_hand (
    section_id INTEGER,
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    role TEXT NOT NULL,
    added INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS names_by_hand (section_id INTEGER PRIMARY KEY, name TEXT NOT NULL);
"""


@variant("overwrites-edits", "its syncs undo what people changed by hand, and it says so")
class OverwritesEdits(DemoAdapter):
    """Everything can be changed by hand, and the next sync puts it as Clever has it."""

    profile = replace(
        PROFILE,
        declares={
            **DECLARES,
            **dict.fromkeys(EditKind, (EditPersistence.OVERWRITTEN,)),
            EditKind.CREATE_USER: (EditPersistence.NOT_POSSIBLE,),
        },
    )

    class manual_edits(ManualEdits):
        def create_user(self, name: str) -> None:
            raise PermissionError("accounts come from Clever alone")

        def add_role(self, user: int, role: str) -> None:
            self.store.insert("roles", {"user_id": user, "role": role})

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            super().apply(roster)
            with self.store.transaction():
                district = self.store.district(roster.district)
                self.store.db.execute("DELETE FROM groups WHERE district_id = ?", (district,))


@variant("keeps-edits", "whatever people change by hand persists")
class KeepsEdits(DemoAdapter):
    """Whatever people change by hand outlives every sync, until they change it back."""

    profile = replace(
        PROFILE, declares={**DECLARES, **dict.fromkeys(EditKind, (EditPersistence.PERSISTS,))}
    )

    class store(Store):
        schema = SCHEMA + BY_HAND

        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, row)
            if table == "sections":
                self.db.execute(
                    "UPDATE sections SET name = by_hand.name FROM names_by_hand AS by_hand"
                    " WHERE section_id = id AND id = ?",
                    (known,),
                )

        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            edits = self.db.execute(
                "SELECT user_id, added FROM by_hand WHERE section_id = ? AND role = ?",
                (section, role),
            ).fetchall()
            out = {row["user_id"] for row in edits if not row["added"]}
            more = [row["user_id"] for row in edits if row["added"]]
            people = [person for person in (*people, *more) if person not in out]
            super().set_members(section, role, people)

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            super().set_roles(user, roles, schools)
            self.db.execute(
                "INSERT INTO roles (user_id, role) SELECT user_id, role FROM by_hand"
                " WHERE user_id = ? AND section_id IS NULL",
                (user,),
            )

    class manual_edits(ManualEdits):
        def note(self, section: int | None, user: int, role: str, *, added: bool) -> None:
            row = {"section_id": section, "user_id": user, "role": role, "added": int(added)}
            self.store.insert("by_hand", row)

        def add_role(self, user: int, role: str) -> None:
            self.store.insert("roles", {"user_id": user, "role": role})
            self.note(None, user, role, added=True)

        def rename_section(self, section: int, name: str) -> None:
            super().rename_section(section, name)
            self.store.insert("names_by_hand", {"section_id": section, "name": name})

        def add_student(self, section: int, user: int) -> None:
            super().add_student(section, user)
            self.note(section, user, "student", added=True)

        def remove_student(self, section: int, user: int) -> None:
            super().remove_student(section, user)
            self.note(section, user, "student", added=False)


@variant("offers-no-edits", "its adapter creates no accounts and makes no edits")
class OffersNoEdits(LanternAdapter):
    """Its adapter does what every adapter must and lets people work; nothing else is offered."""

    finish_lesson = DemoAdapter.finish_lesson
