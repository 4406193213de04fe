"""The kill matrix in `reports/`, and the command that brings it up to date.

python tests/kill_matrix.py NAME...   rehearses these mutants and leaves the others as they are
python tests/kill_matrix.py all       rehearses every mutant, for some ten minutes
python tests/kill_matrix.py           rehearses nothing: checks that were renamed are renamed
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from multiprocessing import Pool
from tempfile import TemporaryDirectory

from apps import MUTANTS
from rehearsing import CATALOGUE, rehearsed, with_outcome
from sharing import SHARED

from harness.assess.check_result import Outcome
from harness.catalogue.kill_matrix import KillMatrix, load_kill_matrix
from harness.plan.formerly import load_formerly
from harness.resources import FEATURES, REPORTS

FILE = REPORTS / "kill-matrix.json"
Columns = Mapping[str, Iterable[str]]
"""Mutant → the checks that it fails."""


def failed(name: str) -> set[str]:
    """The checks that a mutant fails, or is warned by, in a rehearsal."""
    return with_outcome(rehearsed(name), Outcome.FAIL, Outcome.WARN)


def matrix(columns: Columns) -> KillMatrix:
    """Checks and requirements in the order of the catalogue, mutants by name."""
    names = sorted(MUTANTS)
    return KillMatrix(
        requirements={
            row: [name for name in names if row in MUTANTS[name].breaks]
            for row in CATALOGUE.requirements.requirements
        },
        checks={
            row.id: [name for name in names if row.id in columns[name]]
            for row in CATALOGUE.plan().scenarios
        },
        mistakes={name: MUTANTS[name].mistake for name in names},
    )


def text(found: KillMatrix) -> str:
    """The file: a line for each check, so that a change can be read."""
    blocks = (
        f"{json.dumps(part)}: {{\n"
        + ",\n".join(f"  {json.dumps(row)}: {json.dumps(rows[row])}" for row in rows)
        + "\n}"
        for part, rows in asdict(found).items()
    )
    return "{" + ",\n".join(blocks) + "}\n"


def kept() -> dict[str, set[str]]:
    """The columns of the file as it is, with the names that checks have today."""
    checks, former = load_kill_matrix(FILE).checks, load_formerly(FEATURES)
    return {name: {former.check(row) for row in checks if name in checks[row]} for name in MUTANTS}


def play(name: str) -> tuple[str, set[str]]:
    print(name, flush=True)
    return name, failed(name)


def main(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        os.environ[SHARED] = folder
        with Pool((os.cpu_count() or 1) + 2, maxtasksperchild=20) as pool:
            columns = kept() | dict(pool.imap_unordered(play, names))
    FILE.write_text(text(matrix(columns)))


if __name__ == "__main__":
    main(list(MUTANTS) if sys.argv[1:] == ["all"] else sys.argv[1:])
