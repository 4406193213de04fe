"""Clever's API for one district. A list is read whole, or CleverError is raised."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import httpx

API = os.environ.get("CLEVER_API_URL", "https://api.clever.com")
OAUTH = os.environ.get("CLEVER_OAUTH_URL", "https://clever.com")
CLIENT = os.environ["CLEVER_CLIENT_ID"], os.environ["CLEVER_CLIENT_SECRET"]
PAUSES = [0.1, 0.2, 0.4, 0.8, 1.6]
"""Seconds between attempts; Clever recommends 1, 2, 4, 8 and 16 in production."""


class CleverError(Exception):
    """The district cannot be read completely now."""


class Clever:
    def __init__(self, http: httpx.Client, district: str) -> None:
        self.http = http
        self.headers = {"Authorization": f"Bearer {self._token(district)}"}

    def _token(self, district: str) -> str:
        """Asked for in every sync: a district may have a new one."""
        url = f"{OAUTH}/oauth/tokens?owner_type=district"
        for token in self._get(url, auth=CLIENT)["data"]:
            if token["owner"]["id"] == district:
                return str(token["access_token"])
        raise CleverError(f"Clever lists no token for district {district}")

    def records(self, kind: str) -> Iterator[dict[str, Any]]:
        path: str | None = f"/v3.1/{kind}?limit=1000"
        while path:
            page = self._get(f"{API}{path}", headers=self.headers)
            if not isinstance(page.get("data"), list):
                raise CleverError(f"{path} was answered without a list of {kind}")
            for item in page["data"]:
                yield item["data"]
            path = next((link["uri"] for link in page["links"] if link["rel"] == "next"), None)

    def _get(self, url: str, **options: Any) -> dict[str, Any]:
        trouble = ""
        for pause in [*PAUSES, None]:
            try:
                answer = self.http.get(url, **options)
                if answer.is_success:
                    return dict(answer.json())
                trouble = f"status {answer.status_code}"
                if answer.status_code != 429 and answer.status_code < 500:
                    break  # asking again would not help
                if answer.status_code == 429 and pause is not None:
                    reset = float(answer.headers.get("x-ratelimit-reset", 0))
                    pause = min(60, max(pause, reset - time.time()))
            except (httpx.TransportError, ValueError) as error:
                trouble = repr(error)
            if pause is not None:
                time.sleep(pause)
        raise CleverError(f"{url} could not be read: {trouble}")
