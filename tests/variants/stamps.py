"""Right ways to save work: what Clever has not changed since is not read, or written, again."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record, Stopped
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@variant("asks-for-news", "it reads the lists only if `last_clever_sync` has moved")
class AsksForNews(DemoAdapter):
    """Clever says when it has anything new, and a sync that failed is made up for."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        applied: dict[str, str] = vars(self).setdefault("applied", {})
        return self.run_sync(connection, type("Job", (self.district_sync,), {"applied": applied}))

    class district_sync(DistrictSync):
        applied: dict[str, str]

        def run(self) -> Sync:
            try:
                self.latest = self.news()
            except Stopped as stop:
                return Sync(state=SyncState.REFUSED, reason=str(stop))
            except Exception as error:
                return Sync(state=SyncState.FAILED, reason=str(error))
            if self.latest[1] and self.latest in self.applied.items():
                return Sync(state=SyncState.COMPLETED, log="nothing new at Clever")
            sync = super().run()
            if sync.state is SyncState.COMPLETED:
                self.applied.update([self.latest])
            return sync

        def news(self) -> tuple[str, str]:
            """The district, and when what it shares has changed last."""
            (district,) = self.reader.records("districts")
            return district["id"], district.get("last_clever_sync") or ""


class StampReader(Reader):
    """Remembers when Clever last changed each record."""

    stamps: dict[str, str]

    def read(self) -> Roster:
        self.stamps = {}
        return super().read()

    def records(self, kind: str) -> list[Record]:
        listed = super().records(kind)
        self.stamps |= {row["id"]: row["last_modified"] for row in listed if "last_modified" in row}
        return listed


class StampStore(Store):
    """Keeps the moment of the last change beside each record, and writes only what is newer."""

    schema = Store.schema + "CREATE TABLE IF NOT EXISTS stamps (record TEXT PRIMARY KEY, at TEXT);"
    stamps: Mapping[str, str] = MappingProxyType({})

    def create(self, table: str, district: int, row: Row) -> int:
        self.stamp(row)
        return super().create(table, district, row)

    def update(self, table: str, known: int, row: Row) -> None:
        if self.stamp(row) or self.is_archived(table, known):
            super().update(table, known, row)

    def is_archived(self, table: str, known: int) -> bool:
        return bool(self.value(f"SELECT archived FROM {table} WHERE id = ?", known))

    def stamp(self, row: Row) -> bool:
        """Whether a record is newer than when it was stamped last, or has no stamp."""
        record = str(row["clever_id"])
        now = self.stamps.get(record)
        before = self.db.execute("SELECT at FROM stamps WHERE record = ?", (record,)).fetchone()
        self.db.execute("INSERT OR REPLACE INTO stamps VALUES (?, ?)", (record, now))
        return now is None or before is None or before["at"] != now


@variant(
    "writes-what-is-newer", "it writes only records that Clever has changed, or that it archived"
)
class WritesWhatIsNewer(DemoAdapter):
    """Who is archived is restored, whatever the moment of the last change."""

    reader = StampReader
    store = StampStore

    class district_sync(DistrictSync):
        reader: StampReader
        store: StampStore

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            self.store.stamps = self.reader.stamps
            return super().save(district, roster)
