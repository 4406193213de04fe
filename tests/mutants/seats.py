"""Mistakes with rows of which the vendor declares several for one user."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from variants.views import RowPerRole

from harness.contract.connection import Connection
from harness.contract.snapshot import HeldUser, Snapshot, Status
from harness.demo.registry import mutant


@mutant(
    "takes-a-new-seat-at-each-return",
    sees="whoever comes back has two seats, an old one that is locked and a new one",
    mistake="gives users who come back a further row for the same role, and moves their work there",
    cause="row-for-each-stay",
    breaks={"R1", "R6"},
)
class TakesANewSeatAtEachReturn(RowPerRole):
    """A seat that was given back is history. Who comes again gets the next one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.seats: dict[tuple[str, str], list[HeldUser]] = {}

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        users = [row for user in held.users for row in self.rows(connection.district, user)]
        now = {user.app_id: self.seats[connection.district, user.app_id][-1] for user in held.users}
        progress = tuple(
            replace(work, account=now[work.account].app_id) if work.account in now else work
            for work in held.progress
        )
        return replace(held, users=tuple(users), progress=progress)

    def rows(self, district: str, user: HeldUser) -> list[HeldUser]:
        """The seats of a user, the present one last."""
        seats = self.seats.setdefault((district, user.app_id), [])
        if not seats:
            seats.append(user)
        elif seats[-1].status is Status.ARCHIVED and user.status is Status.ACTIVE:
            seats.append(replace(user, app_id=f"{user.app_id}-seat-{len(seats) + 1}"))
        else:
            seats[-1] = replace(user, app_id=seats[-1].app_id)
        return seats
