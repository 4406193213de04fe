"""Addresses: which e-mail addresses an app may take for none."""

from __future__ import annotations

import re
from collections.abc import Container

MALFORMED = "users.malformed-email"
"""The key of `HOLDABLE` by which an app keeps well-formed addresses only."""
_WELL_FORMED = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def may_be_left_out(address: str, not_held: Container[str]) -> bool:
    """Whether an app may keep none: nobody can write to it, or it is declared that odd ones go."""
    odd = MALFORMED in not_held and not _WELL_FORMED.fullmatch(address)
    return "@" not in address or odd
