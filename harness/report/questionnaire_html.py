"""questionnaire.html: the draft as a page to copy from, answer by answer, without a network."""

from __future__ import annotations

from markupsafe import Markup

from harness.assess.results import Results
from harness.report import anchors, form, headline, html, labels, open_items, templates
from harness.report.references import References

NAME = "questionnaire-html"
FILE = "questionnaire.html"


def render(results: Results) -> str:
    """The whole draft as one HTML document."""
    style, script = html.inline("html/report.css"), html.inline("html/copy.js")
    page = templates.html().get_template("html/questionnaire.html").render(
        results=results,
        run=results.run,
        verdict=labels.VERDICTS[results.verdict],
        sentence=headline.sentence(results),
        labels=labels,
        label=labels.label,
        anchors=anchors,
        contradictions=open_items.contradictions(results),
        unanswered=open_items.unanswered(results),
        stale=open_items.stale(results),
        numbers={answer.question: n for n, answer in enumerate(results.answers, start=1)},
        still_open=form.still_open(results),
        fields=form.filled(results),
        stale_fields=form.stale(results),
        reference=References(results).of,
        report=html.FILE,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        policy=html.policy(style, script),
    )  # fmt: skip
    return templates.printable(page)
