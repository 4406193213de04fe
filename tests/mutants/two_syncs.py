"""Mistakes that show only when two syncs of one district run at the same time."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable

from variants.two_syncs import SyncsTwice

from harness.contract.sync import Sync, SyncState
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "two-syncs-create-twice",
    sees="everybody of a new district has two accounts",
    mistake="looks for known users when a sync begins, and creates all others when it ends",
    cause="two-syncs-at-once",
    breaks={"R1"},
)
class TwoSyncsCreateTwice(SyncsTwice):
    """A sync knows what is new before it writes, and nobody else writes meanwhile."""

    class store(Store):
        schema = SCHEMA.replace("clever_id TEXT UNIQUE", "clever_id TEXT")

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            self.newest = self.store.value("SELECT max(id) FROM users") or 0
            return super().read()

        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            if table != "users":
                return super().keep(table, district, rows)
            return {str(row["clever_id"]): self.account(district, row) for row in rows}

        def account(self, district: int, row: Row) -> int:
            """The account of a user, if it was there when this sync began."""
            known = self.store.find("users", row)
            if known is None or known <= self.newest:
                return self.store.save("users", district, row)
            return self.store.create("users", district, row)


@mutant(
    "two-syncs-archive-all",
    sees="nobody of a district can sign in after two syncs at once",
    mistake="archives what a sync has not marked, and another sync removes its marks",
    cause="two-syncs-at-once",
    breaks={"R2"},
)
class TwoSyncsArchiveAll(SyncsTwice):
    """One column has the marks of whichever sync is running."""

    def run_both(self, first: DistrictSync, second: DistrictSync) -> Sync:
        ended = first.run()
        with first.store.transaction():
            for table in ("schools", "terms", "courses", "sections", "users"):
                district = first.store.district(first.reader.client.connection.district)
                assert district is not None
                first.store.archive(table, first.store.active(table, district))
        return Sync(state=SyncState.COMPLETED, log=ended.log)
