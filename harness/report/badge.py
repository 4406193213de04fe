"""badge.svg: the verdict of a rehearsal and the date of the requirements it was judged by.

It never says "certified": only Clever certifies.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import escape

from harness.assess.results import Results, Verdict
from harness.report import labels
from harness.report.templates import printable

NAME = "badge"
FILE = "badge.svg"
LABEL = "Clever rehearsal"

_COLOURS: Mapping[Verdict, str] = {
    Verdict.READY: "#1a6338",
    Verdict.READY_WITH_CONDITIONS: "#704500",
    Verdict.NOT_READY: "#9c1f1a",
    Verdict.INCOMPLETE: "#563a87",
    Verdict.PARTIAL: "#563a87",
}
_CHARACTER, _PADDING = 6.6, 10
"""Width in pixels of a character of the font, as wide as the widest system has it."""


def render(results: Results) -> str:
    """A static picture in the usual shape of a badge; it loads nothing."""
    verdict = f"{labels.VERDICTS[results.verdict].word}, {_date(results)}"
    left, right = _width(LABEL), _width(verdict)
    title = escape(printable(f"{LABEL}: {verdict}"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{title}"><title>{title}</title>'
        f'<rect width="{left + right}" height="20" rx="3" fill="#3b4350"/>'
        f'<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z" '
        f'fill="{_COLOURS[results.verdict]}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" '
        'text-anchor="middle">'
        f'<text x="{left / 2:g}" y="14">{escape(LABEL)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(printable(verdict))}</text></g></svg>\n'
    )


def _date(results: Results) -> str:
    """The date of the requirement set, whose name is the date and a hash."""
    return results.run.requirement_set.partition("+")[0]


def _width(text: str) -> int:
    return round(len(text) * _CHARACTER + 2 * _PADDING)
