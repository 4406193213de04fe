"""questionnaire.csv: the questions and their drafts as a table, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from harness.assess.results import Results
from harness.report import labels
from harness.report.templates import printable

NAME = "questionnaire-csv"
FILE = "questionnaire.csv"
COLUMNS = (
    "number",
    "group",
    "question",
    "answer",
    "source",
    "reason",
    "contradiction",
    "stale",
    "evidence",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


def render(results: Results) -> str:
    """A row for each question, in the order of the guide; UTF-8 that spreadsheets recognize."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    for number, answer in enumerate(results.answers, start=1):
        cells = (
            answer.group,
            answer.text,
            answer.answer,
            labels.SOURCES[answer.source].word,
            answer.reason,
            answer.contradiction,
            answer.stale,
            " ".join(answer.evidence),
        )
        rows.writerow((number, *map(_as_text, cells)))
    return "\ufeff" + table.getvalue()


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet computes."""
    text = printable(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
