"""Archiving: how long an app waits, on purpose, before it archives what is not shared any more."""

from __future__ import annotations

from dataclasses import dataclass

from harness.prose import counted

MOST_ABSENCES = 10
MOST_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Archiving:
    """What is declared under `[profile.archiving]`: one of the two, the other is 0."""

    after_absences: int = 0
    """The number of good syncs in a row that a record is missing from when it is archived."""
    after_days: int = 0
    """The number of days a record is missing before it is archived."""

    def __str__(self) -> str:
        """How long, as the end of a sentence: `archives records after 2 absences`."""
        if self.after_absences:
            return f"after {counted(self.after_absences, 'absence')}"
        return f"after {counted(self.after_days, 'day')} of absence"

    @property
    def problem(self) -> str:
        """What is wrong with it, or ""."""
        if bool(self.after_absences) == bool(self.after_days):
            return "expected either after_absences or after_days"
        if self.after_absences and not 2 <= self.after_absences <= MOST_ABSENCES:
            return f"after_absences is {self.after_absences}, expected 2 to {MOST_ABSENCES}"
        if not 0 <= self.after_days <= MOST_DAYS:
            return f"after_days is {self.after_days}, expected 1 to {MOST_DAYS}"
        return ""
