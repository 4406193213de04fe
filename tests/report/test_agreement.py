"""Verdict and counts are the same in every file, in the last line and in the exit code."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from html import unescape
from xml.etree import ElementTree

import pytest
from apps import APPS
from composed.policies import parse
from composed.rehearsal import rehearsed as composed_rehearsed
from rehearsing import rehearsed
from sample import sampled

from harness.assess.answer import AnswerSource
from harness.assess.check_result import Outcome
from harness.assess.results import Results
from harness.report import labels
from harness.report.write import FORMATS, render

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

_LAST_LINE = re.compile(
    r"VERDICT=(\w+) EXIT=(\d+) PASS=(\d+) FAIL=(\d+) WARN=(\d+) BLOCKED=(\d+) ERROR=(\d+) "
    r"MANUAL=(\d+) NA=(\d+)"
)


SEVERAL = sorted(sampled())[::4]
"""Those whose files the gate compares: what differs between reports differs between few apps."""
COMPOSED = (
    "right",
    "holds=students",
    "key=email,absence=nothing,failure=as-empty",
    "reading=big-page",
)
"""Apps that share no code with the demo: one that is ready, and some that are not."""
WORD = "questionnaire-docx"
"""Which takes as long as all other formats together, so that few apps have it."""


def _text(results: Results, name: str) -> str:
    body = render(results, name)
    if name == WORD:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = parts.read("word/document.xml")
    text = body.decode("utf-8-sig")
    return text if name == "json" else unescape(text)  # an app's own text may look escaped


def _counts(results: Results) -> Counter[str]:
    return Counter(str(check.outcome) for check in results.checks)


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in SEVERAL else [pytest.mark.exhaustive]) for n in sorted(APPS)],
)
def test_every_file_says_the_same(name: str) -> None:
    _every_file_agrees(rehearsed(name))


@pytest.mark.exhaustive
@pytest.mark.parametrize("app", COMPOSED)
def test_every_file_about_an_app_of_another_design_says_the_same(app: str) -> None:
    _every_file_agrees(composed_rehearsed(parse(app))[1])


def _every_file_agrees(results: Results) -> None:
    texts = {one: _text(results, one) for one in FORMATS if one != WORD}
    word = labels.VERDICTS[results.verdict].word

    stated = {
        format_: found[0] for format_, text in texts.items() if (found := _LAST_LINE.search(text))
    }
    assert set(stated.values()) == {results.last_line}
    assert stated.keys() >= {"html", "json", "markdown", "questionnaire-html", "questionnaire-json"}
    for format_ in ("html", "markdown", "questionnaire", "questionnaire-html", "badge"):
        assert word in texts[format_], format_
    _agrees_with_json(results, texts["json"])
    _agrees_with_html(results, texts["html"])
    _agrees_with_junit(results, texts["junit"])
    assert len(texts["findings"].splitlines()) == sum(len(c.findings) for c in results.checks)


@pytest.mark.parametrize("name", SEVERAL[::4])
def test_the_document_for_word_says_the_same(name: str) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")
    results = rehearsed(name)

    text = _text(results, WORD)

    assert results.last_line in text
    assert labels.VERDICTS[results.verdict].word in text


def _agrees_with_json(results: Results, text: str) -> None:
    document = json.loads(text)
    assert (document["verdict"], document["exit_code"]) == (results.verdict, results.exit_code)
    assert {key: count for key, count in document["counts"].items() if count} == _counts(results)


def _agrees_with_html(results: Results, text: str) -> None:
    """Each check is an entry of its outcome, and the cover counts them."""
    entries = re.findall(r"<details id=check-[^>]*data-outcome=(\w+)", text)
    assert Counter(entries) == _counts(results)
    shown = re.findall(r'href="#checks\?outcome=(\w+)"><b>(\d+)</b>', text)
    assert {outcome: int(count) for outcome, count in shown} == _counts(results)


def _agrees_with_junit(results: Results, text: str) -> None:
    root = ElementTree.fromstring(render(results, "junit"))
    red = sum(check.outcome is Outcome.FAIL and not check.waived for check in results.checks)
    held_up = sum(check.outcome in (Outcome.ERROR, Outcome.BLOCKED) for check in results.checks)
    verdict = root.find("testsuite[@name='verdict']")
    assert verdict is not None
    assert int(root.get("failures", "")) - int(verdict.get("failures", "")) == red
    assert int(root.get("errors", "")) - int(verdict.get("errors", "")) == held_up
    assert (verdict.find(".//failure") is not None) == (results.exit_code == 1)
    assert f'name="verdict" value="{results.verdict}"' in text


def test_the_questionnaires_agree_on_what_waits_for_a_person(results: Results) -> None:
    document = json.loads(render(results, "questionnaire-json"))
    waits = sum(answer.source is AnswerSource.NEEDS_YOU for answer in results.answers)

    assert document["before_you_send_this"]["unanswered"] == waits
    assert render(results, "questionnaire-csv").decode().count("Needs your answer") == waits
