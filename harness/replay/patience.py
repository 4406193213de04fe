"""Patience: how long a sync that does not end is borne, until Clever is closed to it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.plan.faults import MAX_REQUESTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many requests a sync may make, and for how many looks it may go on asking."""

    requests: int = MAX_REQUESTS
    looks: int = 400
    """So many looks at most, then Clever is closed to the district of a sync that timed out."""


PATIENCE = Patience()
