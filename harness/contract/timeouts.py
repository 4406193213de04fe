"""Timeouts: how long the harness waits for each call to an app."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds, named after the adapter's methods; `act` covers every act."""

    connect: float = 30.0
    sync: float = 600.0
    snapshot: float = 120.0
    act: float = 30.0
    approve: float = 600.0
    restart: float = 60.0
    start: float = 60.0
    """For the command `[adapter] start`, until the app is ready."""
