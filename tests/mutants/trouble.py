"""Mistakes that show when Clever answers with faults."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import httpx
from mutants.reading import KeepsTheToken
from variants.syncing import ReadsEverySection

from harness.contract.connection import Connection
from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.mutants.reading import ArchivesWhatItCouldNotRead
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Section
from harness.demo.sync import DistrictSync

ROLES = ("student", "teacher", "staff", "district_admin", "contact")


@mutant(
    "takes-failure-for-an-end",
    sees="every hiccup of Clever's locks people out",
    mistake="takes a failed request for the end of a list, without asking again",
    cause="failure-as-empty",
    breaks={"T1", "T2", "T7"},
)
class TakesFailureForAnEnd(DemoAdapter):
    """Whatever is no page is no further page, and nothing is asked for twice."""

    class client(ArchivesWhatItCouldNotRead.client):
        retries = 0


@mutant(
    "takes-no-list-for-an-empty-one",
    sees="one odd answer of Clever's locks people out",
    mistake="reads a body that is empty or has no list as a list without records",
    cause="answer-not-understood",
    breaks={"T1", "T7"},
)
class TakesNoListForAnEmptyOne(DemoAdapter):
    """A missing list is read as an empty one, as the JSON library of another language does."""

    class client(Client):
        def content(self, response: httpx.Response) -> object:
            page = super().content(response) if response.content else {}
            return {**page, "data": page.get("data") or []} if isinstance(page, dict) else page


@mutant(
    "loses-patience",
    sees="a slow answer of Clever's locks people out",
    mistake="takes an answer that does not come at once for an empty list",
    cause="failure-as-empty",
    breaks={"T1"},
)
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


@mutant(
    "says-it-went-well",
    sees="nobody learns that the sync has failed",
    mistake="reports every sync as completed",
    cause="says-completed",
    breaks={"T7"},
)
class SaysItWentWell(DemoAdapter):
    """The monitoring is red otherwise, and tomorrow's sync will fix it."""

    class district_sync(DistrictSync):
        def run(self) -> Sync:
            ended = super().run()
            return Sync(state=SyncState.COMPLETED, log=ended.reason or ended.log)


@mutant(
    "never-retries",
    sees="one failed request, and there is no sync that night",
    mistake="gives up at the first failed request",
    cause="gives-up-at-once",
    breaks={"T2"},
)
class NeverRetries(DemoAdapter):
    """Clever is always there."""

    class client(Client):
        retries = 0


@mutant(
    "ignores-reset",
    sees="a sync that asks too much stops halfway",
    mistake="repeats a request that met the rate limit before the limit is reset",
    cause="ignores-the-reset",
    breaks={"T2", "T3"},
)
class IgnoresReset(DemoAdapter):
    """How long the limit lasts stands in a header that nobody has read."""

    class client(Client):
        def until_reset(self, response: httpx.Response, pause: float) -> float:
            return 0.0


@mutant(
    "never-stops",
    sees="one sync runs all night, and all others wait",
    mistake="repeats a failed request until it works",
    cause="never-stops",
    breaks={"T3", "T4"},
)
class NeverStops(DemoAdapter):
    """Some time it will work again, and then nothing is lost."""

    class client(Client):
        retries = 100_000

        def pause(self, attempt: int) -> float:
            return self.back_off / 4


@mutant(
    "waits-for-ever",
    sees="a sync runs as long as Clever is down, and all others wait",
    mistake="repeats a failed request once a minute until it works",
    cause="never-stops",
    breaks={"T3", "T4"},
)
class WaitsForEver(DemoAdapter):
    """A minute is polite, and some time it will work again."""

    class client(Client):
        retries = 100_000

        def pause(self, attempt: int) -> float:
            return 60.0


@mutant(
    "refreshes-for-ever",
    sees="one district that is gone, and the sync of all others never begins",
    mistake="takes each 401 for a token that is out of date, and asks again with a new one",
    cause="never-stops",
    breaks={"T3", "T4"},
)
class RefreshesForEver(DemoAdapter):
    """Tokens do run out."""

    class client(Client):
        def get(
            self, url: str, headers: Mapping[str, str] | None, auth: httpx.Auth | None
        ) -> httpx.Response:
            answer = super().get(url, headers, auth)
            while answer.status_code == httpx.codes.UNAUTHORIZED:
                self.tokens()
                answer = super().get(url, headers, auth)
            return answer


@mutant(
    "reads-nothing-with-an-old-token",
    sees="a district gets a new token, and nobody can sign in any more",
    mistake="keeps the first token, and takes a list that answers 401 for one without records",
    cause="dead-token",
    breaks={"G1", "T1", "T7"},
    blocks={"G6"},
)
class ReadsNothingWithAnOldToken(DemoAdapter):
    """Whatever is not 200 has no records; the token is asked for when the contract is signed."""

    class client(KeepsTheToken.client):
        def page(
            self, url: str, headers: Mapping[str, str] | None = None, auth: httpx.Auth | None = None
        ) -> Record:
            try:
                return super().page(url, headers, auth)
            except Stopped as stop:
                if stop.status != httpx.codes.UNAUTHORIZED:
                    raise
                return {"data": []}


@mutant(
    "empties-a-class-it-cannot-read",
    sees="one class has nobody in it any more",
    mistake="takes the members of a section that cannot be read for none",
    cause="failure-as-empty",
    breaks={"T1", "T7"},
)
class EmptiesAClassItCannotRead(ReadsEverySection):
    """One class of hundreds is no reason to stop."""

    class reader(ReadsEverySection.reader):
        def with_members(self, section: Section) -> Section:
            try:
                return super().with_members(section)
            except Stopped:
                return replace(section, teachers=(), students=())


@mutant(
    "keeps-the-pages-it-has",
    sees="most of the students cannot sign in",
    mistake="reads users by role, and takes a later page that fails for the end of the list",
    cause="failure-as-empty",
    breaks={"T1"},
)
class KeepsThePagesItHas(DemoAdapter):
    """A list that begins well is applied as far as it came."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            if kind != "users":
                return super().records(kind)
            found = [user for role in ROLES for user in self.of_role(role)]
            return list({user["id"]: user for user in found}.values())

        def of_role(self, role: str) -> list[Record]:
            client = self.client
            url = f"{client.connection.api}/{client.version}/users?role={role}&limit={client.limit}"
            found: list[Record] = []
            try:
                for page in client.pages(url):
                    found += [item["data"] for item in client.items(page, url)]
            except Stopped as stop:
                if not found or " failed " not in str(stop):
                    raise
            return found


@mutant(
    "retries-refusals",
    sees="nothing here; Clever is asked in vain",
    mistake="repeats a request that was refused with 404",
    cause="retries-refusals",
    breaks={"T3"},
)
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


@mutant(
    "stops-at-one-missing-record",
    sees="one class that cannot be read, and nobody is synced",
    mistake="ends the sync when a single section answers 404",
    cause="sync-breaks-down",
    breaks={"T5"},
)
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


@mutant(
    "waits-for-a-person",
    sees="after a failed sync there is none until somebody calls",
    mistake="switches a district off when its sync has failed",
    cause="sync-breaks-down",
    breaks={"G1", "T6"},
    blocks={"G2", "G5", "G10", "R1", "R2", "R5", "R6", "R8", "R9", "T1", "T2", "T3"},
)
class WaitsForAPerson(DemoAdapter):
    """A district whose sync has failed is switched off until somebody has looked at it."""

    switched_off: frozenset[str] = frozenset()

    def run_sync(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        if connection.district in self.switched_off:
            reason = "The district is switched off since its last sync failed."
            return Sync(state=SyncState.REFUSED, reason=reason)
        ended = super().run_sync(connection, job)
        if ended.state is not SyncState.COMPLETED:
            self.switched_off |= {connection.district}
        return ended
