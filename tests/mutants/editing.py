"""Mistakes in what becomes of changes people make by hand."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace

from harness.contract.edit import EditKind, EditPersistence
from harness.demo.adapter import DemoAdapter
from harness.demo.manual_edits import ManualEdits
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.sync import DistrictSync


@mutant(
    "wipes-own-users",
    sees="guests and everybody who is not at Clever have lost their accounts",
    mistake="deletes the users that have no Clever ID after every sync",
    cause="deletes-local-records",
    breaks={"D1", "D2"},
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
