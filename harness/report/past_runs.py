"""Past runs: what each rehearsal came to, a line each, in a file that the next one leaves alone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import orjson

from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import PastRun, Results
from harness.contract.decode import ShapeError, from_dict
from harness.documents.content import content_of
from harness.errors import OutputError

FILE = "history.ndjson"
MOST = 12
"""Past runs that reports show."""
_OPEN = (Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN)


def read(folder: Path) -> tuple[PastRun, ...]:
    """All runs in the order in which they were made; lines that cannot be read are left out."""
    try:
        lines = content_of(folder / FILE).splitlines()
    except OSError:
        return ()
    runs = []
    for line in lines:
        with suppress(ShapeError, orjson.JSONDecodeError):
            runs.append(from_dict(PastRun, orjson.loads(line)))
    return tuple(runs)


def add(folder: Path, results: Results) -> None:
    """Notes a run, unless only a part of the year was played; raises OutputError."""
    if results.run.selected:
        return
    path = folder / FILE
    try:
        with path.open("ab") as file:
            file.write(orjson.dumps(of(results), option=orjson.OPT_APPEND_NEWLINE))
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror}", hint="Check its permissions."
        ) from error


def of(results: Results) -> PastRun:
    """What a rehearsal came to, as later ones will see it."""
    return PastRun(
        run_date=results.run.run_date,
        app_version=results.run.app_version,
        verdict=results.verdict,
        passed=results.count(Outcome.PASS),
        failed=results.count(Outcome.FAIL) + results.count(Outcome.WARN),
        open=sum(results.count(outcome) for outcome in _OPEN),
        not_met=tuple(
            row.id for row in results.requirements if row.state is RequirementState.NOT_MET
        ),
    )
