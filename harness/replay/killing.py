"""Killing: the app is killed in the middle of a sync, as in a crash or a power cut, and started.

When is a matter of what the sync before asked for, so that an app which writes as it reads has
written something by then. Clever holds its answer to one request until the app is dead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from harness.adapters.loaded import LoadedAdapter
from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.errors import AdapterError
from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import APP_KILLED, PlannedFault, Target
from harness.recording.recording import Entry, Killed
from harness.replay.app_calls import AppCalls
from harness.replay.fault_injection import PATHS, planned
from harness.replay.simulated_clever import SimulatedClever
from harness.simulator.faults.fault import Fault
from harness.simulator.http.message import Response
from harness.simulator.http.traffic import Exchange
from harness.simulator.routing.call import Endpoint, EndpointCall
from harness.simulator.simulator import Simulator

_LONGEST = 30.0
"""Seconds in which a sync may end whose app is dead, beside several times those it usually takes.

An adapter that outlives the app may wait for it in vain.
"""
_USUAL = 4


def kills_app(day: CalendarDay) -> bool:
    """Whether the app is killed during the sync of a day."""
    return any(fault.kind == APP_KILLED for fault in planned(day))


def passing_before(requests: Sequence[Exchange], fault: PlannedFault) -> int:
    """How many requests pass before the one at which the app is killed, by those of a good sync."""
    if fault.page == "last":
        return max(0, len(requests) - 1)
    total, came = sum(request.records for request in requests), 0
    for number, request in enumerate(requests, start=1):
        came += request.records
        if 2 * came >= total:
            return min(number, len(requests) - 1)
    return 0


@dataclass(slots=True)
class KilledSyncs:
    """The syncs of one attempt in the middle of which the app is killed."""

    adapter: LoadedAdapter
    clever: SimulatedClever
    app: AppCalls
    add: Callable[[Entry], None]
    _latest: Killed | None = field(default=None, init=False)
    """What the recording says of the latest."""
    _good: list[Sequence[Exchange]] = field(default_factory=list, init=False)
    """What each good sync asked for about its district."""
    _seconds: float = field(default=0.0, init=False)
    """What the longest of them took."""

    @property
    def happened(self) -> bool:
        """Whether the app was killed in the latest of them."""
        return bool(self._latest and self._latest.request)

    def note_good(self, day: CalendarDay, since: int, seconds: float) -> None:
        """Learn from a sync that began with this mark of the traffic log."""
        district = day.roster.district["id"]
        exchanges = self.clever.simulator.traffic.since(since)
        self._good.append(
            [
                row
                for row in exchanges
                if row.district == district and re.match(PATHS[Target.ANYTHING], row.path)
            ]
        )
        self._seconds = max(seconds, self._seconds)

    @property
    def _usual(self) -> Sequence[Exchange]:
        """What the sync that asked for most asked for; the first often asks for more than any."""
        return max(self._good[1:], key=len, default=())

    def play(self, day: CalendarDay, mode: Mode, connection: Connection) -> Sync:
        """How a sync ended whose app was killed; raises AdapterError if it does not start again."""
        killer = Killer(self.adapter, connection, passing_before(self._usual, planned(day)[0]))
        most = _LONGEST + _USUAL * self._seconds
        try:
            with killer.at_work(self.clever.simulator, day):
                sync = self.app.ask_once(
                    day, "sync", lambda: self.adapter.sync(connection, mode, most)
                )
        except AdapterError as error:
            sync = Sync(state=SyncState.FAILED, reason=error.problem)
        self._revive(day, killer, connection)
        return sync

    def _revive(self, day: CalendarDay, killer: Killer, connection: Connection) -> None:
        self._latest = Killed(
            district=day.district,
            day=day.day,
            by=self.adapter.killed_by,
            request=killer.request,
            problem=killer.problem,
        )
        self.add(self._latest)
        if killer.request:
            self.app.ask_once(day, "restart", lambda: self.adapter.revive(connection))

    def left_dead(self, day: CalendarDay, error: AdapterError) -> bool:
        """Whether an app can be asked no more since it was killed; then the recording says so."""
        latest = self._latest
        if latest is None or not latest.request or day.district != latest.district:
            return False
        self.add(replace(latest, day=day.day, failed=error.problem))
        return True


@dataclass(slots=True)
class Killer:
    """Kills the app at one request."""

    adapter: LoadedAdapter
    connection: Connection
    passing: int
    """Requests about the district that are answered before."""
    request: str = field(default="", init=False)
    """The path of the one at which it was killed; "" while it has not been."""
    problem: str = field(default="", init=False)
    """Why it could not be killed, or ""."""

    @contextmanager
    def at_work(self, simulator: Simulator, day: CalendarDay) -> Iterator[None]:
        """The app is killed within, as soon as it asks for enough."""
        others = tuple(simulator.faults)
        strike = Fault(
            name=APP_KILLED,
            effect=self._strike,
            path=PATHS[Target.ANYTHING],
            district=day.roster.district["id"],
            after=self.passing,
        )
        simulator.faults.set(*others, strike)
        try:
            yield
        finally:
            simulator.faults.set(*others)

    def _strike(self, call: EndpointCall, endpoint: Endpoint) -> Response:
        """Kill the app while it waits for an answer; it counts as delivered to one that lives."""
        self.request = call.request.path
        self.problem = self.adapter.kill(self.connection)
        response = endpoint(call)
        if not self.problem:
            response.delivery = None
        return response
