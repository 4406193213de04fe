"""Waivers and attestations: what a person at the vendor vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A failing check that the vendor accepts for a limited time, at most 90 days."""

    check: str
    reason: str
    owner: str
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A person's word for a requirement that no scenario can observe."""

    requirement: str
    statement: str
    by: str
    on: date
