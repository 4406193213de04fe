"""Whatever an app sends is shown as the text it is, in every format."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from enum import Enum
from html import escape
from typing import Any
from xml.etree import ElementTree

import pytest
from report.parsed_page import read

from harness.assess import answer, check_result, requirement_verdict
from harness.assess import results as model
from harness.assess.findings import Finding
from harness.assess.results import Results
from harness.report import html, json, junit, markdown, questionnaire

CANARY = "tok-5e7c91\"'><script>alert(1)</script><b onclick=x>&amp;]]>`*{{7*7}}{%raw%}|#"

# Ids by which things are found, and words from lists of ours. All other text may be an app's.
OURS: Mapping[type, set[str]] = {
    check_result.CheckResult: {"id", "feature", "requirements", "blocked_by", "edge_case"},
    requirement_verdict.RequirementVerdict: {"id", "area", "checks"},
    model.EdgeCaseResult: {"id", "checks"},
    model.CastMember: {"district", "clever_id"},
    model.RecordHistory: {"district", "clever_id"},
    answer.Answer: {"question", "evidence"},
    model.Cause: {"requirements"},
    model.Run: {"mode", "run_date"},
    Finding: {"check"},
}


def planted(value: Any, canary: str) -> Any:
    """The same results with a canary at the end of every text that an app can influence."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return f"{value} {canary}"
    if isinstance(value, tuple):
        return tuple(planted(one, canary) for one in value)
    if isinstance(value, Mapping):
        return {key: planted(one, canary) for key, one in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = {field.name for field in dataclasses.fields(value)} - OURS.get(type(value), set())
        changes = {name: planted(getattr(value, name), canary) for name in names}
        return dataclasses.replace(value, **changes)
    return value


@pytest.fixture(scope="module")
def hostile(results: Results) -> Results:
    found = planted(results, CANARY)
    assert isinstance(found, Results)
    return found


@pytest.fixture(scope="module")
def harmless(results: Results) -> Results:
    found = planted(results, "harmless")
    assert isinstance(found, Results)
    return found


def test_html_shows_it_and_obeys_none_of_it(harmless: Results, hostile: Results) -> None:
    document = html.render(hostile)
    page, clean = read(document), read(html.render(harmless))

    assert document.count(escape(CANARY, quote=False)) > 500
    assert CANARY not in document
    assert CANARY in page.text
    assert page.unbalanced == []
    for tag in ("script", "b", "style", "a"):
        assert len(page.all(tag)) == len(clean.all(tag))


def test_no_attribute_is_left_from_within(harmless: Results, hostile: Results) -> None:
    page, clean = read(html.render(hostile)), read(html.render(harmless))

    assert {name for one in page.elements for name in one.attributes} == {
        name for one in clean.elements for name in one.attributes
    }
    assert page.ids() == clean.ids()


def test_junit_gives_it_back_letter_by_letter(harmless: Results, hostile: Results) -> None:
    root = ElementTree.fromstring(junit.render(hostile))
    clean = ElementTree.fromstring(junit.render(harmless))

    names = [case.get("name") or "" for case in root.iter("testcase")]
    assert all(name.endswith(CANARY) for name in names[:-1])
    assert [one.tag for one in root.iter()] == [one.tag for one in clean.iter()]


@pytest.mark.parametrize("draw", [markdown.render, questionnaire.render])
def test_markdown_has_no_live_markup(draw: Any, hostile: Results) -> None:
    text = draw(hostile)
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("    "))
    live = re.sub(r"\\[\\`*<|#>]", "", prose)  # what is escaped is dead
    live = re.sub(r"`[^`\n]*`", "", live)  # and so is code

    assert text.count("tok-5e7c91") > 40
    assert "<" not in live
    assert "`" not in live
    assert {row.count("|") for row in live.splitlines() if row.startswith("| ")} <= {5}


def test_json_gives_it_back_letter_by_letter(hostile: Results) -> None:
    assert json.from_document(json.to_document(hostile)) == hostile
