"""Progress: what a person sees while a rehearsal runs."""

from __future__ import annotations

from typing import Protocol

from harness.recording.recording import BisectResult


class Progress(Protocol):
    """Told what the rehearsal waits for; `cli` prints it."""

    def attempt(self, number: int, syncs: int) -> None:
        """An attempt at the year begins, with so many syncs; the first one is number 1."""

    def searched(self, result: BisectResult) -> None:
        """A search has ended."""

    def waiting(self, district: str, day: str, what: str) -> None:
        """From now on the rehearsal waits for this: `connect`, `sync`, `snapshot`, an act."""

    def answered(self, what: str, seconds: float) -> None:
        """The app returned, or failed, after so long."""

    def stopped(self, district: str, day: str, message: str) -> None:
        """The year cannot go on after this day, and why."""

    def done(self, district: str, day: str, outcome: str) -> None:
        """A district's day is over; `outcome` says how its sync ended."""


class Silence:
    """Progress that nobody watches."""

    def attempt(self, number: int, syncs: int) -> None:
        """Say nothing."""

    def searched(self, result: BisectResult) -> None:
        """Say nothing."""

    def waiting(self, district: str, day: str, what: str) -> None:
        """Say nothing."""

    def answered(self, what: str, seconds: float) -> None:
        """Say nothing."""

    def stopped(self, district: str, day: str, message: str) -> None:
        """Say nothing."""

    def done(self, district: str, day: str, outcome: str) -> None:
        """Say nothing."""
