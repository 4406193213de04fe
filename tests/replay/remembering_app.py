"""An app that remembers what Clever answered for a minute, which no two nights would notice."""

from __future__ import annotations

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter

LIFE = 60
"""Seconds for which it remembers."""


class Remembering(DemoAdapter):
    def sync(self, connection: Connection, mode: Mode) -> Sync:
        read: dict[str, float] = vars(self).setdefault("read", {})
        if self.clock() - read.get(connection.district, 0) < LIFE:
            return Sync(state=SyncState.COMPLETED, log="as a minute ago")
        sync = super().sync(connection, mode)
        if sync.state is SyncState.COMPLETED:
            read[connection.district] = self.clock()
        return sync
