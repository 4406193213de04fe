"""Apps that cannot be driven or read as they should, for the tests of messages and exit codes.

And one that is right in another year.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx

from harness.contract.clock import SkippableClock
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
    """It cannot be read any more after its seventh sync."""

    def __init__(self, database: Path | None = None) -> None:
        super().__init__(database)
        self.syncs = 0

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.syncs += 1
        return super().sync(connection, mode)

    def snapshot(self, connection: Connection) -> Snapshot:
        if self.syncs > 7:
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


class SatchelInProcess:
    """The example app in a folder, driven by its own adapter without a process for every call."""

    def __init__(self, folder: str, clock: str) -> None:
        app = _module(Path(folder, "satchel.py"))
        app.time = SkippableTime(clock)
        self.calls = _module(Path(folder, "adapter.py"), satchel=app).CALLS

    def connect(self, connection: Connection) -> None:
        self._call("connect", connection)

    def sync(self, connection: Connection, mode: Mode) -> object:
        return self._call("sync", connection, mode=mode)

    def snapshot(self, connection: Connection) -> object:
        return self._call("snapshot", connection)

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        self._call("finish_lesson", connection, clever_id=clever_id, lesson=lesson)

    def _call(self, name: str, connection: Connection, **more: str) -> object:
        return self.calls[name]({"call": name, "connection": asdict(connection), **more})


class SkippableTime:
    """What the module `time` is to an app that skips its waits."""

    def __init__(self, clock: str) -> None:
        skippable = SkippableClock(clock)
        self.sleep, self.time = skippable.skip, skippable.now


def _module(path: Path, **imports: ModuleType) -> Any:
    """A module that nobody imports by its name, and what it imports by theirs."""
    module = ModuleType(path.stem)
    module.__dict__["__file__"] = str(path)
    sys.modules.update(imports)
    try:
        exec(compile(path.read_text("utf-8"), path, "exec"), module.__dict__)
    finally:
        for name in imports:
            del sys.modules[name]
    return module


class InAnotherYear(DemoAdapter):
    """Its clock is that many days ahead."""

    def __init__(self, days: str, clock: str | None = None) -> None:
        super().__init__(clock=clock)
        self.ahead = int(days) * 86_400

    def open_client(self, http: httpx.Client, connection: Connection) -> Client:
        return self.client(
            http,
            connection,
            back_off=self.back_off,
            wait=self.wait,
            clock=lambda: self.clock() + self.ahead,
        )
