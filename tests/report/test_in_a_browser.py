"""The report's script, tried in a real browser where there is one."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from report.parsed_page import Page, read

from harness.assess.results import Results
from harness.report import html

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs("chromium"),
]


def _opened(results: Results, folder: Path, fragment: str) -> Page:
    """The page as it is once its script has run."""
    file = folder / "report.html"
    file.write_text(html.render(results), encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += ["--disable-background-networking", f"--user-data-dir={folder / 'profile'}"]
    address = f"{file.as_uri()}{fragment}"
    drawn = subprocess.run([*command, address], capture_output=True, timeout=60, check=True)
    return read(drawn.stdout.decode())


def _shown(page: Page) -> list[str]:
    """Ids of the entries that the filter leaves."""
    entries = [one.attributes for one in page.elements if "data-item" in one.attributes]
    return [one["id"] for one in entries if "out" not in one.get("class", "").split()]


def test_an_address_filters_by_outcome(results: Results, tmp_path: Path) -> None:
    page = _opened(results, tmp_path, "#checks?outcome=blocked")

    assert _shown(page) == [
        "R7",
        "edge-promoted-at-rollover",
        "check-standing.records-without-optional-fields-are-held",
        "check-moving.a-student-who-is-promoted-keeps-the-finished-lessons",
    ]
    assert "4 of 130 entries fit." in page.all("span", id="found")[0].text


def test_an_address_filters_by_requirement_and_words(results: Results, tmp_path: Path) -> None:
    page = _opened(results, tmp_path, "#?requirement=R6&q=autumn")

    assert _shown(page) == [
        "edge-term-returns",
        "check-departures.a-term-that-comes-back-is-restored",
    ]


def test_a_deep_link_opens_what_is_folded(results: Results, tmp_path: Path) -> None:
    anchor = "check-standing.every-sync-completes"

    page = _opened(results, tmp_path, f"#{anchor}")

    check = page.all("details", id=anchor)[0].attributes
    assert "open" in check
    assert "aimed" in check["class"]
    assert len(_shown(page)) == 130


def test_a_deep_link_beats_a_filter_that_hides_it(results: Results, tmp_path: Path) -> None:
    page = _opened(results, tmp_path, "#R1?outcome=blocked")

    assert "R1" in _shown(page)


def test_print_is_the_verdict_the_matrix_what_is_open_and_the_answers(
    results: Results, tmp_path: Path
) -> None:
    """However much fails: what is open is capped, and the rest is not printed unasked."""
    failing = next(check for check in results.checks if check.findings)
    copies = [replace(failing, id=f"teachers/copy-{number}") for number in range(300)]
    many = replace(results, checks=(*results.checks, *copies))

    for shown in (results, many):
        file = tmp_path / "report.html"
        file.write_text(html.render(shown), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        command += ["--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}"]
        command += [f"--print-to-pdf={tmp_path / 'report.pdf'}", file.as_uri()]
        subprocess.run(command, capture_output=True, timeout=60, check=True)
        pages = re.findall(rb"/Type\s*/Page\b", (tmp_path / "report.pdf").read_bytes())

        assert 2 <= len(pages) <= 6
