"""Traffic recorder: puts each request of the app into the recording, and what it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from harness.district.data_model.roster import Roster
from harness.errors import SimulatorError
from harness.recording.deliveries import RecordNumbers
from harness.recording.recording import Entry, LoggedRequest
from harness.simulator.http.traffic import Exchange
from harness.simulator.simulator import Simulator


class TrafficRecorder:
    """Reads the simulator's traffic log as the rehearsal goes on."""

    def __init__(self, simulator: Simulator, add: Callable[[Entry], None]) -> None:
        self._simulator, self._add = simulator, add
        self._mark = simulator.traffic.mark()
        self._moment = ("", "", "")
        self._unended: dict[str, str] = {}
        """District → the day of its sync that did not end in time."""
        self._districts: dict[str, str] = {}
        self._numbers = RecordNumbers()
        self.requests = 0
        """How many requests there were."""

    def register_roster(self, district: str, roster: Roster) -> None:
        """From now on requests for this roster's district are noted under its name in the plan."""
        self._districts[roster.district["id"]] = district
        self._numbers.learn(district, roster)

    def sync_goes_on(self, district: str, day: str) -> None:
        """Put what is read of a district down to a sync that has not ended, until its next one."""
        self._unended[district] = day

    def arrived(self) -> int:
        """How many requests there were, those included that are not in the recording yet."""
        return self._simulator.traffic.mark()

    @contextmanager
    def attribute_to(self, district: str, day: str, what: str) -> Iterator[None]:
        """Note what the app asks for within; raises SimulatorError when our Clever broke."""
        self.flush()  # stragglers belong to what the app was asked for before
        self._moment = (district, day, what)
        if what == "sync":
            self._unended.pop(district, None)
        try:
            yield
        finally:
            self.flush()
        if self._simulator.crashes:
            crash = self._simulator.crashes[-1]
            raise SimulatorError(
                f"the simulated Clever broke: {type(crash).__name__}: {crash}",
                hint="This is a mistake in rosterready, not in the app; please report it.",
            ) from crash

    def flush(self) -> None:
        """Put the requests since the last time into the recording."""
        exchanges = self._simulator.traffic.since(self._mark)
        self._mark += len(exchanges)
        self.requests += len(exchanges)
        for exchange in exchanges:
            moment = self._moment
            named = self._districts.get(exchange.district, "")
            if named in self._unended and moment[::2] != (named, "sync"):
                moment = (named, self._unended[named], "sync")
            self._add(_request(exchange, moment, self._districts, self._numbers))


def _request(
    exchange: Exchange,
    moment: tuple[str, str, str],
    districts: Mapping[str, str],
    numbers: RecordNumbers,
) -> LoggedRequest:
    busy_with, day, what = moment
    # One without a district's token is put down to the district the app was busy with.
    district = districts.get(exchange.district, busy_with)
    delivery = exchange.delivery
    return LoggedRequest(
        district=district,
        day=day,
        during=what,
        method=exchange.method,
        path=exchange.path,
        query=exchange.query,
        status=exchange.status,
        records=exchange.records,
        size=exchange.size,
        started=exchange.started,
        seconds=exchange.seconds,
        fault=exchange.fault,
        agent=exchange.agent,
        connection=exchange.connection,
        delivered=numbers.pack(district, delivery.clever_ids) if delivery else "",
        first=delivery.start if delivery else 0,
        listed=delivery.total if delivery else None,
    )
