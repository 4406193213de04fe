"""Attempt salt: each attempt at a year is played in districts of its own."""

from __future__ import annotations


def attempt_salt(salt: str, number: int) -> str:
    """The salt of the districts of an attempt; the first has that of the rehearsal."""
    return salt if number == 1 else f"{salt}-{number}"
