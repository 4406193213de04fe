"""HTTP on the line: order, keeping alive, bodies, offers of other protocols."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from simulator import town

from harness.simulator.faults import effects
from harness.simulator.faults.fault import Fault
from harness.simulator.http.message import Request, Response
from harness.simulator.serving.connection import HttpConnection
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator


class Client:
    """A raw connection; `say` returns what came back until the server had nothing to add."""

    def __init__(self, url: str, token: str) -> None:
        where = urlsplit(url)
        self.line = socket.create_connection((where.hostname, where.port), timeout=5)
        self.bearer = f"Authorization: Bearer {token}\r\n"

    def get(self, path: str, *more: str, version: str = "1.1") -> bytes:
        lines = "".join(f"{one}\r\n" for one in more)
        return f"GET {path} HTTP/{version}\r\nHost: x\r\n{self.bearer}{lines}\r\n".encode()

    def say(self, raw: bytes, answers: int = 1) -> bytes:
        self.line.sendall(raw)
        heard = b""
        for _ in range(1000):
            if _complete(heard) >= answers:
                return heard
            part = self.line.recv(65536)
            if not part:
                return heard
            heard += part
        raise AssertionError("the server does not stop")


def _complete(heard: bytes) -> int:
    """How many whole answers were heard."""
    found = 0
    while b"\r\n\r\n" in heard:
        head, _, heard = heard.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        size = int(length[1]) if length else 0
        if len(heard) < size:
            break
        heard = heard[size:]
        found += 1
    return found


@pytest.fixture
def client(clever: Simulator) -> Iterator[Client]:
    with Server(clever) as server:
        client = Client(server.url, clever.token(town.DISTRICT))
        yield client
        client.line.close()


def test_requests_sent_together_are_answered_in_their_order(
    clever: Simulator, client: Client
) -> None:
    clever.faults.set(Fault(name="slow", effect=effects.slow(0.2), after=0, path="/v3.0/users$"))
    paths = ["/v3.0/users", "/v3.0/nowhere", "/v3.0/schools", f"/v3.0/users/{town.MAYA}"]

    heard = client.say(b"".join(client.get(path) for path in paths), answers=4)

    statuses = re.findall(rb"HTTP/1\.1 (\d+)", heard)
    assert statuses == [b"200", b"404", b"200", b"200"]
    assert heard.index(b"/v3.0/users") < heard.index(b"nowhere") < heard.index(b"/v3.0/schools")


def test_a_request_in_pieces_is_one_request(client: Client) -> None:
    raw = client.get("/v3.0/schools?limit=1")
    for at in range(0, len(raw) - 7, 7):
        client.line.sendall(raw[at : at + 7])
        time.sleep(0.002)

    heard = client.say(raw[(len(raw) - 1) // 7 * 7 :])

    assert heard.startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(("more", "version"), [(("Connection: close",), "1.1"), ((), "1.0")])
def test_the_line_ends_when_the_client_wants_it_to(
    client: Client, more: tuple[str, ...], version: str
) -> None:
    heard = client.say(client.get("/v3.0/schools", *more, version=version), answers=9)

    assert b"connection: close" in heard
    assert client.line.recv(1) == b""


def test_the_line_stays_open_otherwise(client: Client) -> None:
    for _ in range(3):
        heard = client.say(client.get("/v3.0/schools"))
        assert heard.startswith(b"HTTP/1.1 200 OK")
        assert b"connection:" not in heard


def test_an_offer_of_another_protocol_is_not_taken_up(client: Client) -> None:
    offer = client.get("/v3.0/schools", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c")

    first, second = client.say(offer), client.say(client.get("/v3.0/terms"))

    assert first.startswith(b"HTTP/1.1 200 OK")
    assert second.startswith(b"HTTP/1.1 200 OK")


def test_a_body_that_waits_for_leave_gets_it(client: Client) -> None:
    head = (
        "POST /oauth/tokens HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n"
    )
    client.line.sendall(head.encode())
    leave = client.line.recv(100)

    heard = client.say(b"{}")

    assert leave == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert re.match(rb"HTTP/1\.1 40[0-9] ", heard)


def test_a_body_in_chunks_is_read_whole(client: Client) -> None:
    raw = (
        "POST /v3.0/users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        f"{client.bearer}\r\n5\r\nhello\r\n0\r\n\r\n"
    )

    assert client.say(raw.encode()).startswith(b"HTTP/1.1 404")
    assert client.say(client.get("/v3.0/users")).startswith(b"HTTP/1.1 200")


def test_a_client_that_does_not_read_is_waited_for(client: Client) -> None:
    many = 400

    client.line.sendall(client.get("/v3.1/users") * many)
    time.sleep(0.3)

    assert _complete(client.say(b"", answers=many)) == many


class _Deaf:
    """A transport that only remembers."""

    def __init__(self) -> None:
        self.written = b""

    def get_extra_info(self, name: str) -> None:
        return None

    def writelines(self, parts: list[bytes]) -> None:
        self.written += b"".join(parts)


def test_a_header_cannot_be_broken_in_two() -> None:
    def careless(request: Request) -> Response:
        return Response(302, [(b"location", b"http://x/\r\nset-cookie: a=b")])

    line = HttpConnection(careless, set())
    line.connection_made(_Deaf())  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="line break"):
        line._serve(Request("GET", "/"), True)
