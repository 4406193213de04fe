"""The port in front of the simulator."""

from __future__ import annotations

import gc
import http.client
import socket
import time
import weakref
from urllib.parse import urlsplit

import httpx
import pytest
from simulator import town

from harness.errors import SimulatorError
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator


def test_one_port_plays_both_hosts(clever: Simulator) -> None:
    with Server(clever) as server, httpx.Client(base_url=server.url) as app:
        listed = app.get(
            "/oauth/tokens?owner_type=district", auth=(town.CLIENT.id, town.CLIENT.secret)
        )
        token = listed.json()["data"][0]["access_token"]
        users = app.get("/v3.0/users", headers={"Authorization": f"Bearer {token}"})

    assert users.status_code == 200
    assert len(users.json()["data"]) == 7
    assert users.headers["content-length"] == str(len(users.content))


def test_a_taken_port_is_named_with_a_way_out(clever: Simulator) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SimulatorError, match=f"Port {port} .* in use") as refused:
            Server(clever, port=port).__enter__()

    assert "port 0" in refused.value.hint


def test_leaving_closes_the_port_at_once_even_with_a_connection_open(clever: Simulator) -> None:
    with Server(clever) as server:
        where = urlsplit(server.url)
        idle = http.client.HTTPConnection(where.netloc)
        idle.request("GET", "/v3.0/users")
        idle.getresponse().read()
        begun = time.perf_counter()
    spent = time.perf_counter() - begun
    idle.close()

    assert spent < 3
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


@pytest.mark.slow
def test_a_server_that_is_left_at_once_has_ended(clever: Simulator) -> None:
    begun = time.perf_counter()
    for _ in range(20):
        with Server(clever) as server:
            pass
        with pytest.raises(httpx.ConnectError):
            httpx.get(server.url)

    assert time.perf_counter() - begun < 20


def test_nothing_holds_a_simulator_that_is_served_no_more() -> None:
    """A rehearsal of many apps in one process would fill the memory."""
    gc.disable()
    try:
        clever = Simulator(clients=[town.CLIENT])
        gone = weakref.ref(clever)
        with Server(clever) as server, httpx.Client(trust_env=False) as client:
            client.get(f"{server.url}/v3.0/users")
        del clever, server

        assert gone() is None
    finally:
        gc.enable()


def test_a_huge_body_neither_breaks_the_answer_nor_the_server(clever: Simulator) -> None:
    headers = {"Authorization": f"Bearer {clever.token(town.DISTRICT)}"}
    with Server(clever) as server, httpx.Client(base_url=server.url, headers=headers) as app:
        read = app.request("GET", "/v3.0/schools", content=b"x" * 10_000_000)
        sent = app.post("/v3.0/schools", content=b"x" * 10_000_000)
        after = app.get("/v3.0/schools")

    assert (read.status_code, sent.status_code, after.status_code) == (200, 404, 200)


def test_a_head_request_has_headers_and_no_body(clever: Simulator) -> None:
    headers = {"Authorization": f"Bearer {clever.token(town.DISTRICT)}"}
    with Server(clever) as server:
        answer = httpx.head(f"{server.url}/v3.0/schools", headers=headers)

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["etag"].startswith('W/"')


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /v3.0/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://elsewhere.example.com/v3.0/users HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v3.0/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /v3.0/users HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["bytes", "absolute", "token", "version", "tls", "length", "long"],
)
def test_what_is_hardly_http_is_refused_and_the_server_lives_on(
    clever: Simulator, raw: bytes
) -> None:
    with Server(clever) as server:
        where = urlsplit(server.url)
        with socket.create_connection((where.hostname, where.port), timeout=5) as line:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            said = line.recv(4096)
        alive = httpx.get(f"{server.url}/v3.0/users")

    assert said[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 401", b"HTTP/1.1 404")
    assert b"Traceback" not in said
    assert alive.status_code == 401
    assert clever.crashes == []
