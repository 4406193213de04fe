"""The control API against its own description, with schemathesis as a stranger that drives it.

Run by `test_control_described.py`, in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from simulator import town
from simulator.controlled import DESCRIPTION, ThreeDays

from harness.simulator.control.api import Control
from harness.simulator.control.context import ControlContext
from harness.simulator.control.door import PREFIX, ControlDoor
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
API = schemathesis.openapi.from_dict(DESCRIPTION)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    simulator = Simulator(clients=[town.CLIENT])
    simulator.publish(town.roster(), at=town.DAY)
    context = ControlContext(simulator=simulator, year=ThreeDays(), url=lambda: server.url)
    with Server(
        simulator, control=ControlDoor(lambda: Control(context, host="127.0.0.1").handle)
    ) as server:
        yield server.url
    assert simulator.crashes == []


@API.parametrize()
@settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_it_answers_as_described(case: Case[Any], url: str) -> None:
    response = case.call(base_url=f"{url}{PREFIX}")

    case.validate_response(response, checks=CHECKS)  # raises what it finds
    assert response.status_code < 500
