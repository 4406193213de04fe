"""End points of the vendor's take the calls as JSON."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import orjson
import pytest

from harness.adapters.opening import open_adapter
from harness.contract.account import Account
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.contract.snapshot import HeldUser
from harness.contract.sync import Mode, SyncState
from harness.contract.timeouts import Timeouts
from harness.errors import AdapterError, AppUnreachable

ACCOUNT = Account(role="teacher", first_name="A", last_name="B")
SLEEPY = 1.0
"""An answer after so many seconds; only then is patience short, since machines may be slow."""


class Rehearsal(BaseHTTPRequestHandler):
    """A vendor's endpoints; `answers` says what each path does."""

    answers: ClassVar[dict[str, Any]]
    calls: ClassVar[list[tuple[str, dict[str, Any]]]]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.calls.append((self.path, orjson.loads(body)))
        self._answer()

    def _answer(self) -> None:
        found = self.answers.get(self.path, (404, b"nothing here"))
        if found == "break off":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if isinstance(found, float):
            time.sleep(found)
            found = {}
        status, body = found if isinstance(found, tuple) else (200, orjson.dumps(found))
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[tuple[str, type[Rehearsal]]]:
    class Handler(Rehearsal):
        pass

    Handler.answers = {"/rehearsal/": {"contract": 1, "capabilities": ["progress", "approve"]}}
    Handler.calls = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        http.block_on_close = False
        threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}/rehearsal", Handler
        http.shutdown()


Server = tuple[str, type[Rehearsal]]


def test_endpoints_are_driven_and_read(
    server: Server, connection: Connection, tmp_path: Path
) -> None:
    url, handler = server
    handler.answers |= {
        "/rehearsal/connect": (204, b""),
        "/rehearsal/sync": {"state": "held", "reason": "many"},
        "/rehearsal/approve": {"state": "completed"},
        "/rehearsal/finish-lesson": {},
        "/rehearsal/create-account": {"app_id": "17"},
        "/rehearsal/edit": (403, b"roles come from Clever"),
        "/rehearsal/restart": (204, b""),
        "/rehearsal/renew-token": (204, b""),
        "/rehearsal/snapshot": {"users": [{"clever_id": "5f01", "app_id": "1"}]},
    }

    with open_adapter(f"http:{url}/", directory=tmp_path) as app:
        app.connect(connection)
        held = app.sync(connection, Mode.FULL)
        approved = app.approve(connection)
        refused = app.finish_lesson(connection, "5f01", "one")
        snapshot = app.snapshot(connection)
        made = app.create_account(connection, ACCOUNT)
        by_hand = app.edit(connection, Edit(kind=EditKind.ADD_ROLE, user="5f01", role="staff"))
        app.restart(connection)
        app.renew_token(connection)

    assert app.capabilities == {Capability.PROGRESS, Capability.APPROVE}
    assert (held.state, approved.state) == (SyncState.HELD, SyncState.COMPLETED)
    assert refused == ""
    assert (made, by_hand) == (("17", ""), "answered 403")
    assert snapshot.users == (HeldUser(clever_id="5f01", app_id="1"),)
    assert [path for path, _ in handler.calls] == [
        f"/rehearsal/{name}"
        for name in (
            *("connect", "sync", "approve", "finish-lesson", "snapshot"),
            *("create-account", "edit", "restart", "renew-token"),
        )
    ]
    sync = handler.calls[1][1]
    assert (sync["call"], sync["mode"]) == ("sync", "full")
    assert sync["connection"]["client_secret"] == "secret-of-a-test"


@pytest.mark.parametrize(
    ("answer", "state", "reason", "log"),
    [
        ((500, b"stack\ntrace"), SyncState.FAILED, "answered 500", "trace"),
        ("break off", SyncState.FAILED, "broke off", ""),
        (SLEEPY, SyncState.TIMED_OUT, "no answer within 0.3 seconds", ""),
    ],
)
def test_a_sync_that_ends_badly_is_a_result(
    server: Server,
    connection: Connection,
    tmp_path: Path,
    answer: object,
    state: SyncState,
    reason: str,
    log: str,
) -> None:
    url, handler = server
    handler.answers["/rehearsal/sync"] = answer
    limits = Timeouts(sync=0.3) if answer == SLEEPY else None

    with open_adapter(url, directory=tmp_path, timeouts=limits) as app:
        sync = app.sync(connection, Mode.FULL)

    assert sync.state is state
    assert reason in sync.reason
    assert log in sync.log


def test_an_app_that_dies_in_the_middle_of_the_year_is_unreachable(
    connection: Connection, tmp_path: Path
) -> None:
    class Dying(Rehearsal):
        answers: ClassVar = {"/": {"contract": 1}}

    with ThreadingHTTPServer(("127.0.0.1", 0), Dying) as http:
        threading.Thread(target=http.handle_request, daemon=True).start()
        app = open_adapter(f"http://127.0.0.1:{http.server_address[1]}", directory=tmp_path)

    with pytest.raises(AppUnreachable, match=r"nothing answers at http://127\.0\.0\.1:\d+/sync"):
        app.sync(connection, Mode.FULL)
    app.close()


def test_an_app_that_cannot_be_started_again_says_so(
    server: Server, connection: Connection, tmp_path: Path
) -> None:
    url, handler = server
    handler.answers["/rehearsal/restart"] = (500, b"the disk is full")

    with (
        open_adapter(url, directory=tmp_path) as app,
        pytest.raises(AdapterError, match=r"\w+ answered 500: the disk is full"),
    ):
        app.restart(connection)


def test_an_app_that_was_never_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(AppUnreachable) as caught:
        open_adapter(f"http://127.0.0.1:{_closed_port()}", directory=tmp_path)

    assert "Start the app" in caught.value.hint
    assert caught.value.exit_code == 3


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, b""), "answered 404, expected an endpoint there"),
        ((500, b"oops"), "GET http://127.0.0.1"),
        ((200, b"<html>"), "answered '<html>', expected JSON"),
        ({"contract": 9}, "contract is 9, expected 1"),
        (SLEEPY, "gave no answer within 0.3 seconds"),
    ],
)
def test_a_url_without_our_endpoints_says_so(
    server: Server, tmp_path: Path, answer: object, said: str
) -> None:
    url, handler = server
    handler.answers["/rehearsal/"] = answer
    limits = Timeouts(connect=0.3) if answer == SLEEPY else None

    with pytest.raises(AdapterError) as caught:
        open_adapter(url, directory=tmp_path, timeouts=limits)

    assert said in caught.value.message


@pytest.mark.parametrize(
    "target",
    ["http:app.example.com", "http:http://", "http:http://a:b:c", "http:http://127.0.0.1:99999"],
)
def test_a_target_that_is_no_url_says_so(tmp_path: Path, target: str) -> None:
    with pytest.raises(AdapterError, match="names no URL"):
        open_adapter(target, directory=tmp_path)
