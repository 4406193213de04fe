"""Writing: what a district shares, as the files that would make Clever share it.

What the files have no column for is lost: Clever's ids and times, the district's own record and its
admins, the middle names of staff. A field of the district's own comes back for everybody in its
file, empty for those who had none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from harness.district.csv.cells import Cells
from harness.district.csv.columns import (
    ENROLLMENTS,
    EXTENSION,
    SCHOOLS,
    SECTIONS,
    STAFF,
    STUDENTS,
    TEACHERS,
    File,
)
from harness.district.csv.lines import RosterLines
from harness.district.data_model.roster import Roster
from harness.errors import OutputError


def write_district(roster: Roster, folder: Path) -> tuple[Path, ...]:
    """Writes the six files into a folder and says which; files of those names are replaced.

    Raises OutputError when they cannot be written, UsageError for what the files cannot carry.
    """
    lines = RosterLines(roster)
    tables: dict[File, Iterator[Cells]] = {
        SCHOOLS: lines.schools(),
        STUDENTS: lines.students(),
        TEACHERS: lines.teachers(),
        SECTIONS: lines.sections(),
        ENROLLMENTS: lines.enrollments(),
        STAFF: lines.staff(),
    }
    rows = {file: tuple(cells) for file, cells in tables.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / file.name, file, cells) for file, cells in rows.items())
    except OSError as problem:
        raise OutputError(
            f"{folder}: cannot be written to ({problem.strerror or problem})",
            hint="Name a folder you may write to.",
        ) from problem


def _write(path: Path, file: File, rows: tuple[Cells, ...]) -> Path:
    own = sorted({column for row in rows for column in row if column.startswith(EXTENSION)})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, (*file.columns, *own), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
