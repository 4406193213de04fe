"""Events come in gzip to whoever accepts it; nothing else does."""

from __future__ import annotations

import gzip
import json

import httpx
import pytest
from simulator import town
from simulator.town import DISTRICT, MAYA, Caller

from harness.simulator.faults.effects import cut_off
from harness.simulator.faults.fault import Fault
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator

READ = (
    "gzip",
    "GZip",
    "deflate, gzip",
    "gzip;q=0.5, *;q=0",
    "br , gzip ;q=1.0",
    "x-gzip",
    "gzip,br",
)
NOT_READ = (
    "",
    "identity",
    "br",
    "gzip;q=0",
    "gzip;q=0.000, br",
    "deflate",
    "notgzip",
    "gzipped",
    "*",
)


@pytest.mark.parametrize("said", READ)
def test_who_accepts_gzip_gets_events_in_it(app: Caller, said: str) -> None:
    plain = app.get("/v3.1/events?limit=5")

    answer = app.get("/v3.1/events?limit=5", accept_encoding=said)

    assert answer.header("content-encoding") == "gzip"
    assert answer.header("vary") == plain.header("vary") == "Accept-Encoding"
    assert gzip.decompress(answer.body) == plain.body
    assert answer.records == plain.records == 5
    assert len(answer.body) < len(plain.body)


@pytest.mark.parametrize("said", NOT_READ)
def test_who_does_not_accept_gzip_gets_them_as_they_are(app: Caller, said: str) -> None:
    answer = app.get("/v3.1/events", accept_encoding=said)

    assert answer.header("content-encoding") == ""
    assert json.loads(answer.body)["data"]


def test_a_single_event_is_packed_too_and_has_no_tag_either_way(app: Caller) -> None:
    (event,) = json.loads(app.get("/v3.1/events?limit=1").body)["data"]

    answer = app.get(event["uri"], accept_encoding="gzip")

    assert json.loads(gzip.decompress(answer.body))["data"] == event["data"]
    assert answer.header("etag") == ""


def test_what_the_events_service_refuses_is_packed_too(app: Caller) -> None:
    answer = app.get("/v3.1/events?limit=0", accept_encoding="gzip")

    assert answer.status == 400
    assert json.loads(gzip.decompress(answer.body))["message"]


@pytest.mark.parametrize(
    "path",
    ["/v3.1/users", f"/v3.1/users/{MAYA}", "/v3.1/resources", "/v3.1/users?limit=0", "/v3.1/event"],
)
def test_nothing_else_is_packed(app: Caller, path: str) -> None:
    assert app.get(path, accept_encoding="gzip").header("content-encoding") == ""


def test_trouble_looks_at_the_page_before_it_is_packed(clever: Simulator, app: Caller) -> None:
    clever.faults.set(Fault(name="cut-off", effect=cut_off(0.5), after=0))
    plain = app.get("/v3.1/events")
    clever.faults.set(Fault(name="cut-off", effect=cut_off(0.5), after=0))

    answer = app.get("/v3.1/events", accept_encoding="gzip")

    assert plain.cut == len(plain.body) // 2
    assert answer.fault == "cut-off"
    assert answer.cut is not None
    assert abs(answer.cut - len(answer.body) // 2) <= 1


def test_a_client_over_the_network_reads_the_same_either_way(clever: Simulator) -> None:
    said = {"authorization": f"Bearer {clever.token(DISTRICT)}"}
    with Server(clever) as server, httpx.Client(base_url=server.url, headers=said) as client:
        compressed = client.get("/v3.0/events?limit=3")
        plain = client.get("/v3.0/events?limit=3", headers={"accept-encoding": "identity"})
        head = client.head("/v3.0/events?limit=3")

    assert compressed.headers["content-encoding"] == "gzip"
    assert int(compressed.headers["content-length"]) < int(plain.headers["content-length"])
    assert compressed.json() == plain.json()
    assert head.headers["content-length"] == compressed.headers["content-length"]
    assert town.DISTRICT in compressed.text
