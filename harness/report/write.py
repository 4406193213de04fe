"""Writing: every format into the output folder, whole or not at all.

A format that cannot be drawn does not cost the others: they are written, the earlier run's file of
the failing format is taken away, lest it pass for this run's, and then the failure is raised.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from harness.assess.results import Results
from harness.errors import OutputError, RosterreadyError
from harness.report import (
    badge,
    findings_lines,
    html,
    job_annotations,
    json,
    junit,
    markdown,
    questionnaire,
    questionnaire_csv,
    questionnaire_docx,
    questionnaire_html,
    questionnaire_json,
    sarif,
    templates,
)


class Format(Protocol):
    """A module of this package that makes one file of the results."""

    NAME: str
    """As `rosterready report --format` takes it."""
    FILE: str
    """What it is called in the output folder."""

    def render(self, results: Results, /) -> str | bytes:
        """Its content."""


KNOWN: Mapping[str, Format] = {
    module.NAME: module
    for module in (
        html,
        json,
        junit,
        questionnaire,
        questionnaire_html,
        questionnaire_docx,
        questionnaire_csv,
        questionnaire_json,
        markdown,
        findings_lines,
        sarif,
        badge,
    )
}
"""Every format."""
FORMATS: Mapping[str, Format] = {
    name: module
    for name, module in KNOWN.items()
    if module is not questionnaire_docx or questionnaire_docx.available()
}
"""Those that are written here: one of them needs a library that is optional."""

PRINTED: Mapping[str, Format] = {**KNOWN, job_annotations.NAME: job_annotations}
"""What `rosterready report` prints: annotations are for the output of a job alone."""

PARTS = ".rosterready.part"
"""Folder in the output folder where the files are made."""
_ELSEWHERE = "name another folder with --output, or check disk space and permissions"


def render(results: Results, name: str) -> bytes:
    """One format as bytes, UTF-8; raises OutputError when it cannot be drawn."""
    try:
        drawn = PRINTED[name].render(results)
        return drawn if isinstance(drawn, bytes) else drawn.encode("utf-8", "replace")
    except RosterreadyError:
        raise
    except Exception as error:
        message = (
            f"{PRINTED[name].FILE or name} could not be rendered: {type(error).__name__}: {error}"
        )
        hint = "this is a bug in rosterready, not in your app; please report it"
        raise OutputError(message, hint=hint) from error


def write_all(results: Results, folder: Path) -> tuple[Path, ...]:
    """Writes every format and says where; raises OutputError naming each file that is lacking.

    All are drawn into a folder of their own before the first takes the place of an earlier one, so
    that the files of two runs stand beside each other for no longer than it takes to move them.
    """
    parts = folder / PARTS
    make_folder(folder)
    make_folder(parts)
    problems: list[RosterreadyError] = []
    try:
        drawn = [name for name in FORMATS if _drawn(results, name, folder, problems)]
        written = [path for name in drawn if (path := _moved(name, folder, problems))]
    finally:
        shutil.rmtree(parts, ignore_errors=True)
    if problems:
        message = "; ".join(problem.message for problem in problems)
        raise OutputError(message, hint=problems[0].hint)
    return tuple(written)


def get_ready() -> None:
    """Load what takes longest of drawing: the templates, and the library of the one format."""
    templates.get_ready()
    if questionnaire_docx.NAME in FORMATS:
        questionnaire_docx.get_ready()


def make_folder(folder: Path) -> None:
    """Makes the output folder unless it is there; raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def _drawn(
    results: Results, name: str, folder: Path, problems: list[RosterreadyError]
) -> Path | None:
    """Where a format was drawn, not yet in its place; None when it could not be."""
    file = FORMATS[name].FILE
    try:
        body = _draw(results, name, folder)
        return _write(folder / PARTS / file, body, folder / file)
    except RosterreadyError as error:
        problems.append(error)
        _forget(folder / file)
        return None


def _write(part: Path, body: bytes, path: Path) -> Path:
    try:
        part.write_bytes(body)
    except OSError as error:
        raise unwritable(path, error) from error
    return part


def _moved(name: str, folder: Path, problems: list[RosterreadyError]) -> Path | None:
    path = folder / FORMATS[name].FILE
    try:
        return (folder / PARTS / path.name).replace(path)
    except OSError as error:
        problems.append(unwritable(path, error))
        return None


def _draw(results: Results, name: str, folder: Path) -> bytes:
    try:
        return render(results, name)
    except RosterreadyError as error:
        raise OutputError(f"{folder}: {error.message}", hint=error.hint) from error


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the failure that made us come here is told already


def unwritable(path: Path, error: OSError) -> OutputError:
    """The error of a file that the system does not let us write."""
    reason = error.strerror or type(error).__name__
    return OutputError(f"{path}: cannot be written: {reason}", hint=_ELSEWHERE)
