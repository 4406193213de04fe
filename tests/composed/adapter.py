"""The adapter of the composed app: `python:composed.adapter:ComposedAdapter`."""

from __future__ import annotations

import time
from typing import Any

import httpx
from composed.app import ComposedApp, Failed, Record, Refused
from composed.policies import parse

from harness.contract.clock import SkippableClock
from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync

RETRIES = 5
BACK_OFF = 0.05
RATE_LIMITED = 429


class HttpClever:
    """Clever's API as one sync asks it."""

    def __init__(
        self, http: httpx.Client, connection: Connection, failure: str, clock: SkippableClock | None
    ) -> None:
        self.http, self.connection, self.failure, self.clock = http, connection, failure, clock
        self.incomplete: list[str] = []
        """What could not be read, in the order it was asked for."""
        self.stopped = False
        listed = self._get(f"{connection.accounts}/oauth/tokens?owner_type=district", None)
        tokens = {row["owner"]["id"]: row["access_token"] for row in listed["data"]}
        if connection.district not in tokens:
            raise Refused("Clever lists no token for this district")
        self.headers = {"Authorization": f"Bearer {tokens[connection.district]}"}

    def records(self, path: str, *, query: str = "limit=100", follow: bool = True) -> list[Record]:
        """The records of a list, as far as the policies read it."""
        found: list[Record] = []
        url = f"{self.connection.api}/v3.1/{path}?{query}"
        while url and not self.stopped:
            page = self._page(url)
            if page is None:
                break
            found += [item["data"] for item in page["data"]]
            links = {link["rel"]: link["uri"] for link in page["links"]}
            more = follow and "next" in links
            url = f"{self.connection.api}{links['next']}" if more else ""
        return found

    def _page(self, url: str) -> Any:
        """A page, or None where the policies go on without it."""
        try:
            return self._get(url, self.headers)
        except Failed as failed:
            self.incomplete.append(f"{url}: {failed}")
            if self.failure == "retry" and "404" in str(failed):
                return None  # one class that cannot be found is left as it is
            if self.failure in ("retry", "stop"):
                raise Refused(str(failed)) from failed
            self.stopped = self.failure == "keep-read"
            return None

    def _get(self, url: str, headers: dict[str, str] | None) -> Any:
        attempts = 1 + RETRIES if self.failure == "retry" or headers is None else 1
        for attempt in range(attempts):
            answer = self._answer(url, headers)
            limited = answer is not None and answer.status_code == RATE_LIMITED
            if limited and self.failure in ("retry", "as-empty"):
                assert answer is not None
                self._wait(max(float(answer.headers["X-RateLimit-Reset"]) - self._now(), 0) + 0.01)
                answer = self._answer(url, headers)
            if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                return self._content(answer)
            if attempt + 1 < attempts:
                self._wait(BACK_OFF * 2**attempt)
        raise Failed("no answer" if answer is None else f"answered {answer.status_code}")

    def _answer(self, url: str, headers: dict[str, str] | None) -> httpx.Response | None:
        secret = (self.connection.client_id, self.connection.client_secret)
        try:
            return self.http.get(url, headers=headers, auth=None if headers else secret)
        except httpx.TransportError:
            return None

    def _content(self, answer: httpx.Response) -> Any:
        if answer.status_code != httpx.codes.OK:
            raise Failed(f"answered {answer.status_code}")
        try:
            page = answer.json()
        except ValueError:
            raise Failed("not JSON") from None
        if not isinstance(page.get("data"), list):
            raise Failed("no list")
        return page

    def _now(self) -> float:
        return self.clock.now() if self.clock else time.time()

    def _wait(self, seconds: float) -> None:
        (self.clock.skip if self.clock else time.sleep)(seconds)


class ComposedAdapter:
    """Drives and reads the app that these policies make."""

    def __init__(self, policies: str = "", clock: str = "") -> None:
        self.app = ComposedApp(parse(policies))
        self.profile = self.app.policies.profile()
        self.clock = SkippableClock(clock) if clock else None
        self.http = httpx.Client(trust_env=False, timeout=30, verify=False)

    def close(self) -> None:
        """Ends all HTTP connections."""
        self.http.close()

    def connect(self, connection: Connection) -> None:
        """Nothing: a district is known from its first sync on."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """One sync."""
        failure = self.app.policies.failure
        return self.app.sync(
            connection.district, lambda: HttpClever(self.http, connection, failure, self.clock)
        )

    def snapshot(self, connection: Connection) -> Snapshot:
        """What the app holds for the district."""
        return self.app.snapshot(connection.district)

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """A person's work; raises LookupError for whoever has no active account."""
        self.app.finish_lesson(connection.district, clever_id, lesson)
