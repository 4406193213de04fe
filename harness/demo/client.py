"""Client: Clever's Data API as Lantern Reader asks it, one district and one sync at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import orjson

from harness.contract.connection import Connection

Record = Mapping[str, Any]
"""A JSON object as Clever sent it: the one place where we do not know what is inside."""

LONGEST_WAIT = 90.0
"""Seconds. Clever's rate limit starts anew every minute, so a longer reset is a mistake."""


class Stopped(Exception):  # noqa: N818 - stopping is what a good app does here, not an error
    """The district cannot be read completely now; the reason is a sentence for the operator."""

    def __init__(self, reason: str, status: int = 0) -> None:
        """`status` is that of Clever's answer, if it was the answer that stopped us."""
        super().__init__(reason)
        self.status = status


class Client:
    """Reads whole lists of one district, or raises `Stopped`; it never returns half a list."""

    version = "v3.1"
    limit = 100
    retries = 5
    """Clever's advice: after five failed retries stop, and try again at the next sync."""

    def __init__(
        self,
        http: httpx.Client,
        connection: Connection,
        *,
        back_off: float = 1.0,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`back_off` is the pause before the first retry, in seconds; it doubles each time."""
        self.http = http
        self.connection = connection
        self.back_off = back_off
        self.wait = wait
        self.clock = clock
        self._token: str | None = None

    def records(self, path: str) -> list[Record]:
        """All records under a path such as `users`, from every page."""
        start = f"{self.connection.api}/{self.version}/{path}?limit={self.limit}"
        return [item["data"] for page in self.pages(start) for item in self.items(page, start)]

    def pages(self, url: str | None) -> Iterator[Record]:
        """A list's pages, following Clever's own `next` links until there is none."""
        read: set[str] = set()
        while url is not None:
            if url in read:
                raise Stopped(f"Clever's next link led back to {url}, which was already read")
            read.add(url)
            page = self.page(url, {"Authorization": f"Bearer {self.token()}"})
            yield page
            url = self.next_url(page)

    def next_url(self, page: Record) -> str | None:
        """Where the next page is; Clever's links are relative to its host."""
        for link in page.get("links") or ():
            if link.get("rel") == "next":
                return f"{self.connection.api}{link['uri']}"
        return None

    def items(self, page: Record, url: str) -> list[Record]:
        """The records of one page, each still in its envelope."""
        items: list[Record] = page["data"]
        if all(isinstance(item, dict) and isinstance(item.get("data"), dict) for item in items):
            return items
        raise Stopped(f"{url} lists something that is not a record")

    def token(self) -> str:
        """The district's token, asked for once a sync: districts rotate theirs."""
        if self._token is None:
            self._token = self.tokens().get(self.connection.district)
        if self._token is None:
            raise Stopped(f"Clever lists no token for district {self.connection.district}")
        return self._token

    def tokens(self) -> dict[str, str]:
        """District → token, for every district that shares with the app."""
        url = f"{self.connection.accounts}/oauth/tokens?owner_type=district"
        auth = httpx.BasicAuth(self.connection.client_id, self.connection.client_secret)
        granted = self.page(url, auth=auth)["data"]
        return {token["owner"]["id"]: token["access_token"] for token in granted}

    def page(
        self, url: str, headers: Mapping[str, str] | None = None, auth: httpx.Auth | None = None
    ) -> Record:
        """The JSON object with a list in `data` that a good answer is."""
        response = self.get(url, headers, auth)
        if response.status_code != httpx.codes.OK:
            status = response.status_code
            raise Stopped(f"{url} was answered with {status}, expected 200", status)
        page = self.content(response)
        if not isinstance(page, dict) or not isinstance(page.get("data"), list):
            raise Stopped(f"{url} was answered with JSON that has no list in `data`")
        return page

    def content(self, response: httpx.Response) -> object:
        try:
            return orjson.loads(response.content)
        except ValueError:
            kind = response.headers.get("content-type", "no content type")
            raise Stopped(f"{response.url} was answered with {kind} that is not JSON") from None

    def get(
        self, url: str, headers: Mapping[str, str] | None, auth: httpx.Auth | None
    ) -> httpx.Response:
        """The answer, after waiting out rate limits and Clever's own failures."""
        for attempt in range(self.retries + 1):
            pause = self.pause(attempt)
            try:
                response = self.send(url, headers, auth)
            except httpx.TransportError as error:
                trouble = f"{type(error).__name__}: {error}"
            else:
                if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
                    pause = self.until_reset(response, pause)
                elif response.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    return response  # good, or a 4xx, which asking again does not fix
                trouble = f"status {response.status_code}"
            if attempt < self.retries:
                self.wait(pause)
        raise Stopped(f"{url} failed {self.retries + 1} times, at last with {trouble}")

    def send(
        self, url: str, headers: Mapping[str, str] | None, auth: httpx.Auth | None
    ) -> httpx.Response:
        return self.http.get(url, headers=headers, auth=auth)

    def pause(self, attempt: int) -> float:
        """Seconds after a failed attempt, each time twice as long."""
        return self.back_off * 2.0**attempt

    def until_reset(self, response: httpx.Response, pause: float) -> float:
        """Seconds until the rate limit starts anew; `pause` if Clever does not say."""
        try:
            reset = float(response.headers["X-RateLimit-Reset"])
        except (KeyError, ValueError):
            return pause
        return min(max(reset - self.clock(), 0.0), LONGEST_WAIT)
