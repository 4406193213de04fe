"""summary.md and questionnaire.md: complete, in order, small enough, and with nothing unescaped."""

from __future__ import annotations

import dataclasses
import re

import pytest
from report import rehearsal_findings

from harness.assess.answer import Answer
from harness.assess.check_result import Outcome, ResponsibleParty
from harness.assess.results import Results, Verdict
from harness.report import headline, html, markdown, questionnaire, templates


def test_the_summary_begins_with_the_verdict_and_ends_with_the_circumstances(
    results: Results,
) -> None:
    lines = markdown.render(results).splitlines()

    assert lines[0] == "# ✕ Not ready: Northwind Reader 8.1.3"
    assert results.last_line in markdown.render(results)
    assert lines[-1].endswith("Only Clever certifies.")
    assert "certified" not in markdown.render(results).lower()


def test_the_summary_tells_the_worst_first(results: Results) -> None:
    text = markdown.render(results)
    order = ("| R2 |", "| R9 |", "| D1 |", "| R7 |", "| R4 |", "| R1 |")
    places = [text.index(row) for row in order]

    assert places == sorted(places)
    assert text.index("### ✕ Fails") < text.index("### ⊗ Error") < text.index("### ⊘ Blocked")
    assert text.index("### ⊘ Blocked") < text.index("### △ Warns")


def test_the_scope_is_told_in_a_sentence(results: Results) -> None:
    told = "The rehearsal covered schools, terms, courses, sections and users, kept up to date with"
    cases = f"{len(results.edge_cases)} edge cases played in {results.run.syncs} syncs."

    assert f"\n{told} full syncs: {cases}\n" in markdown.render(results)
    assert f">{told} full syncs: {cases}<" in html.render(results)

    by_events = dataclasses.replace(results, run=dataclasses.replace(results.run, mode="events"))
    assert f"{told} events: " in markdown.render(by_events)
    assert told not in markdown.render(
        dataclasses.replace(results, run=dataclasses.replace(results.run, syncs=0))
    )


def test_what_manual_counts_in_the_last_line_is_named(results: Results, ready: Results) -> None:
    """It counts no checks, unlike the tally above it."""
    text = markdown.render(results)
    [(requirements, questions)] = re.findall(
        r"`MANUAL=\d+` is work for you, and no checks: (\d+) requirements? to attest and (\d+) ",
        text,
    )

    assert f"MANUAL={int(requirements) + int(questions)} " in results.last_line
    assert f"`MANUAL={int(requirements) + int(questions)}`" in text
    assert "MANUAL=0 " in ready.last_line
    assert "`MANUAL" not in markdown.render(ready)


def test_the_summary_names_the_next_command(results: Results, ready: Results) -> None:
    adapter = "--adapter http:http://127.0.0.1:8080/rehearsal"

    assert f"    rosterready replay moves-between-schools {adapter}" in markdown.render(results)
    assert f"    rosterready certify {adapter}\n" in markdown.render(ready)


@pytest.mark.parametrize("checks", [200, 1000])
def test_the_summary_stays_below_what_a_comment_may_hold(results: Results, checks: int) -> None:
    long = "x" * 400
    many = tuple(
        dataclasses.replace(
            results.checks[0],
            id=f"standing/{number}-{long}",
            reason=long,
            outcome=Outcome.FAIL,
            findings=rehearsal_findings.many_missing(f"{number}", 20),
        )
        for number in range(checks)
    )
    rows = tuple(dataclasses.replace(row, reason=long) for row in results.requirements) * 10

    text = markdown.render(dataclasses.replace(results, checks=many, requirements=rows))

    assert len(text.encode()) < 64_000
    assert re.search(r"^And \d+ more in report\.html\.$", text, re.MULTILINE)
    assert text.startswith("# ✕ Not ready")


def test_a_summary_that_cannot_be_short_is_cut_at_a_line(results: Results) -> None:
    endless = dataclasses.replace(results, to_do=("y" * 90_000, "z"))

    text = markdown.render(endless)

    assert len(text.encode()) < 64_000
    assert text.endswith("Truncated: the rest is in report.html and results.json.\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Maya's class, 3.1 (new) - done: ok!", "Maya's class, 3.1 (new) - done: ok!"),
        ("clever_id stays", "clever_id stays"),
        ("_emphasis_ and *more*", r"\_emphasis\_ and \*more\*"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("a | b", r"a \| b"),
        ("[link](javascript:x)", r"\[link\](javascript:x)"),
        ("`code`", r"\`code\`"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("8.1.3", "8.1.3"),
        ("two\n\n# lines", "two # lines"),
        ("&lt; stays text", r"\&lt; stays text"),
        ("$x$", r"\$x\$"),
        ("bell \x07", "bell \ufffd"),
    ],
)
def test_text_that_looks_like_markup_stays_text(text: str, shown: str) -> None:
    assert templates.markdown_text(text) == shown


def test_code_cannot_be_left_from_within() -> None:
    assert templates.code("a`b|c\nd") == "`a'b¦c d`"


def test_the_catalogue_may_set_code_apart() -> None:
    assert templates.markdown_prose("Read `a|b` *now*") == r"Read `a¦b` \*now\*"
    assert templates.html_prose("Read `a<b` <now>") == ("Read <code>a&lt;b</code> &lt;now&gt;")


def test_the_questionnaire_keeps_groups_and_questions_in_the_guides_order(
    results: Results,
) -> None:
    lines = questionnaire.render(results).splitlines()
    questions = [line for line in lines if line.startswith("### ")]
    groups = [line for line in lines if line.startswith("## ")][1:]

    assert questions == [
        f"### {number}. {answer.text}" for number, answer in enumerate(results.answers, start=1)
    ]
    assert groups == [f"## {group}" for group in dict.fromkeys(a.group for a in results.answers)]


def _part(text: str, question: str) -> str:
    return text.split(question, 1)[1].split("\n### ", 1)[0]


def test_each_question_says_where_its_draft_comes_from(results: Results) -> None:
    text = questionnaire.render(results)
    body = text.split("## General", 1)[1]

    words = (
        "Observed in the app",
        "Observed in the traffic",
        "From your declaration",
        "Needs your answer",
    )
    for word in words:
        assert f"*{word}.*" in body
    assert "> We use version 3.1 of the Data API." in _part(body, "Which version of the API")
    assert "> (your answer)" in _part(body, "How are districts matched?")
    assert "`R9` (not met), `teachers/both-co-teachers-have-the-class` (fails)" in _part(
        body, "Are co-teachers supported?"
    )


def test_contradictions_and_gaps_stand_at_the_top_and_at_the_question(results: Results) -> None:
    text = questionnaire.render(results)
    top, body = text.split("## General", 1)

    assert "**1 answer contradicted by what was observed:**" in top
    assert "Art 3 lost Mr Pfeffer" in top
    assert "**Contradicted:** You declare" in _part(body, "Are co-teachers supported?")
    assert "**9 questions that only you can answer:**" in top
    assert top.count("- Question ") == 10


def test_a_draft_keeps_its_lines(results: Results) -> None:
    answer: Answer = dataclasses.replace(results.answers[0], answer="First.\n\nSecond.")

    text = questionnaire.render(dataclasses.replace(results, answers=(answer,)))

    assert "> First.\n>\n> Second." in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verdict": Verdict.READY}, "All 9 requirements that apply"),
        ({"verdict": Verdict.READY_WITH_CONDITIONS}, "6 items below need your attention"),
        ({"verdict": Verdict.NOT_READY}, "3 of 12 MUST requirements are not met."),
        ({"verdict": Verdict.NOT_READY, "requirements": ()}, "A declaration or a waiver conflicts"),
        ({"verdict": Verdict.INCOMPLETE}, "2 requirements are not proven"),
        ({"verdict": Verdict.INCOMPLETE, "checks": ()}, "Nothing was checked"),
        (
            {"verdict": Verdict.PARTIAL},
            "Only the selected checks were judged (6 of 45 checks fail, 2 are blocked)",
        ),
    ],
)
def test_every_verdict_has_its_sentence(
    results: Results, changes: dict[str, object], said: str
) -> None:
    one = dataclasses.replace(results, **changes)  # type: ignore[arg-type]

    assert said in headline.sentence(one)


def test_a_fault_of_the_harness_is_not_laid_at_the_apps_door(results: Results) -> None:
    checks = tuple(
        dataclasses.replace(one, responsible=one.responsible and ResponsibleParty.HARNESS)
        for one in results.checks
    )
    one = dataclasses.replace(results, verdict=Verdict.INCOMPLETE, checks=checks)

    assert "The rehearsal itself failed" in headline.sentence(one)


def test_the_command_that_repeats_a_run_is_quoted_for_a_shell(results: Results) -> None:
    run = dataclasses.replace(results.run, adapter="command:./app; rm x", selected=("R6", "a b"))

    command = headline.repeat_command(dataclasses.replace(results, run=run))

    assert command == (
        "rosterready certify --adapter 'command:./app; rm x' --mode full --seed 20261020 "
        "--salt f3a91c --only R6 --only 'a b'"
    )


def test_the_summary_tells_how_the_app_asks(results: Results) -> None:
    text = markdown.render(results)

    assert "- Requests in a sync: about 84 requests for 812 records" in text
    assert "How the app asks" not in markdown.render(dataclasses.replace(results, traffic=()))


def test_what_belongs_in_the_configuration_is_set_apart() -> None:
    said = "Declare `users` in [profile.rows], or add an [[attestation]]."

    assert (
        templates.markdown_prose(said)
        == "Declare `users` in `[profile.rows]`, or add an `[[attestation]]`."
    )
    assert templates.html_prose(said) == (
        "Declare <code>users</code> in <code>[profile.rows]</code>, "
        "or add an <code>[[attestation]]</code>."
    )
    assert templates.html_prose("a < b [now]") == "a &lt; b [now]"
