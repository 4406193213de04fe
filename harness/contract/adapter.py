"""Adapter: how the harness drives and reads an app. Three methods are required.

More can be offered; what an adapter implements is discovered, not registered.
An adapter answers from the app, never from Clever: requests made during `snapshot` are flagged.
It raises only when it cannot drive or read the app at all.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from harness.contract.account import Account, Created
from harness.contract.connection import Connection
from harness.contract.edit import Edit
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync


class Adapter(Protocol):
    """What every adapter does."""

    def connect(self, connection: Connection) -> None:
        """Tell the app about a district that now shares with it (what an operator does by hand)."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """Run one synchronisation; returns once its result is applied, also in a job queue."""

    def snapshot(self, connection: Connection) -> Snapshot:
        """What the app holds for this district now."""


class SupportsProgress(Protocol):
    """Capability `progress`: a person does work in the app."""

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """The user with this Clever id finishes a lesson of this name in the app."""


class SupportsApproval(Protocol):
    """Capability `approve`: a person confirms a sync that the app holds back."""

    def approve(self, connection: Connection) -> Sync:
        """Confirm the held sync; returns how it then ended."""


class SupportsPreexistingAccounts(Protocol):
    """Capability `matching`: people can have accounts before Clever is connected."""

    def create_account(self, connection: Connection, account: Account) -> Created:
        """Make an account as it was made before Clever: no sync has run, `connect` was not called.

        `connection.district` is the district that connects later. Neither it nor the school need
        be in the app yet. `snapshot` shows the account among `local_users`.
        """


class SupportsEdits(Protocol):
    """Capability `edits`: teachers and administrators change things by hand."""

    def edit(self, connection: Connection, edit: Edit) -> None:
        """Make the edit the way people in the app do; raises when the app does not let them."""


class SupportsRestart(Protocol):
    """Capability `restart`: an app that has died can be started again."""

    def restart(self, connection: Connection) -> None:
        """Start the app as its operators do; returns once it answers, raises when it does not.

        It keeps whatever the app has stored. `connect` is not called again.
        """


class Capability(StrEnum):
    """Optional abilities of an adapter, and the method that shows each."""

    PROGRESS = "progress"
    APPROVE = "approve"
    MATCHING = "matching"
    EDITS = "edits"
    RESTART = "restart"


_METHODS = {
    Capability.PROGRESS: "finish_lesson",
    Capability.APPROVE: "approve",
    Capability.MATCHING: "create_account",
    Capability.EDITS: "edit",
    Capability.RESTART: "restart",
}


def capabilities(adapter: object) -> frozenset[Capability]:
    """The optional abilities this adapter implements."""
    return frozenset(
        ability for ability, method in _METHODS.items() if callable(getattr(adapter, method, None))
    )
