"""App calls: whatever the harness asks of the app, with the requests the app makes meanwhile.

An app that can no longer be driven or read is started again if the adapter can do that.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from harness.adapters.loaded import LoadedAdapter
from harness.errors import AdapterError
from harness.plan.calendar_day import CalendarDay
from harness.recording.recording import Entry
from harness.replay.app_restarts import AppRestarts
from harness.replay.progress import Progress
from harness.replay.simulated_clever import SimulatedClever
from harness.replay.traffic_recorder import TrafficRecorder

T = TypeVar("T")

PAUSE = 0.05
"""Seconds between two looks at whether an app still asks."""
QUIET = 20
"""So many looks without a request: it has stopped, or pauses for long."""


class AppCalls:
    """Everything asked of one app in one attempt."""

    def __init__(
        self,
        adapter: LoadedAdapter,
        clever: SimulatedClever,
        add: Callable[[Entry], None],
        progress: Progress,
    ) -> None:
        self._clever, self._progress = clever, progress
        self.traffic = TrafficRecorder(clever.simulator, add)
        self.restarts = AppRestarts(adapter, add)
        self.awaited = ""
        """What the harness waits for, or waited for last."""

    def ask(
        self,
        day: CalendarDay,
        what: str,
        call: Callable[[], T],
        died: Callable[[str], T] | None = None,
    ) -> T:
        """The answer of the app; raises AdapterError when it can be asked no more.

        When it had to be started again: what `died` makes of its last words, or else its answer to
        the same question.
        """
        try:
            return self._asked(day, what, call)
        except AdapterError as error:
            last_words = self._start_again(day, what, error)
        return died(last_words) if died else self._asked(day, what, call)

    def ask_once(self, day: CalendarDay, what: str, call: Callable[[], T]) -> T:
        """The answer of an app that nobody starts again; raises AdapterError."""
        return self._asked(day, what, call)

    def let_sync_end(self, day: CalendarDay, looks: int) -> bool:
        """Wait, for so many looks, until a sync that timed out asks no more; whether it did.

        The channel may have ended it by then; an app of its own process goes on.
        """
        with self.traffic.attribute_to(day.district, day.day, "sync"):
            quiet, arrived = 0, self.traffic.arrived()
            for _ in range(looks):
                time.sleep(PAUSE)
                before, arrived = arrived, self.traffic.arrived()
                quiet = quiet + 1 if arrived == before else 0
                if quiet >= QUIET:
                    break
        self.traffic.sync_goes_on(day.district, day.day)
        return quiet >= QUIET

    def _start_again(self, day: CalendarDay, what: str, error: AdapterError) -> str:
        """Have the app started again; its last words. Raises AdapterError when that is no use."""
        connection = self._clever.connection_on(day)
        try:
            return self.restarts.start_again(
                day, what, error, connection, lambda name, call: self._asked(day, name, call)
            )
        finally:
            self.awaited = what

    def _asked(self, day: CalendarDay, what: str, call: Callable[[], T]) -> T:
        """The answer of the app, with its requests noted as made during this call."""
        self.awaited = what
        self._progress.waiting(day.district, day.day, what)
        began = time.perf_counter()
        try:
            with self.traffic.attribute_to(day.district, day.day, what):
                return call()
        finally:
            self._progress.answered(what, time.perf_counter() - began)
