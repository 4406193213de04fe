"""An adapter that is broken ends in 3, says what it broke with first, and judges nobody."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cli import broken
from cli.running import Ran, rosterready

from harness.adapters import bounded
from harness.cli import run

pytestmark = pytest.mark.slow  # each computes the days of a district

IMPATIENT = ("NeverConnects", "hangs", "trickles")
"""What is to be given up on soon."""
ONLY = ("--only", "name-changes", "--output", "out")
DESCRIBES = b'{"contract": 1, "capabilities": []}'

IN_PROCESS = {
    "CannotBeMade": broken.OWN,
    "ExitsWhenMade": broken.OWN,
    "HasABrokenProfile": broken.OWN,
    "DeclaresNonsense": broken.OWN,
    "LacksSync": "lacks sync",
    "CannotConnect": broken.OWN,
    "ExitsOnConnect": broken.OWN,
    "NeverConnects": "no answer within 2 seconds",
    "RaisesTheUnspeakable": "Unspeakable",
    "RaisesControlCharacters": broken.OWN,
    "SyncsIntoNonsense": broken.OWN,
    "SyncsIntoNothing": "found nothing, expected an object",
    "CannotBeRead": broken.OWN,
    "HoldsNonsense": broken.OWN,
    "HoldsObjects": "found a object",
    "HoldsItself": "not JSON",
    "NeverEnds": "2,000,000 rows",
    "HoldsWhatBreaks": broken.OWN,
    "MovesAway": broken.OWN,
}
"""Class → what the first line says."""
OF_CLASSES = (
    *("CannotBeMade", "CannotConnect", "RaisesTheUnspeakable", "SyncsIntoNothing", "CannotBeRead"),
)
OF_PROGRAMS = ("exits", "floods")
OF_ENDPOINTS = ("chats", "trickles")
"""Those of the gate: one of each moment, and of each kind of message."""
PROGRAMS = {
    "exits": ("import sys; sys.exit('the gasket blew')", broken.OWN),
    "chats": ("print('the gasket blew')", broken.OWN),
    "dies": ("import os; os.abort()", "was ended by signal 6"),
    "hangs": ("import time; time.sleep(60)", "no answer within 2 seconds"),
    "floods": ("while True: print('x' * 1_000_000)", "answered more than"),
}
"""What a program does when it is asked to describe itself, and what the first line says."""


def _of_the_gate(name: str, sampled: Sequence[str]) -> object:
    return pytest.param(name, marks=[] if name in sampled else [pytest.mark.exhaustive])


class Endpoint(BaseHTTPRequestHandler):
    """Answers as the test says, whatever is asked."""

    protocol_version = "HTTP/1.1"
    headers_sent: tuple[tuple[str, str], ...] = ()
    status = 200
    parts: Callable[[], Iterator[bytes]]

    def do_GET(self) -> None:
        self.send_response(self.status)
        for name, value in (*self.headers_sent, ("connection", "close")):
            self.send_header(name, value)
        self.end_headers()
        try:
            for part in type(self).parts():
                self.wfile.write(part)
                self.wfile.flush()
        except OSError:
            return  # nobody listens any more

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def trickle() -> Iterator[bytes]:
    for letter in DESCRIBES + b" " * 100:
        yield bytes([letter])
        time.sleep(0.05)


def flood() -> Iterator[bytes]:
    for _ in range(100):
        yield b" " * (1 << 20)


ENDPOINTS = {
    "fails": (500, (), lambda: iter([b"the gasket blew"]), broken.OWN),
    "chats": (200, (), lambda: iter([b"the gasket blew"]), broken.OWN),
    "moves": (302, (("location", "http://example.com/"),), lambda: iter([b""]), "answered 302"),
    "trickles": (200, (), trickle, "no answer within 2 seconds"),
    "floods": (200, (), flood, "answered more than"),
    "explodes": (
        200,
        (("content-encoding", "gzip"),),
        lambda: iter([gzip.compress(b" " * (bounded.MOST_BYTES + 1))]),
        "answered more than",
    ),
    "squeezes": (200, (("content-encoding", "zstd"),), lambda: iter([b"?"]), "'zstd'"),
}
"""Status, headers, body, and what the first line says."""


@pytest.fixture
def certify(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[str], Ran]:
    """Runs a rehearsal of one edge case in this process."""
    monkeypatch.chdir(tmp_path)
    soon = any(f"[{name}]" in request.node.name for name in IMPATIENT)
    timeouts = f"[timeouts]\nconnect = {2 if soon else 60}\n"

    def certified(adapter: str) -> Ran:
        (tmp_path / "rosterready.toml").write_text(f"[adapter]\nspec = '{adapter}'\n{timeouts}")
        code = run(["certify", *ONLY])
        return Ran(code, *capsys.readouterr())

    return certified


def assert_ended_well(ran: Ran, said: str) -> None:
    assert ran.code == 3, ran.err
    assert said in ran.first_error
    assert " EXIT=3 " in ran.last_line
    assert " FAIL=0 " in ran.last_line
    assert "READY" not in ran.last_line
    assert "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize("name", [_of_the_gate(name, OF_CLASSES) for name in IN_PROCESS])
def test_a_broken_class_says_so(certify: Callable[[str], Ran], tmp_path: Path, name: str) -> None:
    assert_ended_well(certify(f"python:cli.broken:{name}"), IN_PROCESS[name])

    assert not list(tmp_path.glob("out/.rosterready*"))


def test_control_characters_are_shown_and_obeyed_by_nobody(certify: Callable[[str], Ran]) -> None:
    ran = certify("python:cli.broken:RaisesControlCharacters")

    printed = (ran.out + ran.err).splitlines()
    assert not any(set("\x1b\x00\udc80") & set(line) for line in printed)
    assert not any(line.lstrip().startswith(("::", "##[")) for line in printed)


@pytest.mark.parametrize("name", [_of_the_gate(name, OF_PROGRAMS) for name in PROGRAMS])
def test_a_broken_program_says_so(certify: Callable[[str], Ran], tmp_path: Path, name: str) -> None:
    source, said = PROGRAMS[name]
    (tmp_path / "adapter.py").write_text(source)

    assert_ended_well(certify("command:python3 adapter.py"), said)


@pytest.mark.parametrize("name", [_of_the_gate(name, OF_ENDPOINTS) for name in ENDPOINTS])
def test_a_broken_endpoint_says_so(certify: Callable[[str], Ran], name: str) -> None:
    status, headers, parts, said = ENDPOINTS[name]
    body = {"status": status, "headers_sent": headers, "parts": staticmethod(parts)}
    handler = type("Handler", (Endpoint,), body)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        http.daemon_threads = True
        http.block_on_close = False
        threading.Thread(target=partial(http.serve_forever, 0.01), daemon=True).start()

        ran = certify(f"http:http://127.0.0.1:{http.server_address[1]}/")
        http.shutdown()

    assert_ended_well(ran, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("LeavesWhenMade", "its process exited with 0", marks=pytest.mark.exhaustive),
        ("LeavesOnSnapshot", "its process exited with 0"),
        pytest.param("LeavesAtTheEnd", broken.OWN, marks=pytest.mark.exhaustive),
        pytest.param("Holds", broken.OWN, marks=pytest.mark.exhaustive),
        ("ClosesStdout", broken.OWN),
        pytest.param("PrintsAtTheEnd", broken.OWN, marks=pytest.mark.exhaustive),
    ],
)
def test_a_process_that_ends_under_us_is_no_green_job(tmp_path: Path, name: str, said: str) -> None:
    ran = rosterready(tmp_path, "certify", "--adapter", f"python:cli.broken:{name}", *ONLY)

    assert_ended_well(ran, said)
