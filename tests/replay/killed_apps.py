"""Apps that are killed in another way than they should."""

from __future__ import annotations

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.demo.adapter import DemoAdapter


class CannotBeKilled(DemoAdapter):
    """Its container is called otherwise now."""

    def kill(self, connection: Connection) -> None:
        raise RuntimeError("no such container")


class LivesOn(DemoAdapter):
    """What was killed ran nothing."""

    def kill(self, connection: Connection) -> None:
        pass


class DoesNotStart(DemoAdapter):
    """Cannot be started again."""

    def restart(self, connection: Connection) -> None:
        raise RuntimeError("a migration is pending")


class StaysDead(DemoAdapter):
    """Nobody starts it again."""

    dead = False

    def kill(self, connection: Connection) -> None:
        self.dead = True
        super().kill(connection)

    def snapshot(self, connection: Connection) -> Snapshot:
        if self.dead:
            raise ConnectionRefusedError("nothing listens")
        return super().snapshot(connection)
