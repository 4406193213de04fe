"""Asking: whatever is asked of the app, with its duration and the requests it makes meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.contract.timeouts import Timeouts
from harness.simulator.http.traffic import Exchange
from harness.simulator.simulator import Simulator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """What the app answered, and what that took."""

    value: T
    seconds: float
    exchanges: Sequence[Exchange]
    """What it asked Clever for meanwhile."""


class Asking:
    """Everything that is asked of one app."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self.longest: dict[str, float] = {}
        """Key of `[timeouts]` → the seconds that its slowest call took."""

    def ask(self, timeout: str, call: Callable[[], T]) -> Answered[T]:
        """The answer to a call with this time-out; raises what the call raises."""
        mark, began = self._simulator.traffic.mark(), time.monotonic()
        value = call()
        seconds = time.monotonic() - began
        self.longest[timeout] = max(seconds, self.longest.get(timeout, 0.0))
        return Answered(value, seconds, self._simulator.traffic.since(mark))


def patience(timeouts: Timeouts, most: float) -> Timeouts:
    """The same time-outs, none of them longer than anything here should take."""
    return Timeouts(
        connect=min(timeouts.connect, most),
        sync=min(timeouts.sync, most),
        snapshot=min(timeouts.snapshot, most),
        act=min(timeouts.act, most),
        approve=min(timeouts.approve, most),
        restart=min(timeouts.restart, most),
        start=timeouts.start,
    )
