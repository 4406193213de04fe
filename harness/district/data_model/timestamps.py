"""Timestamps, as Clever writes them."""

from __future__ import annotations

from datetime import datetime


def timestamp(moment: datetime) -> str:
    """A moment as Clever writes it: UTC with milliseconds and a Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
