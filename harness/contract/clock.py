"""Clock: time that is skipped instead of waited for, shared by the simulated Clever and the app.

In a rehearsal of our own nobody has to sit out simulated faults: an app that would sleep skips the
time instead, so does Clever before a slow answer, and both read the same clock. What is judged, the
order of things and the pauses between them, is what it would be. The clock is a file with a byte
for every millisecond skipped; its path is all that an app in another process needs.

An app that gives up on slow answers needs real time: its HTTP client knows no other.
"""

from __future__ import annotations

import math
import time
from pathlib import Path

LONGEST_SKIP = 3600.0
"""Seconds; no app waits for longer in a rehearsal."""


class SkippableClock:
    """The clock at one path; it begins with nothing skipped."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._path.touch()

    @property
    def skipped(self) -> float:
        """Seconds skipped so far, by whomever."""
        return self._path.stat().st_size / 1000

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.skipped

    def timer(self) -> float:
        """Seconds since any moment."""
        return time.monotonic() + self.skipped

    def skip(self, seconds: float) -> None:
        """Let this time be over; raises ValueError when it is longer than an hour."""
        if seconds > LONGEST_SKIP:
            raise ValueError(f"found {seconds:g} s to skip, expected {LONGEST_SKIP:g} at most")
        with self._path.open("ab") as file:  # appending cannot lose what others skip meanwhile
            file.write(bytes(math.ceil(max(seconds, 0.0) * 1000)))
