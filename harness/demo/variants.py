"""Lantern Reader built differently, and rightly so: a variant comes out ready like any correct app.

The docstring says what is different. The checkout has many more, beside its tests.
"""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from sqlite3 import Row

from harness.contract.connection import Connection
from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter, LanternAdapter
from harness.demo.client import Client, Stopped
from harness.demo.export import Export
from harness.demo.profile import PROFILE
from harness.demo.registry import variant
from harness.demo.roster import Roster
from harness.demo.sync import DistrictSync, Ids


@variant("active-rows-only", "its export shows active rows only")
class ActiveRowsOnly(DemoAdapter):
    """Its export shows what is in use; archived rows exist and are not in it."""

    class export(Export):
        includes_archived = False

        def listed(self, query: str) -> Iterable[Row]:
            return (row for row in super().listed(query) if not row["archived"])


@variant("clever-id-key", "its key is the Clever id")
class CleverIdKey(DemoAdapter):
    """Its key is the Clever id; there is no other id by which the app knows a record."""

    class export(Export):
        def app_id(self, row: Row) -> str:
            return str(row["clever_id"] or row["id"])


@variant("no-progress", "it keeps no progress, and says so")
class NoProgress(LanternAdapter):
    """The app keeps no work of anybody: nobody can finish a lesson, and the profile says why."""

    profile = replace(
        PROFILE, not_held={"progress": "Lantern Reader Lite lends books and remembers nothing."}
    )


@variant("large-pages", "it asks for pages of 10,000")
class LargePages(DemoAdapter):
    """It asks for the largest page Clever gives, so most lists have only one."""

    class client(Client):
        limit = 10_000


@variant("holds-mass-changes", "a sync that would archive much waits for approval")
class HoldsMassChanges(DemoAdapter):
    """A sync that would archive over a tenth of a table waits until a person approves it."""

    class district_sync(DistrictSync):
        largest_share = 0.1
        held = False

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            active = len(self.store.active(table, district))
            if len(absent) > active * self.largest_share:
                self.held = True
                raise Stopped(f"{len(absent)} of {active} active {table} would be archived")
            return absent

        def run(self) -> Sync:
            ended = super().run()
            return replace(ended, state=SyncState.HELD) if self.held else ended

    def approve(self, connection: Connection) -> Sync:
        """What the button "Apply anyway" does: the same sync without the guard."""
        return self.run_sync(connection, DistrictSync)
