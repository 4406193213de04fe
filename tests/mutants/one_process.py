"""One process: Lantern Reader as an app that can die, and be started again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from harness.contract.connection import Connection
from harness.contract.edit import Edit
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter

T = TypeVar("T")


class Died(BaseException):
    """The end of the process: no `except Exception` sees it."""


class OneProcess(DemoAdapter):
    """All of the app is one process. Once it has died, nothing answers until it is started again.

    `restart` makes it an app that can be started: that is all it takes.
    """

    alive = True

    def restart(self, connection: Connection) -> None:
        """What a person does who finds the app down; the database is as the process left it."""
        self.alive = True

    def connect(self, connection: Connection) -> None:
        self._in_process(lambda: super(OneProcess, self).connect(connection))

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return self._in_process(lambda: super(OneProcess, self).sync(connection, mode))

    def snapshot(self, connection: Connection) -> Snapshot:
        return self._in_process(lambda: super(OneProcess, self).snapshot(connection))

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        self._in_process(
            lambda: super(OneProcess, self).finish_lesson(connection, clever_id, lesson)
        )

    def edit(self, connection: Connection, edit: Edit) -> None:
        self._in_process(lambda: super(OneProcess, self).edit(connection, edit))

    def _in_process(self, work: Callable[[], T]) -> T:
        if not self.alive:
            raise ConnectionRefusedError("nothing listens any more")
        try:
            return work()
        except Died:
            self.alive = False
            raise
