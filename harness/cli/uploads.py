"""Uploads: somebody's own district, served from Clever's SFTP files.

A folder of files is one upload. A folder of such folders is several, one after the other by name,
as a district sends them to Clever; what changed between them becomes events.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from harness.district.clever.rules import share
from harness.district.csv.columns import SCHOOLS
from harness.district.csv.loading import load_district
from harness.district.data_model.roster import Roster
from harness.errors import UsageError
from harness.plan.plan import COMMON
from harness.plan.school_calendar import DAYS_APART
from harness.simulator.simulator import Simulator


class Uploads:
    """Publishes the uploads of one district, forwards only; all are read before the first."""

    def __init__(
        self, simulator: Simulator, folder: Path, *, salt: str, seed: int, run_date: date
    ) -> None:
        """Raises DocumentError for files that Clever would not take."""
        self._simulator = simulator
        self._run_date = run_date
        name = folder.resolve().name
        self._ahead = {
            upload.resolve().name: load_district(
                upload, salt=salt, seed=seed, run_date=run_date, name=name
            )
            for upload in _uploads_in(folder)
        }
        self._before: Roster | None = None
        self.days = tuple(self._ahead)
        """The names of the uploads' folders."""
        self.first = next(iter(self.days))
        self.today = ""
        self.districts: dict[str, str] = {}
        """The district's Clever id, under the name the common district has."""

    def move_to(self, day: str) -> None:
        """Publishes every upload up to this one; raises UsageError when it does not lie ahead."""
        if day not in self._ahead:
            raise UsageError(
                f"{day} is no upload that lies ahead",
                hint=f"The uploads to come are {', '.join(self._ahead) or 'none'}.",
            )
        while self.today != day:
            self._publish(next(iter(self._ahead)))

    def _publish(self, name: str) -> None:
        sis, at = self._ahead.pop(name), self._at(name)
        self._before = share(sis, at=at, previous=self._before)
        self._simulator.reset_rate_limits()
        self._simulator.publish(self._before, at=at)
        self.districts[COMMON] = sis.district["id"]
        self.today = name

    def _at(self, name: str) -> datetime:
        """District time: the last upload was yesterday."""
        ago = 1 + DAYS_APART * (len(self.days) - 1 - self.days.index(name))
        return datetime.combine(self._run_date - timedelta(days=ago), time(16, 5, tzinfo=UTC))


def _uploads_in(folder: Path) -> list[Path]:
    """The folder itself, or those in it that have files of schools, by name."""
    if not folder.is_dir() or _has_schools(folder):
        return [folder]
    return sorted(inner for inner in folder.iterdir() if _has_schools(inner)) or [folder]


def _has_schools(folder: Path) -> bool:
    return folder.is_dir() and any(path.name.lower() == SCHOOLS.name for path in folder.iterdir())
