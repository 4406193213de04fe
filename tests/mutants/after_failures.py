"""Mistakes with what a sync had read when it failed."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from harness.contract.connection import Connection
from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row
from harness.demo.sync import DistrictSync, Ids

IN_USE = "SELECT count(*) FROM {} WHERE id = ? AND NOT archived"
Lists = dict[str, list[Record]]
"""Kind → the records of a list that was read to its end."""


class RememberingReader(Reader):
    """Notes the lists it has read, and knows those of the sync before if that one failed."""

    read_now: Lists
    read_before: Lists

    def records(self, kind: str) -> list[Record]:
        listed = super().records(kind)
        self.read_now[kind] = listed
        return listed

    def seen_before(self, *kinds: str) -> set[str]:
        """The Clever IDs of what the failed sync read."""
        return {row["id"] for kind in kinds for row in self.read_before.get(kind, ())}


class RemembersFailedSyncs(DemoAdapter):
    """Keeps what a sync has read until one completes."""

    reader = RememberingReader

    def __init__(self, database: Path | str | None = None, **options: Any) -> None:
        super().__init__(database, **options)
        self.read_by_failed: Mapping[str, Lists] = defaultdict(dict)

    def run_sync(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        lists = self.read_by_failed[connection.district]
        with self.http() as http, self.store.open(self.database) as store:
            reader = self.reader(self.open_client(http, connection))
            reader.read_before, reader.read_now = dict(lists), lists
            lists.clear()
            ended = job(reader, store).run()
        if ended.state is SyncState.COMPLETED:
            lists.clear()
        return ended


@mutant(
    "goes-on-where-it-stopped",
    sees="the morning after a bad night the app shows the day before",
    mistake="takes the lists that a failed sync has read for today's",
    cause="keeps-what-failed-syncs-read",
    breaks={"T6"},
    plays={"lists-fail"},
)
class GoesOnWhereItStopped(RemembersFailedSyncs):
    """What has been read once need not be read again."""

    class reader(RememberingReader):
        def records(self, kind: str) -> list[Record]:
            if kind in self.read_before:
                return self.read_before[kind]
            return super().records(kind)


@mutant(
    "counts-what-a-failed-sync-saw",
    sees="who left after a bad night is in the app a day longer",
    mistake="archives nobody whom the failed sync before saw",
    cause="keeps-what-failed-syncs-read",
    breaks={"T6"},
    plays={"lists-fail"},
)
class CountsWhatAFailedSyncSaw(RemembersFailedSyncs):
    """Every row has the number of the run that saw it, and a retry is no new run."""

    class reader(RememberingReader):
        def read(self) -> Roster:
            """Reads users first: they are most of a district, so trouble shows at once."""
            self.records("users")
            return super().read()

    class district_sync(DistrictSync):
        reader: RememberingReader

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            gone = super().gone(table, district, ids, roster)
            seen = self.reader.seen_before(table)
            return {row for row in gone if self.clever_id(table, row) not in seen}

        def clever_id(self, table: str, row: int) -> object:
            return self.store.value(f"SELECT clever_id FROM {table} WHERE id = ?", row)


@mutant(
    "takes-for-done-what-it-read-in-vain",
    sees="a student who joins a class on a bad night is not in it until the class changes again",
    mistake="leaves out the classes that the failed sync before had read",
    cause="keeps-what-failed-syncs-read",
    breaks={"T6"},
    plays={"lists-fail"},
)
class TakesForDoneWhatItReadInVain(RemembersFailedSyncs):
    """A class that has been read has been dealt with."""

    class district_sync(DistrictSync):
        reader: RememberingReader

        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            done = self.reader.seen_before("sections")
            sections = tuple(row for row in roster.sections if row.clever_id not in done)
            super().link(replace(roster, sections=sections), saved)


class AssigningClient(Client):
    """Knows every record as it last came, on whichever page, and what came otherwise this time."""

    assigned: dict[str, Record]

    def items(self, page: Record, url: str) -> list[Record]:
        items = super().items(page, url)
        for record in (item["data"] for item in items):
            if self.assigned.get(record["id"]) != record:
                self.assigned[record["id"]] = record
                self.dirty |= {record["id"]}
        return items

    dirty: frozenset[str] = frozenset()


@mutant(
    "takes-for-saved-what-was-taken-back",
    sees="a student who is renamed on a bad night keeps the old name until the next change",
    mistake="takes records for saved that were on the pages before the one that failed",
    cause="keeps-what-failed-syncs-read",
    breaks={"T6"},
)
class TakesForSavedWhatWasTakenBack(DemoAdapter):
    """Records are assigned page by page, and the transaction that is taken back is not theirs."""

    client = AssigningClient

    def __init__(self, database: Path | str | None = None, **options: Any) -> None:
        super().__init__(database, **options)
        self.assigned: dict[str, Record] = {}

    def open_client(self, http: httpx.Client, connection: Connection) -> Client:
        client = super().open_client(http, connection)
        assert isinstance(client, AssigningClient)
        client.assigned = self.assigned
        return client

    class district_sync(DistrictSync):
        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            return {str(row["clever_id"]): self.kept(table, district, row) for row in rows}

        def kept(self, table: str, district: int, row: Row) -> int:
            client, known = self.reader.client, self.store.find(table, row)
            assert isinstance(client, AssigningClient)
            clean = known is not None and row["clever_id"] not in client.dirty
            if known is not None and clean and self.store.value(IN_USE.format(table), known):
                return known
            return self.store.save(table, district, row)
