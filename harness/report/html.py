"""report.html: one file for an engineer, a project manager and Clever's reviewer.

It needs no network and runs no script but its own: the policy in its head allows only the two
inline pieces whose hashes it names, so that even a hole in the escaping would stay harmless.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import Results
from harness.assess.to_do import to_answer, to_read_again
from harness.report import (
    anchors,
    evidence_commands,
    headline,
    labels,
    open_items,
    past_runs,
    plots,
    proofs,
    templates,
)
from harness.report.compact import compact
from harness.report.facets import Facets
from harness.report.record_histories import Histories
from harness.report.references import References
from harness.resources import TEMPLATES

NAME = "html"
FILE = "report.html"
SCRIPTS = ("html/copy.js", "html/report.js", "html/people.js")
MAX_FINDINGS_PER_CHECK = 20
"""Findings of one check that are shown; results.json has all."""
MAX_FINDINGS = 6_000
"""Findings the file has room for when very many checks fail."""
MAX_OPEN_CHECKS_LISTED = 25
"""Open checks listed before the reader is sent to the checks themselves."""
MAX_OPEN_CHECKS_PRINTED = 12
"""Open checks on paper, of which a report has six sheets."""
MAX_SCENARIOS_LISTED = 12
"""Scenarios listed with a requirement before the reader is sent to the checks themselves."""
MAX_FAILING_CHECKS_UNFOLDED = 12
"""Failing checks that are unfolded from the start; more would bury the list."""

_PARTS = re.compile(r"(, | and |: |; )")
_WEB = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)\]]")


def render(results: Results) -> str:
    """The whole report as one HTML document."""
    style, script = inline("html/report.css"), inline(*SCRIPTS)
    references = References(results)
    page = templates.html().get_template("html/report.html").render(
        results=results,
        run=results.run,
        verdict=labels.VERDICTS[results.verdict],
        headline=headline,
        evidence_commands=evidence_commands,
        labels=labels,
        plots=plots,
        past_runs=past_runs,
        proofs=proofs,
        label=labels.label,
        anchors=anchors,
        reference=references.of,
        worst_first=references.worst_first,
        max_scenarios_listed=MAX_SCENARIOS_LISTED,
        facets=Facets(results, references),
        open_checks=open_items.checks(results),
        open_items=open_items,
        of_questions={to_answer(results.answers), to_read_again(results.answers)},
        led_by=references.led_by,
        max_open_checks_listed=MAX_OPEN_CHECKS_LISTED,
        max_open_checks_printed=MAX_OPEN_CHECKS_PRINTED,
        open_answers=open_items.unanswered(results),
        contradictions=open_items.contradictions(results),
        shown_findings=_room(results.checks),
        by_rule=lambda check: (check.feature, check.rule),
        opened=results.count(Outcome.FAIL) <= MAX_FAILING_CHECKS_UNFOLDED,
        cases={case.id for case in results.edge_cases},
        histories=Histories(results),
        sides=sides,
        linked=linked,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        policy=policy(style, script),
    )  # fmt: skip
    return compact(templates.printable(page))


def sides(expected: str, found: str) -> tuple[Markup, Markup]:
    """What Clever says and what the app holds; in both, what the other side lacks is marked."""
    if not expected and not found:
        return Markup("—"), Markup("—")
    return _marked(expected, found), _marked(found, expected)


def linked(source: str) -> Markup:
    """A source with its web addresses as links."""
    shown, end = Markup(), 0
    for match in _WEB.finditer(source):
        link = Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(match[0])
        shown, end = shown + source[end : match.start()] + link, match.end()
    return shown + source[end:]


def _marked(side: str, other: str) -> Markup:
    if not side:
        return Markup("<em>nothing</em>")
    if not other:
        return escape(side)
    other_parts = {*_PARTS.split(other)}
    shown = (
        # The joints between the parts stand at the odd places.
        escape(part) if place % 2 or part in other_parts else f"<mark>{escape(part)}</mark>"
        for place, part in enumerate(_PARTS.split(side))
    )
    return Markup("".join(shown))  # noqa: S704 - escaped part by part: a large report has thousands


def _room(checks: Sequence[CheckResult]) -> int:
    """How many findings each check may show, so that the file stays small."""
    owners = sum(bool(check.findings) for check in checks)
    return min(MAX_FINDINGS_PER_CHECK, max(3, MAX_FINDINGS // max(owners, 1)))


def inline(*names: str) -> str:
    """Style sheets or scripts of ours, to stand in the page."""
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)


def policy(style: str, script: str) -> str:
    """The policy that lets in this style sheet and this script and nothing else."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
