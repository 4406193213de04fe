"""results.json: everything a rehearsal came to, for programs; the other formats follow from it.

Its shape is `reports/schemas/results.schema.json`. Beside the values it holds what programs would
otherwise derive: the id of every finding, the count of every outcome and the last line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson

from harness.assess.check_result import Outcome
from harness.assess.results import Results
from harness.contract.decode import ShapeError, from_dict
from harness.documents.content import content_of
from harness.errors import DocumentError, OutputError
from harness.report.results_version_1 import from_version_1
from harness.report.results_version_2 import from_version_2
from harness.report.results_version_3 import from_version_3
from harness.report.results_version_4 import from_version_4
from harness.resources import SCHEMAS

FORMAT = "rosterready-results"
VERSION = 5
NAME = "json"
FILE = "results.json"

Document = dict[str, Any]

_EARLIER: Mapping[int, Callable[[Document], Document]] = {
    1: from_version_1,
    2: from_version_2,
    3: from_version_3,
    4: from_version_4,
}
"""Version → what makes a document of it one of a later version."""


def render(results: Results) -> bytes:
    """The document as indented UTF-8; raises OutputError if it breaks its own schema."""
    document = to_document(results)
    if (problem := _problem(document)) is not None:
        place, message = problem
        hint = "this is a bug in rosterready, not in your app; please report it"
        raise OutputError(f"{FILE} would not be valid, at {place}: {message}", hint=hint)
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_document(results: Results) -> Document:
    """The results as plain values."""
    plain: Document = orjson.loads(orjson.dumps(results))
    for row, check in zip(plain["checks"], results.checks, strict=True):
        for shown, finding in zip(row["findings"], check.findings, strict=True):
            shown["id"] = finding.id
    counts = {outcome.value: results.count(outcome) for outcome in Outcome}
    derived = {"last_line": results.last_line, "counts": counts}
    return {"format": FORMAT, "version": VERSION} | derived | plain


def from_document(document: Document, *, file: Path | str = "") -> Results:
    """The results a document describes; raises DocumentError naming the key that is wrong."""
    _check_version(document, file)
    for version, read in _EARLIER.items():
        document = read(document) if document["version"] == version else document
    if (problem := _problem(document)) is not None:
        place, message = problem
        raise DocumentError(message, file=file, key=place, hint=_hint())
    try:
        return from_dict(Results, _without_derived(document))
    except ShapeError as error:
        raise DocumentError(error.problem, file=file, key=error.path, hint=_hint()) from error


def load(path: Path) -> Results:
    """The results in a results.json, or in the folder it was written to.

    Raises DocumentError for a file that is missing, is not JSON or is not such a document.
    """
    file = path / FILE if path.is_dir() else path
    try:
        document = json.loads(content_of(file))
    except OSError as error:
        hint = f"name a {FILE}, or the folder a rehearsal wrote its reports to"
        raise DocumentError(f"cannot be read: {error.strerror}", file=file, hint=hint) from error
    except RecursionError as error:
        message = "not a report: it is nested too deeply"
        raise DocumentError(message, file=file, hint=_hint()) from error
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} in column {error.colno}; was it cut off?"
        raise DocumentError(message, file=file, line=error.lineno, hint=_hint()) from error
    except UnicodeDecodeError as error:
        raise DocumentError("not JSON: not UTF-8 text", file=file, hint=_hint()) from error
    return from_document(document, file=file)


def _check_version(document: object, file: Path | str) -> None:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        message = f'not the results of a rehearsal: expected "format": "{FORMAT}"'
        raise DocumentError(message, file=file, key="format", hint=_hint())
    if (version := document.get("version")) not in (*_EARLIER, VERSION):
        message = f"version {version} of the format; this rosterready reads versions 1 to {VERSION}"
        hint = "use the rosterready version that wrote it, or judge the recording again"
        raise DocumentError(message, file=file, key="version", hint=hint)


def _hint() -> str:
    return f"run `rosterready judge RECORDING --output DIR`, which writes a new {FILE}"


def _without_derived(document: Document) -> Document:
    own = ("format", "version", "last_line", "counts")
    plain = {key: value for key, value in document.items() if key not in own}
    plain["checks"] = [
        check | {"findings": [_but_id(finding) for finding in check["findings"]]}
        for check in plain["checks"]
    ]
    return plain


def _but_id(finding: Document) -> Document:
    return {key: value for key, value in finding.items() if key != "id"}


def _problem(document: object) -> tuple[str, str] | None:
    """Where a document breaks the schema, and how; the quick validator decides."""
    if _quick_validator().is_valid(document):
        return None
    import jsonschema  # a document of ours needs none of it

    explaining = jsonschema.Draft202012Validator(_schema())
    error = jsonschema.exceptions.best_match(explaining.iter_errors(document))
    if error is None:
        return "$", "not valid"
    message = error.message[:200]
    if error.validator == "required":
        message += "; another rosterready wrote this file, or somebody changed it"
    return error.json_path.removeprefix("$").removeprefix(".") or "the top", message


def _schema() -> Document:
    schema: Document = orjson.loads((SCHEMAS / "results.schema.json").read_bytes())
    return schema


@cache
def _quick_validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_schema())
