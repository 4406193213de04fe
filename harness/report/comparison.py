"""A comparison of two rehearsals as Markdown and as JSON.

The JSON follows `reports/schemas/comparison.schema.json`.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from harness.assess.comparison import Comparison, OutcomeChange, Standing
from harness.prose import capitalized
from harness.report import templates
from harness.report.write import unwritable

FORMAT = "rosterready-comparison"
VERSION = 1
FILES = ("comparison.md", "comparison.json")
"""What `certify --baseline` writes beside the reports."""
MOST_ROWS = 100
"""Checks that Markdown lists of each change; a comment on GitHub has 65,536 characters."""
_LENGTH = 250
_STANDINGS = {
    Standing.WORSE: "Worse than the earlier run",
    Standing.NOT_PROVEN: "Not proven to be as good as the earlier run",
    Standing.NO_WORSE: "No worse than the earlier run",
}


def last_line(comparison: Comparison) -> str:
    """The stable last line of `rosterready compare`."""
    standing = comparison.standing.upper().replace(" ", "_")
    counts = comparison.counts
    words = (
        f"{change.upper().replace(' ', '_')}={counts[change]}"
        for change in OutcomeChange
        if change is not OutcomeChange.WAIVED
    )
    return f"COMPARISON={standing} EXIT={comparison.exit_code} {' '.join(words)}"


def as_markdown(comparison: Comparison) -> bytes:
    """For a pull request or a CI job's summary, the worst first."""
    rows = {change: comparison.of(change) for change in OutcomeChange}
    text = templates.markdown().get_template("comparison.md").render(
        comparison=comparison,
        last_line=last_line(comparison),
        standing=_STANDINGS[comparison.standing],
        rows={capitalized(change): checks for change, checks in rows.items() if checks},
        most=MOST_ROWS,
        length=_LENGTH,
    )  # fmt: skip
    return text.encode("utf-8", "replace")


def as_json(comparison: Comparison) -> bytes:
    """Everything, for programs."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "last_line": last_line(comparison),
        "exit_code": comparison.exit_code,
        "counts": {str(change): number for change, number in comparison.counts.items()},
        **orjson.loads(orjson.dumps(comparison)),
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_comparison(comparison: Comparison, folder: Path) -> tuple[Path, ...]:
    """Both beside the reports of the later run, and where; raises OutputError."""
    drawn = as_markdown(comparison), as_json(comparison)
    for name, body in zip(FILES, drawn, strict=True):
        try:
            (folder / name).write_bytes(body)
        except OSError as error:
            raise unwritable(folder / name, error) from error
    return tuple(folder / name for name in FILES)
