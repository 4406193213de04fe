"""questionnaire.md: the certification form's questions, each with a draft to paste.

Groups and questions keep the order of the guide. A draft is a quotation of its own, so that it can
be taken without what stands around it.
"""

from __future__ import annotations

from harness.assess.results import Results
from harness.report import form, headline, labels, open_items, templates
from harness.report.references import References

NAME = "questionnaire"
FILE = "questionnaire.md"


def render(results: Results) -> str:
    """The whole draft as Markdown."""
    return templates.markdown().get_template("questionnaire.md").render(
        results=results,
        run=results.run,
        verdict=labels.VERDICTS[results.verdict],
        sentence=headline.sentence(results),
        labels=labels,
        numbers={answer.question: n for n, answer in enumerate(results.answers, start=1)},
        contradictions=open_items.contradictions(results),
        stale=open_items.stale(results),
        stale_fields=form.stale(results),
        unanswered=open_items.unanswered(results),
        reference=References(results).of,
    )  # fmt: skip
