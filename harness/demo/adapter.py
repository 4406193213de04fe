"""The adapter of Lantern Reader: the worked example for adapter authors.

An adapter is thin. It calls the app the way its operators and users do, and translates what the
app holds into a `Snapshot`. It decides nothing, repairs nothing, and never calls Clever.
"""

from __future__ import annotations

import pkgutil
import shutil
import ssl
import tempfile
import time
import weakref
from collections.abc import Callable
from functools import cache
from pathlib import Path

import httpx

from harness.contract.account import Account, Created
from harness.contract.clock import SkippableClock
from harness.contract.connection import Connection
from harness.contract.edit import Edit
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.client import Client
from harness.demo.export import Export
from harness.demo.manual_edits import ManualEdits
from harness.demo.profile import PROFILE
from harness.demo.reader import Reader
from harness.demo.store import Store
from harness.demo.sync import DistrictSync


class LanternAdapter:
    """Drives and reads one installation of Lantern Reader, which is one database.

    These are the methods that every adapter must have. A subclass can exchange any part of the app,
    as the mutants and the variants do.
    """

    profile = PROFILE
    client = Client
    reader = Reader
    store = Store
    district_sync = DistrictSync
    export = Export

    def __init__(
        self,
        database: Path | str | None = None,
        *,
        back_off: float | str = 0.02,
        timeout: float | str = 10.0,
        clock: Path | str | None = None,
        wait: Callable[[float], None] = time.sleep,
        transport: Callable[[], httpx.BaseTransport] | str | None = None,
    ) -> None:
        """Without a `database` the app starts empty and leaves nothing behind.

        `back_off` is the pause before a first retry in seconds: one against Clever itself, less
        in a rehearsal, where nobody needs the rest. `timeout` is that of one request, in seconds.
        With the path of a `SkippableClock` the app skips time instead of waiting. `transport` makes
        what an HTTP client sends its requests by. Options that come from a configuration are text;
        then a transport is named as `module:name`.
        """
        self.database = Path(database) if database else self._fresh_database()
        self.back_off = float(back_off)
        self.timeout = float(timeout)
        skippable = SkippableClock(clock) if clock else None
        self.wait = skippable.skip if skippable else wait
        self.clock = skippable.now if skippable else time.time
        self.transport: Callable[[], httpx.BaseTransport] | None = (
            pkgutil.resolve_name(transport) if isinstance(transport, str) else transport
        )

    def connect(self, connection: Connection) -> None:
        """What our support team does when a district signs up: note its Clever ID."""
        with self.store.open(self.database) as store, store.transaction():
            store.connect(connection.district)

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """What the nightly job does for one district."""
        if mode is not Mode.FULL:
            return Sync(
                state=SyncState.REFUSED,
                reason=f"Lantern Reader reads whole districts only, so not in mode {mode}.",
            )
        return self.run_sync(connection, self.district_sync)

    def snapshot(self, connection: Connection) -> Snapshot:
        """What our data export gives for one district."""
        with self.store.open(self.database) as store:
            district = store.district(connection.district)
            return self.export(store, district).snapshot() if district else Snapshot()

    def run_sync(self, connection: Connection, job: type[DistrictSync]) -> Sync:
        """One sync, assembled from the parts of the app."""
        with self.http() as http, self.store.open(self.database) as store:
            return job(self.reader(self.open_client(http, connection)), store).run()

    def open_client(self, http: httpx.Client, connection: Connection) -> Client:
        return self.client(
            http, connection, back_off=self.back_off, wait=self.wait, clock=self.clock
        )

    def http(self) -> httpx.Client:
        """The app's HTTP client; it connects to Clever directly, never through a proxy."""
        return httpx.Client(
            headers={"User-Agent": "LanternReader/1.0"},
            timeout=self.timeout,
            trust_env=False,
            transport=self.transport() if self.transport else None,
            verify=certificates(),
        )

    def _fresh_database(self) -> Path:
        folder = tempfile.mkdtemp(prefix="lantern-reader-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder, "lantern.db")


class Killed(BaseException):
    """The end of a sync whose process was killed: no handler of the app's hears of it."""


class DemoAdapter(LanternAdapter):
    """Adds optional methods: what people do in the app before it has Clever, and between syncs."""

    manual_edits = ManualEdits
    killed = False
    """Whether the sync that runs has been killed, and ends with what it asks for next."""

    def kill(self, connection: Connection) -> None:
        """What a power cut does. We live in the process of the rehearsal, which must go on.

        So the sync ends where it waits for Clever, and what it had not committed is gone.
        """
        self.killed = True

    def http(self) -> httpx.Client:
        """The same client; it brings no answer to a sync that was killed."""
        self.killed = False
        client = super().http()
        client.event_hooks = {"response": [self._end_if_killed]}
        return client

    def _end_if_killed(self, _: httpx.Response) -> None:
        if self.killed:
            raise Killed

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """What a tap on "Finish" does; raises LookupError if the person has no active account."""
        with self.store.open(self.database) as store, store.transaction():
            user = store.user(connection.district, clever_id)
            if user is None:
                raise LookupError(f"Lantern Reader has no active account for {clever_id}")
            store.finish_lesson(user, lesson)

    def create_account(self, connection: Connection, account: Account) -> Created:
        """What a school did with our "New reader" form before its district used Clever."""
        with self.store.open(self.database) as store, store.transaction():
            return Created(app_id=str(store.create_account(connection.district, account)))

    def edit(self, connection: Connection, edit: Edit) -> None:
        """What a teacher or an administrator does with our forms; raises what `make` does."""
        with self.store.open(self.database) as store, store.transaction():
            self.manual_edits(store, connection.district).make(edit)


@cache
def certificates() -> ssl.SSLContext:
    """The authorities we trust, loaded once because that takes longer than a short sync."""
    return ssl.create_default_context()
