"""Mistakes that show when Clever is unwell."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx

from harness.contract.connection import Connection
from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.sync import DistrictSync
from harness.demo.variants.syncing import ReadsEverySection


class ArchivesWhatItCouldNotRead(DemoAdapter):
    """A page that fails is logged, and the sync goes on with what it has."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped:
                return


class TakesFailureForAnEnd(DemoAdapter):
    """Whatever is no page is no further page, and nothing is asked for twice."""

    class client(ArchivesWhatItCouldNotRead.client):
        retries = 0


class TakesNoListForAnEmptyOne(DemoAdapter):
    """A missing list is read as an empty one, as the JSON library of another language does."""

    class client(Client):
        def content(self, response: httpx.Response) -> object:
            page = super().content(response) if response.content else {}
            return {**page, "data": page.get("data") or []} if isinstance(page, dict) else page


class LosesPatience(DemoAdapter):
    """Whoever has nothing to say after a moment has nothing to say."""

    class client(Client):
        longest = 0.7  # seconds

        def send(
            self, url: str, headers: Mapping[str, str] | None, auth: httpx.Auth | None
        ) -> httpx.Response:
            try:
                return self.http.get(url, headers=headers, auth=auth, timeout=self.longest)
            except httpx.TimeoutException:
                return httpx.Response(200, json={"data": []})


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


class RetriesAtOnce(DemoAdapter):
    """What failed just now works now."""

    class client(Client):
        def pause(self, attempt: int) -> float:
            return 0.0


class IgnoresReset(DemoAdapter):
    """How long the limit lasts stands in a header that nobody has read."""

    class client(Client):
        def until_reset(self, response: httpx.Response, pause: float) -> float:
            return 0.0


class NeverStops(DemoAdapter):
    """Some time it will work again, and then nothing is lost."""

    class client(Client):
        retries = 100_000

        def pause(self, attempt: int) -> float:
            return self.back_off


class RetriesRefusals(ReadsEverySection):
    """An error is an error, and after an error we try again."""

    class client(Client):
        def page(
            self, url: str, headers: Mapping[str, str] | None = None, auth: httpx.Auth | None = None
        ) -> Record:
            for attempt in range(self.retries):
                try:
                    return super().page(url, headers, auth)
                except Stopped as stop:
                    if stop.status != httpx.codes.NOT_FOUND:
                        raise
                    self.wait(self.pause(attempt))
            return super().page(url, headers, auth)


class StopsAtOneMissingRecord(ReadsEverySection):
    """A class in the list that cannot be read is a mistake of Clever's, to be looked into first."""

    class client(Client):
        def page(
            self, url: str, headers: Mapping[str, str] | None = None, auth: httpx.Auth | None = None
        ) -> Record:
            try:
                return super().page(url, headers, auth)
            except Stopped as stop:
                raise Stopped(str(stop)) from stop  # whatever its status


class WaitsForAPerson(DemoAdapter):
    """A district whose sync has failed is switched off until somebody has looked at it."""

    switched_off: frozenset[str] = frozenset()

    def run(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        if connection.district in self.switched_off:
            reason = "The district is switched off since its last sync failed."
            return Sync(state=SyncState.REFUSED, reason=reason)
        ended = super().run(connection, job)
        if ended.state is not SyncState.COMPLETED:
            self.switched_off |= {connection.district}
        return ended
