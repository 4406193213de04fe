"""Adapter: how the harness drives and reads an app. Three methods are required.

An adapter can offer more. The harness discovers which methods it has; nothing is registered.
An adapter answers from the app, never from Clever: requests made during `snapshot` are flagged.
It raises an exception only if it cannot drive or read the app at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from inspect import signature
from typing import Protocol

from harness.contract.account import Account, Created
from harness.contract.connection import Connection
from harness.contract.edit import Edit
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync


class Adapter(Protocol):
    """The three methods every adapter has."""

    def connect(self, connection: Connection) -> None:
        """Tell the app about a district that now shares with it, as an operator would."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """Run one synchronization; return once its result is applied, even if it is queued."""

    def snapshot(self, connection: Connection) -> Snapshot:
        """Return what the app holds for this district now."""


class SupportsProgress(Protocol):
    """Capability `progress`: a person does work in the app."""

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """Finish a lesson with this name in the app, as the user with this Clever ID."""


class SupportsApproval(Protocol):
    """Capability `approve`: a person approves a sync that the app has held for review."""

    def approve(self, connection: Connection) -> Sync:
        """Approve the held sync, and return how it then ended."""


class SupportsPreexistingAccounts(Protocol):
    """Capability `matching`: people can have accounts before Clever is connected."""

    def create_account(self, connection: Connection, account: Account) -> Created:
        """Create an account from before Clever: no sync has run, and `connect` was not called.

        `connection.district` is the district that will connect later. Neither the district nor
        the school need be in the app yet. `snapshot` shows the account in `local_users`.
        """


class SupportsEdits(Protocol):
    """Capability `edits`: teachers and administrators make manual edits."""

    def edit(self, connection: Connection, edit: Edit) -> None:
        """Make the edit the way people do in the app; raise if the app does not let them."""


class SupportsRestart(Protocol):
    """Capability `restart`: an app whose process has died can be restarted."""

    def restart(self, connection: Connection) -> None:
        """Restart the app as its operators would; return once it answers, raise if it does not.

        Everything the app has stored must be kept. `connect` is not called again.
        """


class SupportsNewToken(Protocol):
    """Capability `token`: an operator enters the new token of a district."""

    def renew_token(self, connection: Connection) -> None:
        """Have the app use the district's token of today, and sync the district again.

        Called before the next sync when Clever has refused the token, or replaced it. Apps that
        ask Clever for their tokens need no such call.
        """


class SupportsTwoSyncs(Protocol):
    """Capability `twice`: two syncs of one district can be started at the same moment."""

    def sync_twice(self, connection: Connection, mode: Mode) -> Sync:
        """Start two syncs at once, as two operators would, and return once both have ended.

        Return how the one ended that applied the district. Refusing, queueing or merging the other
        is as good as running both.
        """


class SupportsKill(Protocol):
    """Capability `kill`: the app can be killed in the middle of a sync."""

    def kill(self, connection: Connection) -> None:
        """End at once whatever runs the sync of this district, as a crash or a full disk would.

        Called while `sync` has not returned, so on a thread or process of its own. Return once the
        app is dead; what it has stored must be left as it is. `restart` is called next, if the
        adapter offers it; else the app has to answer by itself again.
        """


class Capability(StrEnum):
    """What an adapter can offer beyond the three methods."""

    PROGRESS = "progress"
    APPROVE = "approve"
    MATCHING = "matching"
    EDITS = "edits"
    RESTART = "restart"
    NEW_TOKEN = "token"  # noqa: S105 - is none
    TWICE = "twice"
    KILL = "kill"


METHODS = {
    Capability.PROGRESS: "finish_lesson",
    Capability.APPROVE: "approve",
    Capability.MATCHING: "create_account",
    Capability.EDITS: "edit",
    Capability.RESTART: "restart",
    Capability.NEW_TOKEN: "renew_token",
    Capability.TWICE: "sync_twice",
    Capability.KILL: "kill",
}
"""Capability → the method that shows it."""


def capabilities(adapter: object) -> frozenset[Capability]:
    """The capabilities this adapter implements, judged by its methods."""
    return frozenset(
        ability for ability, method in METHODS.items() if callable(getattr(adapter, method, None))
    )


_CONTRACTS = (
    Adapter,
    SupportsProgress,
    SupportsApproval,
    SupportsPreexistingAccounts,
    SupportsEdits,
    SupportsRestart,
    SupportsNewToken,
    SupportsTwoSyncs,
    SupportsKill,
)


def arguments() -> Mapping[str, tuple[str, ...]]:
    """Method of an adapter → the arguments it is called with, in order."""
    return {
        name: tuple(signature(method).parameters)[1:]
        for contract in _CONTRACTS
        for name, method in vars(contract).items()
        if not name.startswith("_")
    }


def does_not_accept(adapter: object) -> dict[str, tuple[str, ...]]:
    """Method → its arguments, of the methods of an adapter that cannot be called with them."""
    refusing = {}
    for name, expected in arguments().items():
        method = getattr(adapter, name, None)
        if callable(method):
            try:
                accepted = signature(method)
            except (TypeError, ValueError):
                continue  # one in C, which tells nobody what it takes
            try:
                accepted.bind(*expected)
            except TypeError:
                refusing[name] = expected
    return refusing
