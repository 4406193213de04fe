"""The Clever of one rehearsal: a simulator behind a port, and the app it knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from harness.contract.connection import Connection
from harness.district.data_model.roster import Roster
from harness.plan.calendar_day import CalendarDay
from harness.simulator.access.clients import OAuthClient
from harness.simulator.serving.server import Server
from harness.simulator.serving.tls import issue_certificates
from harness.simulator.serving.trust import trusting
from harness.simulator.simulator import Simulator


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedClever:
    """Where the simulated Clever is, and as whom the app speaks to it."""

    simulator: Simulator
    url: str
    client: OAuthClient
    trust: Mapping[str, str] = field(default_factory=dict)
    """Variables that make a process trust its certificate; none without TLS."""

    def connection(self, district: str) -> Connection:
        """What the app needs to reach one district, by its Clever id."""
        return Connection(
            api=self.url,
            accounts=self.url,
            client_id=self.client.id,
            client_secret=self.client.secret,
            district=district,
        )

    def connection_on(self, day: CalendarDay) -> Connection:
        """The same on a day, with what the app's operators know of the district."""
        return self.connection_to(day.roster, day.date)

    def connection_to(self, roster: Roster, today: date | None) -> Connection:
        """The same for the district of a roster."""
        return replace(
            self.connection(roster.district["id"]),
            district_name=str(roster.district.get("name") or ""),
            schools=tuple(roster.schools),
            day=today.isoformat() if today else "",
        )


@contextmanager
def serve(
    client: OAuthClient,
    *,
    now: Callable[[], float],
    timer: Callable[[], float],
    skip: Callable[[float], None] | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    tls: Path | None = None,
) -> Iterator[SimulatedClever]:
    """A Clever that answers while the context is open; raises SimulatorError.

    `now` gives protocol time in Unix seconds, `timer` seconds since any moment. With
    `skip` nobody waits for slow answers. `tls` is the folder of an authority, for HTTPS.
    """
    certificates, trust = None, {}
    if tls is not None:
        certificates = issue_certificates(tls, now=datetime.fromtimestamp(now(), UTC))
        trust = dict(trusting(certificates, os.environ))
    simulator = Simulator(clients=[client], now=now, timer=timer, skip=skip)
    with Server(simulator, host, port, tls=certificates) as server:
        yield SimulatedClever(simulator=simulator, url=server.url, client=client, trust=trust)
