"""Annotations: what is not met, as GitHub Actions shows it beside a job, worst first.

Lines of workflow commands, for stdout of a step. GitHub shows ten errors and ten warnings of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import Results
from harness.prose import counted, harmless, one_line
from harness.report import headline, labels
from harness.report.templates import printable

NAME = "annotations"
FILE = ""
"""They are printed, never written."""
MOST = 10
_LENGTH = 1000
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}

Annotation = tuple[str, str]
"""Title and message."""


def render(results: Results) -> str:
    """The lines; none for an app of which nothing is left to do."""
    broken = "error" if results.exit_code else "warning"
    lines = [*_commands(broken, list(_broken(results)))]
    lines += _commands("warning", list(_warned(results)))
    return "\n".join(lines)


def _broken(results: Results) -> Iterator[Annotation]:
    """Likely causes, then what none of them explains."""
    if results.exit_code:
        yield labels.VERDICTS[results.verdict].word, headline.sentence(results)
    explained: set[str] = set()
    for cause in results.causes:
        explained.update(cause.checks)
        where = ", ".join(cause.requirements)
        title = f"{where}: {counted(cause.findings, 'finding')}".removeprefix(": ")
        yield title, f"{cause.sentence} {cause.remedy}"
    for check in results.checks:
        if check.outcome is Outcome.FAIL and not check.waived and check.id not in explained:
            yield _titled(check)
    errors = {c.reason: c for c in results.checks if c.outcome is Outcome.ERROR}
    yield from map(_titled, errors.values())


def _warned(results: Results) -> Iterator[Annotation]:
    explained = {name for cause in results.causes for name in cause.checks}
    for check in results.checks:
        if check.outcome is Outcome.WARN and not check.waived and check.id not in explained:
            yield _titled(check)


def _titled(check: CheckResult) -> Annotation:
    return ", ".join((*check.requirements, check.name)), check.reason


def _commands(level: str, annotations: Sequence[Annotation]) -> Iterator[str]:
    shown = annotations if len(annotations) <= MOST else annotations[: MOST - 1]
    for title, message in shown:
        yield _command(level, title, message)
    if more := len(annotations) - len(shown):
        yield _command(level, "And more", f"{more} more: see the summary and report.html.")


def _command(level: str, title: str, message: str) -> str:
    return f"::{level} title={_escaped(title, _PROPERTY)}::{_escaped(message, _DATA)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    plain = one_line(harmless(printable(text)), _LENGTH)
    return "".join(signs.get(sign, sign) for sign in plain)
