"""`rosterready export`: a district as files for another program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from harness.cli.school_year import days_of
from harness.district.csv.writing import write_district
from harness.district.data_model.roster import Roster
from harness.errors import UsageError
from harness.plan.calendar import play_days
from harness.plan.plan import COMMON
from harness.prose import did_you_mean
from harness.session import shipped

CLEVER_CSV = "clever-csv"
FORMATS: Mapping[str, Callable[[Roster, Path], tuple[Path, ...]]] = {CLEVER_CSV: write_district}


def export_district(
    folder: Path, format_: str, *, seed: int, salt: str, run_date: date, day: str = ""
) -> tuple[Path, ...]:
    """Writes the common district as it is on a day ("": the first), and says which files.

    Raises UsageError for a format or a day there is not, OutputError for a folder that cannot be
    written to.
    """
    if format_ not in FORMATS:
        raise UsageError(f"--format {format_}: unknown format", hint=did_you_mean(format_, FORMATS))
    return FORMATS[format_](_roster(seed, salt, run_date, day), folder)


def _roster(seed: int, salt: str, run_date: date, wanted: str) -> Roster:
    catalogue = shipped()
    plan = catalogue.plan()
    days = [day for day in days_of(plan) if day in plan.days[COMMON]]
    if wanted and wanted not in days:
        raise UsageError(
            f"--day {wanted}: there is no such day", hint=f"The days are {', '.join(days)}."
        )
    played = play_days(plan, catalogue.edge_cases, seed=seed, salt=salt, run_date=run_date)
    return next(day.roster for day in played[COMMON] if day.day == (wanted or days[0]))
