"""Day names: how a sentence says on which day something was, so that nobody takes it for a word."""

from __future__ import annotations

from harness.prose import joined


def on(*days: str) -> str:
    """``on the day `slow` ``, or ``on the days `slow` and `html` ``: the names are set as code."""
    return f"on the day{'s' if days[1:] else ''} {joined([f'`{day}`' for day in days])}"
