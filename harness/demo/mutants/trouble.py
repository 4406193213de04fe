"""Mistakes that show when Clever is unwell."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator

from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.sync import DistrictSync


class ArchivesWhatItCouldNotRead(DemoAdapter):
    """A page that fails is logged, and the sync goes on with what it has."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped:
                return


class SaysItWentWell(DemoAdapter):
    """The monitoring is red otherwise, and tomorrow's sync will mend it."""

    class district_sync(DistrictSync):
        def run(self) -> Sync:
            ended = super().run()
            return Sync(state=SyncState.COMPLETED, log=ended.reason or ended.log)


class NeverRetries(DemoAdapter):
    """Clever is always there."""

    class client(Client):
        retries = 0
