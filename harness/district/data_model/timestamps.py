"""Timestamps, as Clever writes them."""

from __future__ import annotations

from datetime import datetime


def timestamp(moment: datetime) -> str:
    """A moment as Clever writes it: UTC with milliseconds and a Z."""
    return moment.isoformat(timespec="milliseconds")[:23] + "Z"
