"""`http:URL`: endpoints of the vendor's, which drive and read the app.

`GET {base}/` describes the adapter; `POST {base}/connect`, `/sync`, `/snapshot`, `/finish-lesson`,
`/approve`, `/create-account`, `/edit`, `/restart`, `/renew-token`, `/sync-twice` and `/kill` take
the call as JSON. An answer of 4xx or 5xx to a sync is a failed sync, to an act a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import httpx
import orjson

from harness.adapters.addresses import refuse_remote
from harness.adapters.bounded import MOST_LOG, read_bounded
from harness.adapters.call import Call, CallFailed, CallTimedOut, Description, last_line
from harness.adapters.decoding import description_from
from harness.adapters.plain_answer import from_json
from harness.adapters.spec import safe_url
from harness.adapters.worker import Worker
from harness.errors import AdapterError, AdapterMisconfigured, AppUnreachable

_REACHING = 10.0  # seconds to wait for a connection to be made


@dataclass(frozen=True, slots=True)
class _HttpAnswer:
    status: int
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class HttpChannel:
    """Posts every call to one base URL."""

    def __init__(self, target: str, *, allow_remote: bool = False) -> None:
        """Raises AdapterMisconfigured for no URL, UsageError for one on another machine."""
        self._base, self._shown = target.rstrip("/"), safe_url(target.rstrip("/"))
        try:
            url = httpx.URL(self._base)
        except httpx.InvalidURL:
            url = httpx.URL("")
        if url.scheme not in ("http", "https") or not url.host or (url.port or 0) >= 2**16:
            raise AdapterMisconfigured(
                f"http:{self._shown} names no URL",
                hint="Expected http:http://127.0.0.1:9000/rehearsal.",
            )
        if not allow_remote:
            refuse_remote(url.host, f"the adapter http:{self._shown}")
        # A call is bounded as a whole, and httpx knows a limit for each wait only.
        self._worker = Worker(f"adapter {self._shown}")
        self._client = _client()

    def describe(self, timeout: float) -> Description:
        """Ask the endpoints what they can do; raises AppUnreachable or AdapterError."""
        try:
            return description_from(self._answer("GET", "/", None, timeout))
        except CallTimedOut:
            log, problem = "", f"GET {self._shown}/ gave no answer within {timeout:g} seconds"
        except CallFailed as broken:
            log = broken.log
            problem = f"GET {self._shown}/ {broken.problem}{last_line(log)}"
        raise AdapterError(
            problem, hint='Expected 200 with {"contract": 1, "capabilities": []}.', log=log
        )

    def call(self, call: Call, timeout: float) -> object:
        """What the endpoint answers; raises CallFailed, CallTimedOut, AdapterError."""
        path = f"/{call.name.replace('_', '-')}"
        return self._answer("POST", path, call.document, timeout)

    def beside(self, call: Call, timeout: float) -> object:
        """The same over a connection of its own, while another call has not returned."""
        another = HttpChannel(self._base, allow_remote=True)  # which was decided when we began
        try:
            return another.call(call, timeout)
        finally:
            another.close()

    def runs_in_a_process(self, name: str) -> bool:
        """Calls run in the app, which is not ours."""
        return False

    def kill_call(self) -> None:
        """Calls run in the app."""

    def post(self, call: Call, timeout: float) -> object:
        """The same for the base URL itself, whose answer may be anything; None if it is no JSON."""
        answer = self._sent("POST", "", call.document, timeout)
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            raise CallFailed(f"answered {answer.status}", log=answer.text[-MOST_LOG:])
        try:
            return from_json(answer.body)
        except orjson.JSONDecodeError:
            return None

    def close(self) -> None:
        """Close connections that were kept open."""
        self._client.close()
        self._worker.close()

    def _answer(
        self, method: str, path: str, body: Mapping[str, object] | None, timeout: float
    ) -> object:
        shown = f"{method} {self._shown}{path}"
        answer = self._sent(method, path, body, timeout)
        if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            raise AdapterError(
                f"{shown} answered {answer.status}, expected an endpoint there",
                hint="Check the base URL; the endpoints are listed in the adapter guide.",
            )
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            raise CallFailed(f"answered {answer.status}", log=answer.text[-MOST_LOG:])
        if not answer.body.strip():
            return None
        try:
            return from_json(answer.body)
        except orjson.JSONDecodeError as error:
            problem = f"{shown} answered {answer.text[:60]!r}, expected JSON"
            raise AdapterError(problem, hint="Answer with one JSON document.") from error

    def _sent(
        self, method: str, path: str, body: Mapping[str, object] | None, timeout: float
    ) -> _HttpAnswer:
        """The answer, which came whole within the time; whatever trickles in later is given up."""
        content = None if body is None else orjson.dumps(body)
        try:
            answer = self._worker.run(partial(self._send, method, path, content, timeout), timeout)
        except CallTimedOut:
            self._client.close()
            self._client = _client()
            raise
        assert isinstance(answer, _HttpAnswer)
        return answer

    def _send(self, method: str, path: str, content: bytes | None, timeout: float) -> _HttpAnswer:
        waits = httpx.Timeout(timeout, connect=min(timeout, _REACHING))
        headers = {"accept-encoding": "identity"}
        if content:
            headers["content-type"] = "application/json"
        where = f"{self._shown}{path}"
        try:
            with self._client.stream(
                method, f"{self._base}{path}", content=content, headers=headers, timeout=waits
            ) as response:
                encoding = response.headers.get("content-encoding", "").strip().lower()
                return _HttpAnswer(
                    response.status_code, read_bounded(response.iter_raw(), where, encoding)
                )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise AppUnreachable(
                f"nothing answers at {where} ({error}), expected the endpoints of the app",
                hint="Start the app, or correct the adapter's URL.",
            ) from error
        except httpx.TimeoutException:
            raise CallTimedOut from None
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise CallFailed(f"broke off: {error}") from error


def _client() -> httpx.Client:
    """A client that never goes through a proxy: one leads away from this machine."""
    return httpx.Client(trust_env=False)
