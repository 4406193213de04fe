"""The formats that programs read: a table, lines of JSON, SARIF, a picture."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from xml.etree import ElementTree

import pytest

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import Results, Verdict
from harness.report import badge, findings_lines, labels, questionnaire_csv, sarif


def _table(results: Results) -> list[dict[str, str]]:
    text = questionnaire_csv.render(results)
    assert text.startswith("\ufeff"), "a spreadsheet takes it for an older encoding"
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_the_table_has_every_question_in_the_order_of_the_guide(results: Results) -> None:
    rows = _table(results)

    assert [row["question"] for row in rows] == [answer.text for answer in results.answers]
    assert [row["number"] for row in rows] == [str(n + 1) for n in range(len(rows))]
    contradicted = [row for row in rows if row["contradiction"]]
    assert len(contradicted) == sum(bool(answer.contradiction) for answer in results.answers)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_spreadsheet_computes_an_answer(results: Results, text: str) -> None:
    answers = (dataclasses.replace(results.answers[0], answer=text), *results.answers[1:])

    rows = _table(dataclasses.replace(results, answers=answers))

    assert rows[0]["answer"].startswith("'")


def test_each_finding_is_a_line(results: Results) -> None:
    lines = [json.loads(line) for line in findings_lines.render(results).splitlines()]

    assert [line["id"] for line in lines] == [f.id for c in results.checks for f in c.findings]
    assert {line["outcome"] for line in lines} <= {str(outcome) for outcome in Outcome}
    assert all(line["sentence"] and line["requirements"] for line in lines)


def explained(results: Results) -> tuple[Results, CheckResult]:
    """A rehearsal with a single failing check that accuses R2 and has a likely cause."""
    check = next(check for check in results.checks if check.findings)
    finding = dataclasses.replace(check.findings[0], requirement="R2")
    check = dataclasses.replace(
        check, outcome=Outcome.FAIL, requirements=("R1", "R2"), findings=(finding,)
    )
    cause = dataclasses.replace(results.causes[0], checks=(check.id,))
    return dataclasses.replace(results, checks=(check,), causes=(cause,)), check


def test_a_line_names_the_likely_causes_and_the_requirements_of_its_check(results: Results) -> None:
    alone, check = explained(results)

    (line,) = [json.loads(line) for line in findings_lines.render(alone).splitlines()]

    assert line["check"] == check.id
    assert line["causes"] == [alone.causes[0].id]
    assert line["requirements"] == ["R1", "R2"]


def test_a_ready_app_has_no_findings(ready: Results) -> None:
    assert findings_lines.render(ready) == b""
    assert json.loads(sarif.render(ready))["runs"][0]["results"] == []


def test_code_scanning_gets_what_fails_and_what_warns(results: Results) -> None:
    [run] = json.loads(sarif.render(results))["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    amiss = [
        check
        for check in results.checks
        if check.outcome in (Outcome.FAIL, Outcome.WARN) and not check.waived
    ]

    keys = [result["partialFingerprints"]["rosterready/check"] for result in run["results"]]
    assert keys == [check.id for check in amiss]
    assert {result["ruleId"] for result in run["results"]} <= rules
    assert {result["level"] for result in run["results"]} <= {"error", "warning"}
    for result, check in zip(run["results"], amiss, strict=True):
        assert result["message"]["text"].startswith(check.name)
        assert result["level"] == ("error" if check.outcome is Outcome.FAIL else "warning")


def test_code_scanning_is_told_the_accused_requirement_and_what_to_do(results: Results) -> None:
    alone, _ = explained(results)

    document = json.loads(sarif.render(alone))

    [result] = document["runs"][0]["results"]
    assert result["ruleId"] == "R2"
    assert alone.causes[0].to_do in result["message"]["text"]


def test_code_scanning_is_sent_to_a_file_of_the_repository(results: Results) -> None:
    run = dataclasses.replace(results.run, config="/home/someone/app/rosterready.toml")

    document = json.loads(sarif.render(dataclasses.replace(results, run=run)))

    [place] = document["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "rosterready.toml"


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_badge_says_the_verdict_and_never_certified(results: Results, verdict: Verdict) -> None:
    text = badge.render(dataclasses.replace(results, verdict=verdict))
    picture = ElementTree.fromstring(text)

    assert "certified" not in text.lower()
    title = picture.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text
    word = labels.VERDICTS[verdict].word
    assert title.text.startswith(f"Clever rehearsal: {word}, ")
    assert results.run.requirement_set.partition("+")[0] in title.text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_no_other_verdict_has_the_colour_of_a_ready_app(results: Results) -> None:
    def colour(verdict: Verdict) -> str:
        picture = ElementTree.fromstring(
            badge.render(dataclasses.replace(results, verdict=verdict))
        )
        path = picture.find("{http://www.w3.org/2000/svg}path")
        assert path is not None
        return path.attrib["fill"]

    others = {colour(verdict) for verdict in Verdict if verdict is not Verdict.READY}

    assert colour(Verdict.READY) not in others
