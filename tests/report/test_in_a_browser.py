"""The report in a real browser, where there is one: filters, links, keys, copying, paper."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from report.browser import Browser

from harness.assess.results import Results
from harness.report import html, questionnaire_html

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs("chromium"),
]

CHECK = "check-teachers.both-co-teachers-have-the-class"
SEEN = "[...document.querySelectorAll('[data-outcome]')].filter((e) => !e.matches('.out'))"
"""The entries that a filter leaves."""


@pytest.fixture(scope="module")
def report(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(html.render(results), encoding="utf-8")
    return file


def _shown(browser: Browser) -> list[str]:
    ids: list[str] = browser.evaluate(f"{SEEN}.map((entry) => entry.id)")
    return ids


def _hash(browser: Browser) -> str:
    return str(browser.evaluate("location.hash"))


def test_an_address_filters_by_outcome(browser: Browser, report: Path) -> None:
    browser.open(report, "#checks?outcome=blocked")

    assert _shown(browser) == [
        "R7",
        "edge-promoted-at-rollover",
        "check-standing.records-without-optional-fields-are-held",
        "check-moving.a-student-who-is-promoted-keeps-the-finished-lessons",
    ]
    assert browser.evaluate("document.getElementById('found').textContent") == (
        "4 of 130 entries fit."
    )


def test_an_address_filters_by_requirement_and_words(browser: Browser, report: Path) -> None:
    browser.open(report, "#?requirement=R6&q=autumn")

    assert _shown(browser) == [
        "edge-term-returns",
        "check-departures.a-term-that-comes-back-is-restored",
    ]


def test_a_deep_link_opens_what_is_folded(browser: Browser, report: Path) -> None:
    anchor = "check-standing.every-sync-completes"

    browser.open(report, f"#{anchor}")

    assert browser.evaluate(f"document.getElementById('{anchor}').matches('.aimed[open]')")
    assert len(_shown(browser)) == 130


def test_a_deep_link_beats_a_filter_that_hides_it(browser: Browser, report: Path) -> None:
    browser.open(report, "#R1?outcome=blocked")

    assert "R1" in _shown(browser)


def test_a_filter_that_is_clicked_is_in_the_address_and_counted_until_it_is_reset(
    browser: Browser, report: Path
) -> None:
    browser.open(report)

    browser.click('[data-chip="outcome"][value="fail"]')
    failing = _shown(browser)
    address = _hash(browser)
    counted = browser.evaluate("document.getElementById('found').textContent")
    browser.open(report, address)
    again = _shown(browser)
    browser.click("#clear")

    assert "outcome=fail" in address
    assert 0 < len(failing) < 130
    assert counted == f"{len(failing)} of 130 entries fit."
    assert again == failing
    assert len(_shown(browser)) == 130
    assert "outcome" not in _hash(browser)


def test_words_are_searched_for_while_they_are_typed(browser: Browser, report: Path) -> None:
    browser.open(report)

    browser.evaluate("document.getElementById('words').focus()")
    for letter in "autumn":
        browser.press(letter)

    assert "q=autumn" in _hash(browser)
    assert "edge-term-returns" in _shown(browser)
    assert len(_shown(browser)) < 20


def test_every_part_of_the_report_is_reached_from_its_navigation(
    browser: Browser, report: Path
) -> None:
    browser.open(report)
    anchors = browser.evaluate(
        "[...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href'))"
    )

    for anchor in anchors:
        browser.click(f'nav a[href="{anchor}"]')

        browser.until(f"location.hash === '{anchor}'")
        assert browser.evaluate(
            f"document.querySelector('{anchor}').getBoundingClientRect().top < innerHeight"
        ), anchor
    assert len(anchors) > 8


def test_the_keyboard_alone_skips_to_the_report_and_opens_entries(
    browser: Browser, report: Path
) -> None:
    browser.open(report)

    browser.press("Tab")
    first = browser.evaluate("document.activeElement.className")
    browser.press("Enter")
    browser.until("document.activeElement.id === 'main'")
    browser.evaluate(f"document.querySelector('[id=\"{CHECK}\"] > summary').focus()")
    was_open = browser.evaluate(f"document.getElementById('{CHECK}').open")
    browser.press("Enter")
    browser.evaluate("""document.querySelector('[data-chip][value="fail"]').focus()""")
    browser.press(" ")

    assert first == "skip"
    assert browser.evaluate(f"document.getElementById('{CHECK}').open") is not was_open
    assert "outcome=fail" in _hash(browser)


def test_every_entry_can_be_linked_to(browser: Browser, report: Path) -> None:
    browser.open(report)

    links = browser.evaluate(
        "[...document.querySelectorAll('[data-outcome]')].map((entry) => "
        "[entry.id, entry.querySelector('a.here')?.getAttribute('href')])"
    )

    assert len(links) == 130
    assert all(href == f"#{identifier}" for identifier, href in links)


@pytest.mark.parametrize("page", ["report", "questionnaire"])
def test_an_answer_is_copied(
    browser: Browser, report: Path, results: Results, page: str, tmp_path: Path
) -> None:
    file = report
    if page == "questionnaire":
        file = tmp_path / "questionnaire.html"
        file.write_text(questionnaire_html.render(results), encoding="utf-8")
    browser.open(file)
    browser.evaluate(
        "document.addEventListener('copy', () => { window.copied = String(getSelection()) ||"
        " document.activeElement.value; });"
        " navigator.clipboard.writeText = async (text) => { window.copied = text; }"
    )
    answer = next(answer for answer in results.answers if answer.answer)

    button = f'[data-copy="q-{answer.question}-answer"]'
    browser.click(button)
    browser.until(f"document.querySelector('{button}').textContent === 'Copied'")

    assert browser.evaluate("window.copied") == answer.answer.replace("`", "")


def test_print_is_the_verdict_the_matrix_what_is_open_and_the_answers(
    browser: Browser, results: Results, tmp_path: Path
) -> None:
    """However much fails: what is open is capped, and the rest is not printed unasked."""
    failing = next(check for check in results.checks if check.findings)
    long = replace(
        failing.findings[0], sentence="Clever has the class, and your app lacks it. " * 5
    )
    copies = [
        replace(failing, id=f"teachers/copy-{number}", findings=(long,)) for number in range(300)
    ]
    causes = [
        replace(results.causes[0], sentence=f"Cause {number}. " * 20, checks=(failing.id,) * 30)
        for number in range(12)
    ]
    many = replace(
        results,
        checks=(*results.checks, *copies),
        causes=tuple(causes),
        to_do=tuple(cause.to_do for cause in causes),
    )

    for shown in (results, many):
        file = tmp_path / "report.html"
        file.write_text(html.render(shown), encoding="utf-8")
        browser.open(file)
        pages = re.findall(rb"/Type\s*/Page\b", browser.printed())

        assert 2 <= len(pages) <= 6


def test_an_area_filters_what_its_requirements_are_about(browser: Browser, report: Path) -> None:
    """Requirements name their area; what else is in it follows from them."""
    browser.open(report)
    area = browser.evaluate("document.getElementById('R6').dataset.area")

    browser.click(f'[data-chip="area"][value="{area}"]')
    shown = _shown(browser)
    browser.open(report, "#?requirement=R6")
    about_it = _shown(browser)

    assert set(about_it) <= set(shown)
    assert 1 < len(about_it) <= len(shown) < 130


def test_one_person_is_followed_through_the_year(browser: Browser, report: Path) -> None:
    browser.open(report)

    browser.evaluate(
        "(() => { const field = document.getElementById('person');"
        " field.value = 'jonas pfeffer'; field.dispatchEvent(new Event('change')); })()"
    )
    browser.until("document.querySelector('#persona h3') !== null")

    address = _hash(browser)
    followed = browser.evaluate("document.getElementById('persona').innerText")
    assert address.startswith("#people?person=record-common-")
    assert "Jonas Pfeffer" in followed
    assert "In the edge case Two teachers share a class" in followed
    assert "classes: Art 3, Art 4" in followed
    assert browser.evaluate("document.querySelector('#persona mark').textContent") == "Art 3"
    assert browser.evaluate("document.querySelector('.follow .finding strong').textContent") == (
        "Clever shares Art 3 with Ms Duval and Mr Pfeffer on the day midyear, your app holds Ms "
        "Duval only."
    )

    # The address shows the same again, and keeps the filter.
    browser.open(report, f"{address}&outcome=fail")
    assert browser.evaluate("document.getElementById('persona').innerText") == followed
    assert "person=record-" in _hash(browser)
    assert "outcome=fail" in _hash(browser)


def test_a_record_leads_to_its_whole_year_and_to_those_it_is_with(
    browser: Browser, report: Path
) -> None:
    browser.open(report, "#edge-two-co-teachers")

    browser.click("#edge-two-co-teachers tbody:nth-of-type(2) a.whole-year")
    browser.until("document.activeElement.closest('#persona') !== null")
    first = browser.evaluate("document.activeElement.textContent")
    browser.click("#persona > p:last-child a")
    browser.until(f"!document.querySelector('#persona h3').textContent.startsWith({first[:5]!r})")

    assert browser.evaluate("document.querySelectorAll('#persona h3').length") == 1
    assert browser.evaluate("document.querySelector('#persona h3 a')") is None
