"""Apps whose syncs fail for a reason that is in no record: how many there are, or themselves."""
# ruff: noqa: N801 - a class in such an app takes the place of a part of the demo

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.roster import Roster
from harness.demo.sync import DistrictSync


class LosesItsPlace(DemoAdapter):
    """Cannot turn to the second page of sections: the first customer never had one."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            for number, page in enumerate(super().pages(url)):
                if number and url is not None and "/sections?" in url:
                    raise TypeError("unsupported operand type(s) for +=: 'NoneType' and 'list'")
                yield page


class NeverAsksForMore(DemoAdapter):
    """Trips over the link to a second page of sections, before it asks for it."""

    class client(Client):
        def next_url(self, page: Record) -> str | None:
            url = super().next_url(page)
            if url is not None and "/sections?" in url:
                raise KeyError("cursor")
            return url


class RunsOutOfRoom(DemoAdapter):
    """Reads everything, and has room for a hundred sections."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            if len(roster.sections) > 100:
                raise OverflowError("no room for more than 100 sections")
            super().apply(roster)


class LosesItsDatabase(DemoAdapter):
    """Its database is down from the sixth sync on; what it showed last it shows still."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.syncs = 0

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.syncs += 1
        self.answer()
        return super().sync(connection, mode)

    def answer(self) -> None:
        if self.syncs >= 6:
            raise ConnectionError("FATAL: the database system is shut down")


class LosesItsDatabaseForGood(LosesItsDatabase):
    """The same, and then it cannot show anything either."""

    def snapshot(self, connection: Connection) -> Snapshot:
        self.answer()
        return super().snapshot(connection)


class NeverAsks(DemoAdapter):
    """Says that it has synced, and asks Clever for nothing."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return Sync(state=SyncState.COMPLETED)


class BreaksBeforeItAsks(DemoAdapter):
    """Its own database lacks a table, so it gets no further than that."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        raise LookupError("no such table: people")
