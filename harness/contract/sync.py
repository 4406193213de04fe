"""Sync: how one run of the app's synchronisation ended, as the app tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How the app brings itself up to date."""

    FULL = "full"  # reads the whole district from the Data API
    EVENTS = "events"  # a full sync when it has no cursor yet, else the events since then
    LOGIN = "login"  # provisions and updates when a person signs in


class SyncState(StrEnum):
    """How a sync ended. All but `failed` and `timed_out` can be the right answer."""

    COMPLETED = "completed"
    PARTIAL = "partial"  # some records were skipped, each is named
    REFUSED = "refused"  # the app declined to go on, e.g. at a 401 or after five retries
    HELD = "held"  # the app waits for a person to confirm a mass change
    FAILED = "failed"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One record the app says it left out, and why."""

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
    """The tail of whatever the app logged, for the report."""
