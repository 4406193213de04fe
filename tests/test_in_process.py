"""What an app gets in process is what comes over a socket."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import in_process
import pytest
from rehearsing import RUN_DATE

from harness.district.build import build_district
from harness.district.clever.rules import share
from harness.district.population.sizes import SMALL
from harness.replay.credentials import credentials
from harness.replay.simulated_clever import SimulatedClever
from harness.simulator.faults.effects import EFFECTS
from harness.simulator.faults.fault import Fault

OF_THIS_ANSWER = ("x-request-id", "x-ratelimit-remaining")


@pytest.fixture
def clever() -> Iterator[SimulatedClever]:
    client = credentials("in-process")
    with in_process.serve(client, now=time.time, timer=time.monotonic) as clever:
        sis = build_district((), seed=3, salt="a", run_date=RUN_DATE, size=SMALL)
        now = datetime.now(UTC)
        clever.simulator.publish(share(sis, at=now, previous=None), at=now)
        yield clever


def asked(
    clever: SimulatedClever, path: str, transport: httpx.BaseTransport | None
) -> tuple[int, dict[str, str], bytes]:
    [district] = clever.simulator.districts
    connection = clever.connection(district)
    headers = {"Authorization": f"Bearer {clever.simulator.token(district)}"}
    auth = None
    if path.startswith("/oauth"):
        auth = httpx.BasicAuth(connection.client_id, connection.client_secret)
    with httpx.Client(transport=transport, trust_env=False) as http:
        answer = http.get(f"{connection.api}{path}", headers=headers, auth=auth)
    shown = {name: value for name, value in answer.headers.items() if name not in OF_THIS_ANSWER}
    shown["date"] = shown["date"][:16]
    return answer.status_code, shown, answer.content


@pytest.mark.parametrize(
    "path",
    [
        "/oauth/tokens?owner_type=district",
        "/v3.1/users?limit=7",
        "/v3.1/sections",
        "/v3.1/users/nobody",
        "/v3.1/nothing",
        "/nothing",
    ],
)
def test_an_answer_is_the_same_either_way(clever: SimulatedClever, path: str) -> None:
    assert asked(clever, path, in_process.InProcess()) == asked(clever, path, None)
    direct, wired = clever.simulator.traffic
    assert (direct.path, direct.query, direct.agent) == (wired.path, wired.query, wired.agent)
    assert (direct.status, direct.records, direct.size) == (wired.status, wired.records, wired.size)


def test_a_connection_that_drops_is_a_real_one(clever: SimulatedClever) -> None:
    clever.simulator.faults.set(Fault(name="cut-off", effect=EFFECTS["cut-off"](), after=0))

    with pytest.raises(httpx.RemoteProtocolError):
        asked(clever, "/v3.1/users", in_process.InProcess())
