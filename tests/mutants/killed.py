"""Mistakes that show only when the app is killed in the middle of a sync."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx
from variants.killed import LOCKS, WritesAsItReads
from variants.stamps import AsksForNews

from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "keeps-the-lock-of-a-dead-sync",
    sees="after a crash no sync of the district runs any more, night after night",
    mistake="takes a lock in its database for a sync, and gives it back only at the end",
    cause="app-killed",
    breaks={"T6"},
    blocks={"G5", "R1", "R8", "T1"},
    plays={"killed-midway"},
)
class KeepsTheLockOfADeadSync(DemoAdapter):
    """Whoever finds the lock taken knows that another sync is at work."""

    class store(Store):
        schema = SCHEMA + LOCKS

    class district_sync(DistrictSync):
        def run(self) -> Sync:
            district = self.reader.client.connection.district
            if self.store.value("SELECT 1 FROM locks WHERE district = ?", district):
                return Sync(state=SyncState.FAILED, reason="another sync of it is running")
            with self.store.transaction():
                self.store.insert("locks", {"district": district})
            sync = super().run()
            with self.store.transaction():
                self.store.db.execute("DELETE FROM locks WHERE district = ?", (district,))
            return sync


@mutant(
    "clears-before-it-reads",
    sees="after a crash nobody of the district can sign in until the next sync",
    mistake="puts everybody out of use, and in use again who is read or if a sync fails",
    cause="app-killed",
    breaks={"T1"},
    plays={"killed-midway"},
)
class ClearsBeforeItReads(DemoAdapter):
    """Who is not in use after a sync has left; if it fails, all is put back as it was."""

    class district_sync(DistrictSync):
        def run(self) -> Sync:
            district = self.store.district(self.reader.client.connection.district)
            cleared = self.store.active("users", district) if district else set()
            with self.store.transaction():
                self.store.archive("users", cleared)
            sync = super().run()
            if sync.state is not SyncState.COMPLETED:
                with self.store.transaction():
                    for user in cleared:
                        self.store.write("users", user, {"archived": 0})
            return sync


@mutant(
    "notes-the-news-before-it-writes",
    sees="what changed before a crash is missing until Clever has news again",
    mistake="stores `last_clever_sync` before it has read all, and takes it back if that fails",
    cause="app-killed",
    breaks={"T6"},
    plays={"killed-midway"},
)
class NotesTheNewsBeforeItWrites(AsksForNews):
    """A sync that fails is made up for, and one that is cut short is thought to be done."""

    class district_sync(AsksForNews.district_sync):
        def read(self) -> Roster:
            before = dict(self.applied)
            self.applied.update([self.latest])
            try:
                return super().read()
            except Exception:
                self.applied.clear()
                self.applied.update(before)
                raise


@mutant(
    "saves-whom-it-knows-at-the-end",
    sees="after a crash, whoever was new has two accounts",
    mistake="creates accounts as pages come, and notes only at the end whose they are",
    cause="app-killed",
    breaks={"R1"},
    plays={"killed-midway"},
)
class SavesWhomItKnowsAtTheEnd(WritesAsItReads):
    """A table says which account is whose; it is written once for each sync, however that ends."""

    class store(WritesAsItReads.store):
        schema = SCHEMA.replace("clever_id TEXT UNIQUE", "clever_id TEXT") + (
            "CREATE TABLE known (clever_id TEXT PRIMARY KEY, user_id INTEGER NOT NULL);"
        )
        new: dict[str, int]

        def find(self, table: str, row: Row) -> int | None:
            if table != "users":
                return super().find(table, row)
            clever_id = str(row["clever_id"])
            known = self.value("SELECT user_id FROM known WHERE clever_id = ?", clever_id)
            return known or self.new.get(clever_id)

        def save(self, table: str, district: int, row: Row) -> int:
            user = super().save(table, district, row)
            if table == "users":
                self.new[str(row["clever_id"])] = user
            return user

        def write(self, table: str, known: int, row: Row) -> None:
            super().write(table, known, row)
            if table == "users" and "clever_id" in row:
                self.new[str(row["clever_id"])] = known

    class district_sync(WritesAsItReads.district_sync):
        def run(self) -> Sync:
            store = self.store
            assert isinstance(store, SavesWhomItKnowsAtTheEnd.store)
            store.new = {}
            sync = super().run()
            with store.transaction():
                store.each(
                    "INSERT OR REPLACE INTO known (clever_id, user_id) VALUES (?, ?)",
                    store.new.items(),
                )
            return sync


@mutant(
    "carries-work-through-a-sync",
    sees="after a crash all lessons of the district are gone",
    mistake="takes all work out of the database during a sync, and puts it back at the end",
    cause="app-killed",
    breaks={"R8"},
    plays={"killed-midway"},
)
class CarriesWorkThroughASync(DemoAdapter):
    """Nothing a sync does can touch work that is not there meanwhile."""

    class district_sync(DistrictSync):
        def run(self) -> Sync:
            district = self.store.district(self.reader.client.connection.district)
            of_district = "user_id IN (SELECT id FROM users WHERE district_id = ?)"
            query = f"SELECT user_id, lesson FROM progress WHERE {of_district}"
            work = [tuple(row) for row in self.store.db.execute(query, (district,))]
            with self.store.transaction():
                self.store.db.execute(
                    f"DELETE FROM progress WHERE {of_district}",
                    (district,),
                )
            sync = super().run()
            with self.store.transaction():
                self.store.each("INSERT INTO progress (user_id, lesson) VALUES (?, ?)", work)
            return sync


class PageNotes(Client):
    """Notes the page of users it is at, and begins there if a note is left."""

    store: Store
    resumed = False

    def pages(self, url: str | None) -> Iterator[Record]:
        if url is None or "/users?" not in url:
            yield from super().pages(url)
            return
        district = self.connection.district
        noted = self.store.db.execute(
            "SELECT url FROM pages WHERE district = ?", (district,)
        ).fetchone()
        self.resumed = noted is not None
        yield from super().pages(noted["url"] if noted else url)

    def page(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
    ) -> Record:
        if "/users?" in url and "starting_after" in url:
            with self.store.transaction():
                self.store.db.execute(
                    "INSERT OR REPLACE INTO pages (district, url) VALUES (?, ?)",
                    (self.connection.district, url),
                )
        return super().page(url, headers, auth)


class GoesOn(DistrictSync):
    """Keeps in use whom a sync that began in the middle has not read."""

    def run(self) -> Sync:
        client = self.reader.client
        assert isinstance(client, PageNotes)
        client.store = self.store
        sync = super().run()
        with self.store.transaction():
            self.store.db.execute(
                "DELETE FROM pages WHERE district = ?", (client.connection.district,)
            )
        return sync

    @property
    def resumed(self) -> bool:
        return bool(getattr(self.reader.client, "resumed", False))

    def save(self, district: int, roster: Roster) -> dict[str, Ids]:
        saved = super().save(district, roster)
        if self.resumed:
            rows = self.store.db.execute(
                "SELECT clever_id, id FROM users WHERE district_id = ? AND NOT archived",
                (district,),
            )
            saved["users"] = {**{row["clever_id"]: row["id"] for row in rows}, **saved["users"]}
        return saved

    def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
        if table == "users" and self.resumed:
            return set()  # who was on the pages before has not left
        return super().gone(table, district, ids, roster)


@mutant(
    "goes-on-at-the-page-of-a-dead-sync",
    sees="after a crash, the changes on the first pages are missing for a day",
    mistake="notes the page it is at, and reads on from there if a sync was cut short",
    cause="app-killed",
    breaks={"T6"},
    plays={"killed-midway"},
)
class GoesOnAtThePageOfADeadSync(DemoAdapter):
    """What was read before has been read; that it was never written is forgotten."""

    class store(Store):
        schema = SCHEMA + "CREATE TABLE pages (district TEXT PRIMARY KEY, url TEXT NOT NULL);"

    client = PageNotes
    district_sync = GoesOn


@mutant(
    "works-off-dead-jobs-a-night-later",
    sees="two nights after a crash half of the district is locked out",
    mistake="keeps what a dead sync had read, and takes it for a whole list two syncs later",
    cause="app-killed",
    breaks={"G5"},
    plays={"killed-midway"},
)
class WorksOffDeadJobsANightLater(WritesAsItReads):
    """Every sync is a job, and one that has not ended is tried again."""

    class store(WritesAsItReads.store):
        schema = SCHEMA + (
            "CREATE TABLE jobs (district INTEGER PRIMARY KEY, nights INTEGER NOT NULL);"
            "CREATE TABLE read (district INTEGER NOT NULL, clever_id TEXT NOT NULL);"
        )

    class district_sync(WritesAsItReads.district_sync):
        def run(self) -> Sync:
            with self.store.transaction():
                district = self.store.connect(self.reader.client.connection.district)
                query = "SELECT nights FROM jobs WHERE district = ?"
                self.nights = self.store.value(query, district)
                if self.nights is None:
                    self.store.insert("jobs", {"district": district, "nights": 0})
            sync = super().run()
            with self.store.transaction():
                self.end(district)
            return sync

        def write_page(self, records: list[Record]) -> None:
            super().write_page(records)
            if self.nights is None:
                district = self.store.district(self.reader.client.connection.district)
                rows = ((district, record["id"]) for record in records)
                with self.store.transaction():
                    self.store.each("INSERT INTO read (district, clever_id) VALUES (?, ?)", rows)

        def end(self, district: int) -> None:
            """The job is done; one of before is done a night later."""
            if self.nights == 0:
                self.store.db.execute("UPDATE jobs SET nights = 1 WHERE district = ?", (district,))
                return
            if self.nights:
                self.store.db.execute(
                    "UPDATE users SET archived = 1 WHERE district_id = ?1 AND clever_id NOT IN"
                    " (SELECT clever_id FROM read WHERE district = ?1)",
                    (district,),
                )
            for table in ("jobs", "read"):
                query = f"DELETE FROM {table} WHERE district = ?"
                self.store.db.execute(query, (district,))
