"""Declarations: what a person at the vendor signs for, beside the profile of the app."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A failing check the vendor accepts for a while; never for longer than 90 days."""

    check: str
    reason: str
    owner: str
    expires: str  # ISO date


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A person's word for a requirement that no scenario can observe."""

    requirement: str
    statement: str
    by: str
    on: str  # ISO date
