"""SchoolDay: what the replay needs to know of one district on one day of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from harness.district.roster import Roster


class SchoolDay(Protocol):
    """One district on one day; `harness.plan.calendar` makes them, in the order of the year."""

    @property
    def district(self) -> str:
        """The district's name in the plan: `common`, `neighbour`."""

    @property
    def day(self) -> str:
        """One of the days of the year."""

    @property
    def roster(self) -> Roster:
        """What the district shares from this day on."""

    @property
    def cast(self) -> Mapping[str, Mapping[str, str]]:
        """Edge case → person → Clever id."""

    @property
    def at(self) -> datetime:
        """District time."""
