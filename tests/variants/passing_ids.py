"""Apps whose own ids are others after every sync, as they declare."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot, Work
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter
from harness.demo.profile import PROFILE
from harness.demo.registry import variant

KINDS = ("schools", "terms", "courses", "sections", "users")


@variant("rebuilds-everything", "its ids are new after every sync, and work follows them")
class RebuildsEverything(DemoAdapter):
    """The tables are filled anew by every sync, and what people did is linked to them again."""

    profile = replace(
        PROFILE,
        not_held={f"{kind}.lasting-id": "Every sync fills the tables anew." for kind in KINDS},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.times: dict[str, int] = {}

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.times[connection.district] = self.times.get(connection.district, 0) + 1
        return super().sync(connection, mode)

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        accounts = {user.app_id for user in held.users}
        number = self.times.get(connection.district, 0)
        lists: dict[str, Any] = {
            kind: tuple(
                replace(row, app_id=f"{number}-{row.app_id}") for row in getattr(held, kind)
            )
            for kind in KINDS
        }
        return replace(held, **lists, progress=tuple(self.linked(held.progress, accounts, number)))

    def linked(
        self, progress: Iterable[Work], accounts: Collection[str], number: int
    ) -> Iterable[Work]:
        """The work of everybody, by the ids of today."""
        for work in progress:
            known = work.account in accounts
            yield replace(work, account=f"{number}-{work.account}") if known else work
