"""`http:URL`: end points of the vendor's, which drive and read the app.

`GET {base}/` describes the adapter; `POST {base}/connect`, `/sync`, `/snapshot`, `/finish-lesson`,
`/approve`, `/create-account`, `/edit` and `/restart` take the call as JSON. An answer of 4xx or 5xx
to a sync is a failed sync, to an act a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import httpx
import orjson

from harness.adapters.call import Call, CallFailed, CallTimedOut, Description, tail
from harness.adapters.decoding import description_from
from harness.errors import AdapterError, AppUnreachable

_REACHING = 10.0  # seconds to wait for a connection to be made
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class HttpChannel:
    """Posts every call to one base URL."""

    def __init__(self, target: str) -> None:
        """Raises AdapterError when the target is no URL."""
        self._base = target.rstrip("/")
        try:
            url = httpx.URL(self._base)
        except httpx.InvalidURL:
            url = httpx.URL("")
        if url.scheme not in ("http", "https") or not url.host:
            raise AdapterError(
                f"http:{target} names no URL", hint="Expected http:http://127.0.0.1:9000/rehearsal."
            )
        # A proxy of the environment leads away from this machine.
        self._client = httpx.Client(trust_env=url.host not in _LOOPBACK)

    def describe(self, timeout: float) -> Description:
        """Ask the end points what they can do; raises AppUnreachable or AdapterError."""
        url = f"{self._base}/"
        try:
            return description_from(self._answer("GET", url, None, timeout))
        except CallTimedOut:
            problem = f"GET {url} gave no answer within {timeout:g} seconds"
        except CallFailed as broken:
            problem = f"GET {url} {broken.problem}"
        raise AdapterError(problem, hint='Expected 200 with {"contract": 1, "capabilities": []}.')

    def call(self, call: Call, timeout: float) -> object:
        """What the end point answers; raises CallFailed, CallTimedOut, AdapterError."""
        url = f"{self._base}/{call.name.replace('_', '-')}"
        return self._answer("POST", url, call.document, timeout)

    def close(self) -> None:
        """Close connections that were kept open."""
        self._client.close()

    def _answer(
        self, method: str, url: str, body: Mapping[str, object] | None, timeout: float
    ) -> object:
        answer = self._send(method, url, body, timeout)
        if answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            raise AdapterError(
                f"{method} {url} answered {answer.status_code}, expected an end point there",
                hint="Check the base URL; the end points are listed in the adapter guide.",
            )
        if not answer.is_success:
            raise CallFailed(f"answered {answer.status_code}", log=tail(answer.text))
        if not answer.content.strip():
            return None
        try:
            return orjson.loads(answer.content)
        except orjson.JSONDecodeError as error:
            problem = f"{method} {url} answered {answer.text[:60]!r}, expected JSON"
            raise AdapterError(problem, hint="Answer with one JSON document.") from error

    def _send(
        self, method: str, url: str, body: Mapping[str, object] | None, timeout: float
    ) -> httpx.Response:
        waits = httpx.Timeout(timeout, connect=min(timeout, _REACHING))
        content = None if body is None else orjson.dumps(body)
        headers = {"content-type": "application/json"} if content else {}
        try:
            return self._client.request(
                method, url, content=content, headers=headers, timeout=waits
            )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise AppUnreachable(
                f"nothing answers at {url} ({error}), expected the end points of the app",
                hint="Start the app, or correct the adapter's URL.",
            ) from error
        except httpx.TimeoutException:
            raise CallTimedOut from None
        except httpx.HTTPError as error:
            raise CallFailed(f"broke off: {error}") from error
