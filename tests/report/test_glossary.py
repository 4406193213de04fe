"""The report's terms are those of docs/glossary.md, and a status that is one is explained."""

from __future__ import annotations

import re

from distribution import CHECKOUT
from report.parsed_page import read

from harness.assess.results import Results
from harness.report import html
from harness.report.glossary import TERMS


def test_the_guide_for_vendors_has_the_same_terms() -> None:
    text = (CHECKOUT / "docs" / "glossary.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (.+?) \| (.+) \|$", text, re.MULTILINE))

    assert {term: rows.get(term) for term in TERMS} == TERMS
    assert rows.keys() - TERMS.keys() == {"Term"}


def test_the_report_ends_with_its_terms_and_links_to_them(results: Results) -> None:
    page = read(html.render(results))
    [terms] = page.all("section", id="terms")

    assert all(term in terms.text for term in TERMS)
    assert page.all("a", href="#terms")


def test_a_blocked_check_says_on_the_spot_what_that_means(results: Results) -> None:
    page = read(html.render(results))

    assert page.all("span", title=TERMS["blocked"])
