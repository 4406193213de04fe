"""Examination: an app is started, driven and read, from what it needs first to what may be missing.

The first half is about the way to the app: without it nothing more can be tried. The second half
syncs a tiny district and looks at what came back. Nothing here judges the app.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from harness.adapters.app_process import running_app
from harness.adapters.loaded import LoadedAdapter
from harness.adapters.opening import open_adapter
from harness.adapters.spec import parse_spec
from harness.config.config import Config
from harness.contract.connection import Connection
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync
from harness.doctor import capabilities, declarations, holdings, snapshots, syncing
from harness.doctor.asking import Answered, Asking, patience
from harness.doctor.diagnosis import Diagnosis, State
from harness.doctor.exports import examined_export
from harness.doctor.tiny_district import TIMES_LARGER, TinyDistrict, tiny_district
from harness.errors import AdapterError, RosterreadyError
from harness.prose import joined
from harness.replay.credentials import credentials
from harness.replay.simulated_clever import SimulatedClever, serve
from harness.simulator.http.traffic import Exchange

_GROWS = ("sync", "snapshot", "approve")
"""Calls that take longer in a larger district."""
LONGEST = 30.0
"""Seconds that anything may take here, whatever `[timeouts]` says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Whom the doctor sees, and when."""

    config: Config
    mode: Mode
    salt: str
    run_date: date
    now: Callable[[], float]
    timer: Callable[[], float]


def examine(visit: Visit) -> Iterator[Diagnosis]:
    """All there is to say, each as soon as it is known; what stops the examination comes last."""
    if parse_spec(visit.config.adapter).kind == "file":
        yield from examined_export(visit.config)
        return
    endpoint = visit.config.simulator
    client = credentials(
        visit.salt, client_id=endpoint.client_id, client_secret=endpoint.client_secret
    )
    try:
        with serve(
            client,
            now=visit.now,
            timer=visit.timer,
            host=endpoint.host,
            port=endpoint.port,
            tls=visit.config.authority,
        ) as clever:
            yield Diagnosis(tried="simulator", came=f"the simulated Clever listens at {clever.url}")
            yield from _opened(visit, clever)
    except AdapterError as error:
        yield Diagnosis.of("app", error)
    except RosterreadyError as error:
        yield Diagnosis.of("simulator", error)


def _opened(visit: Visit, clever: SimulatedClever) -> Iterator[Diagnosis]:
    config, began = visit.config, visit.timer()
    with running_app(
        config.launch,
        clever.connection(""),
        directory=config.directory,
        timeout=config.timeouts.start,
        allow_remote=config.allow_remote,
        environment=clever.trust,
    ):
        if config.launch.start:
            yield Diagnosis(tried="app", came=f"started in {visit.timer() - began:.1f} s")
        yield from _driven(visit, clever)


def _driven(visit: Visit, clever: SimulatedClever) -> Iterator[Diagnosis]:
    config, began = visit.config, visit.timer()
    try:
        adapter = open_adapter(
            config.adapter,
            config.options,
            directory=config.directory,
            timeouts=patience(config.timeouts, LONGEST),
            allow_remote=config.allow_remote,
            reading=config.reading,
            environment=clever.trust,
        )
    except RosterreadyError as error:
        yield Diagnosis.of("start", error)
        return
    with adapter:
        offered = joined(sorted(adapter.capabilities))
        yield Diagnosis(
            tried="start",
            came=f"{adapter.name} answered in {visit.timer() - began:.1f} s and offers "
            f"{offered or 'the required calls only'}",
        )
        yield from _Examination(visit, clever, adapter).all()


class _Examination:
    """What is tried with an adapter that is open."""

    def __init__(self, visit: Visit, clever: SimulatedClever, adapter: LoadedAdapter) -> None:
        self._visit, self._adapter, self._clever = visit, adapter, clever
        self._asking = Asking(clever.simulator)
        self._profile = visit.config.profile or adapter.profile or Profile()
        self._district: TinyDistrict = tiny_district(
            seed=visit.config.seed, salt=visit.salt, run_date=visit.run_date
        )
        today = self._district.at.date()
        self._connection: Connection = clever.connection_to(self._district.roster, today)

    def all(self) -> Iterator[Diagnosis]:
        """Every step, until one stops the others."""
        tries = capabilities.Tries(self._adapter, self._asking, self._connection, self._district)
        yield from tries.before()
        self._clever.simulator.publish(self._district.roster, at=self._district.at)
        tried = "connect"
        try:
            connected = self._connect()
            yield Diagnosis(tried=tried, came=f"returned in {connected.seconds:.1f} s")
            yield from snapshots.before_sync(self._adapter, self._asking, self._connection)
            tried = "sync"
            ended = self._sync()
            read = (*connected.exchanges, *ended.exchanges)
            tried = "snapshot"
            first = yield from self._first_look(ended, read)
            again = self._look()
        except AdapterError as error:
            yield Diagnosis.of(tried, error)
            return
        yield from snapshots.after_sync(first, again)
        yield from holdings.compared(first.value, read, self._district, self._profile)
        yield from declarations.compared(first.value, self._profile)
        yield from tries.after(first.value)
        yield from capabilities.missing(self._adapter, self._profile)
        yield self._time_outs()

    def _first_look(
        self, ended: Answered[Sync], read: Sequence[Exchange]
    ) -> Generator[Diagnosis, None, Answered[Snapshot]]:
        """What the app holds after its sync, which decides what an end that is not good means."""
        kept = False
        try:
            first = self._look()
            kept = bool(first.value.users)
        finally:
            yield syncing.ended(ended, kept=kept)
            yield syncing.requests(read)
        return first

    def _connect(self) -> Answered[None]:
        return self._asking.ask("connect", lambda: self._adapter.connect(self._connection))

    def _sync(self) -> Answered[Sync]:
        return syncing.synced(self._adapter, self._asking, self._connection, self._visit.mode)

    def _look(self) -> Answered[Snapshot]:
        return self._asking.ask("snapshot", lambda: self._adapter.snapshot(self._connection))

    def _time_outs(self) -> Diagnosis:
        """Whether the calls will be in time when the district is as large as the largest."""
        timeouts = self._visit.config.timeouts
        always = min(self._asking.longest.values())  # to start a program, whatever it does
        late = {
            name: seconds
            for name, seconds in self._asking.longest.items()
            if name in _GROWS and (seconds - always) * TIMES_LARGER > getattr(timeouts, name)
        }
        slowest, took = max(self._asking.longest.items(), key=lambda item: item[1])
        if not late:
            return Diagnosis(
                tried="time-outs",
                came=f"{slowest} took longest, {took:.1f} of {getattr(timeouts, slowest):g} s",
            )
        calls = [
            f"{name} took {seconds:.1f} of {getattr(timeouts, name):g} s"
            for name, seconds in late.items()
        ]
        return Diagnosis(
            tried="time-outs",
            came=f"{joined(calls)} here; a rehearsal has {TIMES_LARGER} times as many people",
            do=f"Give more time: [timeouts] {joined(list(late))}.",
            state=State.NOTE,
        )
