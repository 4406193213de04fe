"""Sync: how one run of the app's synchronization ended, as the app reports it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How the app stays up to date."""

    FULL = "full"  # reads the whole district from the Data API
    EVENTS = "events"  # a full sync if it has no cursor yet, otherwise the events since
    LOGIN = "login"  # provisions and updates accounts when people sign in


class SyncState(StrEnum):
    """How a sync ended. Every state but `failed` and `timed_out` can be correct."""

    COMPLETED = "completed"
    PARTIAL = "partial"  # some records were skipped, and each is named
    REFUSED = "refused"  # the app stopped on purpose, such as after a 401 or five retries
    HELD = "held"  # the app waits for a person to approve a mass change
    FAILED = "failed"
    TIMED_OUT = "timed_out"


APPLIED = (SyncState.COMPLETED, SyncState.PARTIAL)
"""What a sync says that may have brought everything; others leave the day before as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A record that the app reports as skipped, and why."""

    clever_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync:
    """How one sync ended. A sync that ends badly is a result, never an exception."""

    state: SyncState
    reason: str = ""
    """One sentence; expected with every state but `completed`."""
    skipped: tuple[Skipped, ...] = ()
    log: str = ""
    """The end of the app's log, for the report."""
