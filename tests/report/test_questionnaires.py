"""The questionnaire as page, document and form: the same answers, and honest about what is open."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from rehearsing import CATALOGUE
from report.parsed_page import read

from harness.assess.answer import AnswerSource
from harness.assess.results import OwnField, Results
from harness.catalogue.form import load_form
from harness.documents import parse_yaml
from harness.errors import DocumentError
from harness.report import (
    form,
    open_items,
    questionnaire,
    questionnaire_csv,
    questionnaire_docx,
    questionnaire_html,
    questionnaire_json,
)
from harness.resources import REPORTS

STALE = "What this answer rests on has changed since it was given."


@pytest.fixture
def stale(results: Results) -> Results:
    """The same rehearsal, with an answer that was given on other evidence."""
    first = replace(results.answers[0], own="As before.", fingerprint="0123456789ab", stale=STALE)
    return replace(results, answers=(first, *results.answers[1:]))


def _paragraphs(body: bytes) -> list[str]:
    docx: Any = pytest.importorskip("docx", reason="python-docx is not installed")
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(body)).paragraphs]


def test_every_field_of_the_form_is_filled_by_a_known_question_the_run_or_a_person() -> None:
    known = {question.id for question in CATALOGUE.questions}

    fields = load_form(REPORTS / "form.yaml")

    assert len({field.id for field in fields}) == len(fields) > 20
    for field in fields:
        assert set(field.questions) <= known


def test_a_field_that_is_filled_twice_is_refused(tmp_path: Any) -> None:
    file = tmp_path / "form.yaml"
    file.write_text("fields:\n  - {id: app, title: App, run: app, needs: Ask.}\n")
    parse_yaml(file.read_text(), file)

    with pytest.raises(DocumentError, match="expected one of `questions`, `run` and `needs`"):
        load_form(file)


def test_the_page_has_every_question_in_order_with_its_answer_to_copy(results: Results) -> None:
    page = read(questionnaire_html.render(results))

    asked = [one.text.partition(". ")[2] for one in page.all("h3") if one.text[0].isdigit()]
    buttons = [one.attributes["data-copy"] for one in page.all("button")]
    assert asked == [answer.text for answer in results.answers]
    for answer in results.answers:
        assert (f"q-{answer.question}-answer" in buttons) == bool(answer.answer)
    ids = {one.attributes.get("id") for one in page.elements}
    assert set(buttons) <= ids


def test_the_page_needs_no_network_and_runs_no_script_but_its_own(results: Results) -> None:
    text = questionnaire_html.render(replace(results, to_do=("<script>alert(1)</script>",)))

    [policy] = [
        one.attributes["content"]
        for one in read(text).all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert text.count("<script>") == 1


def test_contradictions_and_stale_answers_come_before_the_questions(stale: Results) -> None:
    text = questionnaire_html.render(stale)

    first = text.index(stale.answers[0].text, text.index("</ul>"))
    assert text.index("contradicted by what was observed") < first
    assert text.index("1 answer of yours to read again") < first
    assert text.count(STALE) == 1
    assert "0123456789ab" in text


def test_the_form_is_made_of_the_answers(results: Results) -> None:
    [answer] = [row for row in results.answers if row.question == "api-version"]
    fields = {field.id: field for field in form.filled(results)}

    assert fields["company"].value == results.run.company
    assert fields["api-versions"].value == answer.answer
    assert fields["client-id"].waits
    assert "dashboard" in fields["client-id"].source


def test_several_answers_in_a_field_say_what_they_are_about_and_what_is_asked_for_is_first(
    results: Results,
) -> None:
    [answer] = [row for row in results.answers if row.question == "api-version"]
    answers = (
        replace(answer, question="full-sync-possible", answer="Yes."),
        replace(answer, question="events-records", answer="None."),
    )
    fields = {row.id: row for row in form.filled(replace(results, answers=answers))}

    assert fields["events"].value == "Records: None. Full sync on demand: Yes."


def _with_form(results: Results, *rows: OwnField) -> tuple[Results, dict[str, form.FilledField]]:
    own = replace(results, form=rows)
    return own, {field.id: field for field in form.filled(own)}


def test_what_the_vendor_writes_in_a_field_stands_there_and_waits_for_nobody(
    results: Results,
) -> None:
    before = form.still_open(results)

    own, fields = _with_form(
        results,
        OwnField(field="client-id", text="4f2c"),
        OwnField(field="rollover", text="We ask every school."),
    )

    assert fields["client-id"].value == "4f2c"
    assert not fields["client-id"].waits
    assert fields["rollover"].value == fields["rollover"].own == "We ask every school."
    assert form.still_open(own) == replace(before, fields=before.fields - 1)
    assert "We ask every school." in questionnaire_html.render(own)


def test_a_field_is_stale_when_the_evidence_under_its_questions_changes(results: Results) -> None:
    marked = replace(
        results,
        answers=tuple(
            replace(row, fingerprint="aaaaaaaaaaaa") if row.question == "rollover" else row
            for row in results.answers
        ),
    )
    _, fields = _with_form(marked)
    mark = fields["rollover"].fingerprint
    written = OwnField(field="rollover", text="We ask every school.", fingerprint=mark)

    _, same = _with_form(marked, written)
    other, changed = _with_form(results, written)

    assert mark
    assert not same["rollover"].stale
    assert "it rests on no check any more" in changed["rollover"].stale
    assert changed["rollover"].waits
    assert form.still_open(other).stale_fields == 1
    title = f"- {fields['rollover'].title}: What this field rested on has changed"
    assert title in questionnaire.render(other)
    assert questionnaire_html.render(other).count("What this field rested on has changed") == 1
    part = replace(other, run=replace(other.run, selected=("student-returns",)))
    assert form.stale(part) == []  # too little was judged


def test_what_is_still_open_is_counted_the_same_everywhere(stale: Results) -> None:
    document = json.loads(questionnaire_json.render(stale))
    page, markdown = questionnaire_html.render(stale), questionnaire.render(stale)

    counts = document["before_you_send_this"]
    assert counts == {
        "contradictions": len(open_items.contradictions(stale)),
        "unanswered": sum(a.source is AnswerSource.NEEDS_YOU for a in stale.answers),
        "stale": 1,
        "fields": sum(field["waits"] and not field["questions"] for field in document["form"]),
        "stale_fields": 0,
    }
    assert sum(count > 0 for count in counts.values()) == 4
    for text in (page, markdown):
        assert f"{counts['unanswered']} questions that only you can answer" in text
        assert "1 answer of yours to read again" in text


def test_the_json_form_has_questions_and_fields_in_order(results: Results) -> None:
    document = json.loads(questionnaire_json.render(results))

    assert [row["id"] for row in document["questions"]] == [a.question for a in results.answers]
    order = [field.id for field in load_form(REPORTS / "form.yaml")]
    assert [row["id"] for row in document["form"]] == order
    assert document["last_line"] == results.last_line


def test_the_document_for_word_has_the_same_answers(stale: Results) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")
    paragraphs = _paragraphs(questionnaire_docx.render(stale))

    for number, answer in enumerate(stale.answers, start=1):
        place = paragraphs.index(f"{number}. {answer.text}")
        assert (answer.answer or "(your answer)") in paragraphs[place : place + 4]
    assert stale.last_line in paragraphs
    assert paragraphs.index(STALE) > paragraphs.index("Before you send this")


def test_the_document_for_word_is_the_same_each_time(results: Results) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")

    assert questionnaire_docx.render(results) == questionnaire_docx.render(results)


def test_a_stale_answer_is_told_in_the_table(stale: Results) -> None:
    assert STALE in questionnaire_csv.render(stale)
