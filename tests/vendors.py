"""Apps that cannot be driven or read as they should, for the tests of messages and exit codes.

And one that is right in another year.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import httpx

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client


class SyncRaises(DemoAdapter):
    """Its sync ends in an exception on every day, after it has asked for its token."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        auth = (connection.client_id, connection.client_secret)
        httpx.get(f"{connection.accounts}/oauth/tokens?owner_type=district", auth=auth)
        raise KeyError("email")


class SaysNonsense(DemoAdapter):
    """Its snapshot has a status nobody knows."""

    def snapshot(self, connection: Connection) -> Snapshot:
        row = {"clever_id": "1", "app_id": "1", "status": "gone"}
        return {"users": [row]}  # type: ignore[return-value]


class HoldsNothing(DemoAdapter):
    """Its snapshot is empty."""

    def snapshot(self, connection: Connection) -> Snapshot:
        return Snapshot()


class DiesHalfway(DemoAdapter):
    """It cannot be read any more after its fifth sync."""

    def __init__(self, database: Path | None = None) -> None:
        super().__init__(database)
        self.syncs = 0

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.syncs += 1
        return super().sync(connection, mode)

    def snapshot(self, connection: Connection) -> Snapshot:
        if self.syncs > 5:
            raise ConnectionError("the database has gone away")
        return super().snapshot(connection)


class IsInterrupted(DemoAdapter):
    """Somebody presses Ctrl-C while its second day is synced."""

    def __init__(self, database: Path | None = None) -> None:
        super().__init__(database)
        self.syncs = 0

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.syncs += 1
        if self.syncs == 3:
            os.kill(os.getpid(), signal.SIGINT)
        return super().sync(connection, mode)


class WithoutProgress(DemoAdapter):
    """It offers no way to finish a lesson, and declares nothing about it."""

    finish_lesson = None  # type: ignore[assignment]


class InAnotherYear(DemoAdapter):
    """Its clock is that many days ahead."""

    def __init__(self, days: str) -> None:
        super().__init__()
        self.ahead = int(days) * 86_400

    def open_client(self, http: httpx.Client, connection: Connection) -> Client:
        return self.client(
            http,
            connection,
            back_off=self.back_off,
            wait=self.wait,
            clock=lambda: time.time() + self.ahead,
        )
