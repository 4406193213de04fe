"""One Clever with one small district in play."""

from __future__ import annotations

import os

import pytest
from simulator import town
from simulator.town import Caller

from harness.simulator.simulator import Simulator

# Runs against descriptions of the API that are not part of this repository.
collect_ignore = (
    [] if os.environ.get("ROSTERREADY_API_DESCRIPTIONS") else ["test_api_descriptions.py"]
)


class Clock:
    """Protocol time that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1_790_000_000.25

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clever(clock: Clock) -> Simulator:
    simulator = Simulator(clients=[town.CLIENT], now=clock)
    simulator.publish(town.roster(), at=town.DAY)
    return simulator


@pytest.fixture
def app(clever: Simulator) -> Caller:
    return Caller(clever, clever.token(town.DISTRICT))
