"""What an app may do so that a sync which is cut short does no harm."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Callable, Iterator

from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.rows import user_row
from harness.demo.schema import SCHEMA
from harness.demo.store import Store
from harness.demo.sync import DistrictSync

LOCKS = "CREATE TABLE locks (district TEXT PRIMARY KEY);"
RUNNING: set[tuple[str, str]] = set()
"""The syncs of this process, by database and district: they end with it, as a kill ends them."""


@variant("takes-over-a-dead-lock", "a lock whose process is dead is taken over by the next sync")
class TakesOverADeadLock(DemoAdapter):
    """The lock is in the database, and who holds it is a matter of the process."""

    class store(Store):
        schema = SCHEMA + LOCKS

    class district_sync(DistrictSync):
        def run(self) -> Sync:
            district = self.reader.client.connection.district
            held = self.store.value("SELECT 1 FROM locks WHERE district = ?", district)
            me = str(self.store.path), district
            if held and me in RUNNING:
                return Sync(state=SyncState.FAILED, reason="another sync of it is running")
            with self.store.transaction():
                self.store.db.execute("INSERT OR IGNORE INTO locks VALUES (?)", (district,))
            RUNNING.add(me)
            try:
                sync = super().run()
            finally:
                RUNNING.discard(me)
            with self.store.transaction():
                self.store.db.execute("DELETE FROM locks WHERE district = ?", (district,))
            return sync


class PageByPage(Client):
    """Tells of each page of users as it comes."""

    came: Callable[[list[Record]], None]

    def pages(self, url: str | None) -> Iterator[Record]:
        of_users = url is not None and "/users?" in url
        for page in super().pages(url):
            if of_users:
                self.came([item["data"] for item in page["data"]])
            yield page


@variant("writes-as-it-reads", "people are written with each page, and the rest once all is read")
class WritesAsItReads(DemoAdapter):
    """Whoever has an account of before Clever waits until all are known; nobody goes before."""

    client = PageByPage

    class store(Store):
        """Nothing else; a mutant adds to it."""

    class district_sync(DistrictSync):
        def __init__(self, reader: Reader, store: Store) -> None:
            super().__init__(reader, store)
            assert isinstance(reader.client, PageByPage)
            reader.client.came = self.write_page

        def write_page(self, records: list[Record]) -> None:
            with self.store.transaction():
                district = self.store.connect(self.reader.client.connection.district)
                if not self.matching(self.store, district).accounts:
                    for record in records:
                        self.store.save("users", district, user_row(self.reader.person(record)))
