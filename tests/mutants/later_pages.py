"""Mistakes with what fails where an app is in the middle of something, and all else is answered."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx
import orjson
from variants.syncing import ReadsEverySection

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.registry import mutant
from harness.demo.roster import Roster, Section
from harness.demo.sync import DistrictSync


@mutant(
    "drops-the-rest-of-a-list-for-a-new-token",
    sees="a new token in the middle of the night, and people are locked out",
    mistake="gets a new token at a later page and goes on with the next list",
    cause="failure-as-empty",
    breaks={"T1"},
    size="full",
)
class DropsTheRestOfAListForANewToken(DemoAdapter):
    """Tokens are replaced at any time, and the new one is at hand at once."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            read = 0
            try:
                for page in super().pages(url):
                    read += 1
                    yield page
            except Stopped as stop:
                if stop.status != httpx.codes.UNAUTHORIZED or self._token is None:
                    raise
                refused, self._token = self._token, None
                if self.token() == refused:
                    raise
                if not read:
                    yield from super().pages(url)


@mutant(
    "takes-a-later-page-without-a-list-for-the-last",
    sees="one odd answer of Clever's locks people out",
    mistake="reads a later page that has no list as the end of the list",
    cause="answer-not-understood",
    breaks={"T1", "T7"},
)
class TakesALaterPageWithoutAListForTheLast(DemoAdapter):
    """Without a list on its first page something is wrong; a later one may well be empty."""

    class client(Client):
        def content(self, response: httpx.Response) -> object:
            page = super().content(response)
            if isinstance(page, dict) and "starting_after" in str(response.request.url):
                return {**page, "data": page.get("data") or []}
            return page


@mutant(
    "takes-a-later-page-that-is-no-json-for-the-last",
    sees="one odd answer of Clever's locks people out",
    mistake="reads a later page that is no JSON as the end of the list",
    cause="answer-not-understood",
    breaks={"T1", "T7"},
)
class TakesALaterPageThatIsNoJsonForTheLast(DemoAdapter):
    """Whatever follows a page that can be read is a page, or nothing."""

    class client(Client):
        def content(self, response: httpx.Response) -> object:
            try:
                return orjson.loads(response.content)
            except ValueError:
                if "starting_after" not in str(response.request.url):
                    raise Stopped(f"{response.url} is no JSON") from None
                return {"data": []}


@mutant(
    "takes-what-the-limit-allows",
    sees="people are locked out on a night on which another program asks Clever, too",
    mistake="takes a page that is answered with 429 after all retries for the end of its list",
    cause="failure-as-empty",
    breaks={"T1", "T7"},
    plays={"lists-fail"},
)
class TakesWhatTheLimitAllows(DemoAdapter):
    """What the limit leaves out tonight comes tomorrow."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped as stop:
                if "status 429" not in str(stop):
                    raise


@mutant(
    "waits-for-its-turn",
    sees="one sync asks all night",
    mistake="asks again for as long as it is answered with 429",
    cause="never-stops",
    breaks={"T4"},
    plays={"lists-fail"},
)
class WaitsForItsTurn(DemoAdapter):
    """Clever says when the limit is reset, so an end is in sight."""

    class client(Client):
        def get(
            self, url: str, headers: Mapping[str, str] | None, auth: httpx.Auth | None
        ) -> httpx.Response:
            while True:
                try:
                    return super().get(url, headers, auth)
                except Stopped as stop:
                    if "status 429" not in str(stop):
                        raise


@mutant(
    "stops-only-at-the-first-class",
    sees="nobody learns that a class was not read",
    mistake="says completed if the members of any class but the first cannot be read",
    cause="says-completed",
    breaks={"T7"},
    plays={"lists-fail"},
)
class StopsOnlyAtTheFirstClass(ReadsEverySection):
    """If the first class cannot be read, none can; any other is read again tomorrow."""

    class reader(ReadsEverySection.reader):
        read_any = False

        def with_members(self, section: Section) -> Section:
            try:
                found = super().with_members(section)
            except Stopped:
                if not self.read_any:
                    raise
                return section
            self.read_any = True
            return found


@mutant(
    "rests-while-a-district-is-pending",
    sees="a student whom the district shares no longer can still sign in",
    mistake="applies nothing and says completed while the `state` of the district is `pending`",
    cause="waits-for-last-sync",
    breaks={"R5", "R6"},
    plays={"old-data"},
)
class RestsWhileADistrictIsPending(DemoAdapter):
    """A district that has to correct its data first has nothing for us until then."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            (district,) = self.reader.records("districts")
            if district.get("state") != "pending":
                super().apply(roster)
