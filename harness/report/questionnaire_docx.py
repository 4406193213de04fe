"""questionnaire.docx: the draft for a word processor. It needs the extra `docx` (python-docx)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from datetime import date as day
from importlib.util import find_spec
from typing import Any

from harness.assess.answer import Answer
from harness.assess.results import Results
from harness.errors import UsageError
from harness.report import form, headline, labels, open_items
from harness.report.references import References
from harness.report.templates import grouped, printable

NAME = "questionnaire-docx"
FILE = "questionnaire.docx"

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file: the same results are the same bytes."""


def available() -> bool:
    """Whether python-docx is installed."""
    return find_spec("docx") is not None


def get_ready() -> None:
    """Load python-docx."""
    import docx  # noqa: F401


def render(results: Results) -> bytes:
    """The whole draft; raises UsageError when python-docx is not installed."""
    if not available():
        hint = "Install it with `pip install 'rosterready[docx]'`."
        raise UsageError(f"{FILE} needs python-docx, which is not installed", hint=hint)
    import docx

    document = docx.Document()
    _dated(document, results)
    _cover(document, results)
    _questions(document, results)
    _form(document, results)
    written = io.BytesIO()
    document.save(written)
    return _undated(written.getvalue())


def _dated(document: Any, results: Results) -> None:
    moment = datetime.combine(day.fromisoformat(results.run.run_date), time(), UTC)
    about = document.core_properties
    about.title = printable(f"Certification questionnaire: a draft for {results.run.app}")
    about.author = "rosterready"
    about.comments = ""
    about.created = about.modified = moment


def _cover(document: Any, results: Results) -> None:
    run, still_open = results.run, form.still_open(results)
    _say(document, "Certification questionnaire", style="Title")
    _say(document, f"A draft for {run.app} {run.app_version}, rehearsed on {run.run_date}.")
    verdict = labels.VERDICTS[results.verdict].word
    _say(document, f"{verdict}. {headline.sentence(results)}", style="Intense Quote")
    _say(document, results.last_line)
    _say(
        document,
        "Read every answer before you send it: you submit them in your own name. Only Clever "
        "certifies.",
    )
    _say(document, "Before you send this", style="Heading 1")
    numbers = {answer.question: n for n, answer in enumerate(results.answers, start=1)}
    for what, answers in (
        ("Contradicted by what was observed", open_items.contradictions(results)),
        ("Only you can answer", open_items.unanswered(results)),
        ("To read again, since the evidence has changed", open_items.stale(results)),
    ):
        for answer in answers:
            words = f"{what}: question {numbers[answer.question]}, {answer.text}"
            _say(document, words, style="List Bullet")
    for field in form.stale(results):
        words = f"To read again, since the evidence has changed: {field.title} in the form"
        _say(document, words, style="List Bullet")
    words = f"Fields of the form that no rehearsal can fill: {still_open.fields}"
    _say(document, words, style="List Bullet")


def _questions(document: Any, results: Results) -> None:
    reference, number = References(results).of, 0
    by_group: list[tuple[str, list[Answer]]] = grouped(results.answers, "group")
    for group, answers in by_group:
        _say(document, group, style="Heading 1")
        for answer in answers:
            number += 1
            _say(document, f"{number}. {answer.text}", style="Heading 2")
            for warning in filter(None, (answer.contradiction, answer.stale)):
                _say(document, warning, style="Intense Quote")
            _say(document, answer.answer or "(your answer)", style="Quote")
            _say(document, _basis(answer, [reference(name).text for name in answer.evidence]))


def _form(document: Any, results: Results) -> None:
    _say(document, "The form, field by field", style="Heading 1")
    for field in form.filled(results):
        _say(document, field.title, style="Heading 2")
        if field.stale:
            _say(document, field.stale, style="Intense Quote")
        _say(document, field.value or "(your answer)", style="Quote")
        _say(document, field.source)


def _basis(answer: Answer, evidence: list[str]) -> str:
    words = f"{labels.SOURCES[answer.source].word}. {answer.reason}"
    words += f" Evidence: {'; '.join(evidence)}." if evidence else ""
    mark = answer.fingerprint if answer.own else ""
    return f"{words} Fingerprint: {mark}." if mark else words


def _say(document: Any, words: str, style: str = "") -> None:
    paragraph = document.add_paragraph(printable(words))
    if style:  # by its id: a name would have all styles searched for the default, every time
        paragraph._p.style = document.styles[style].style_id


def _undated(written: bytes) -> bytes:
    """The same file without the moment at which it was written."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as source, zipfile.ZipFile(plain, "w") as target:
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, _LONG_AGO), source.read(name), zipfile.ZIP_DEFLATED
            )
    return plain.getvalue()
