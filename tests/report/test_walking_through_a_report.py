"""From the cover of a report its reader is at cause, record, request and remedy in a few clicks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rehearsing import CATALOGUE, catalogue_of, recorded
from report.browser import Browser

from harness import session
from harness.assess.results import Results
from harness.catalogue.kill_matrix import load_kill_matrix
from harness.report import html
from harness.resources import REPORTS

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

LARGEST_FOR_A_CHECK = 2_800
"""Bytes of the report of an app that is ready, for each of its checks."""
LARGEST = 3_000_000
MOST_PAGES = 6
WORST = "hard-delete"
"""The app that fails the most checks."""
APP = "primary-teacher-only"


@pytest.fixture(scope="module")
def walked() -> Results:
    return session.judge_recording(recorded(APP), catalogue_of(APP))


def test_cause_record_request_and_remedy_are_four_clicks_from_the_cover(
    browser: Browser, walked: Results, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(html.render(walked), encoding="utf-8")
    cause = walked.causes[0]
    browser.open(file)

    # On the cover, without a click: what is wrong, and what to change.
    cover = browser.evaluate("document.querySelector('.cover .to-do li').innerText")
    assert "more teachers at Clever have only one in your app" in cover
    assert "Read teachers, all of them" in cover

    # One click: a check that found it, with both sides of each difference.
    browser.click('.cover .to-do li a[href^="#check-"]')
    browser.until("document.querySelector('.item.aimed') !== null")
    check = browser.evaluate("location.hash.slice(1)")
    assert check == f"check-{cause.checks[0].replace('/', '.')}"
    seen = browser.evaluate(f"document.getElementById('{check}').innerText")
    assert "Clever says" in seen
    assert "GET /v3.1/sections?" in seen
    assert "Proven to fail for an app that" in seen

    # Another: the record, day by day, with the request that delivered it.
    browser.click(f'[id="{check}"] a[href^="#record-"]')
    browser.until("location.hash.startsWith('#record-')")
    record = "document.getElementById(location.hash.slice(1))"
    browser.until(f"document.activeElement === {record} && {record}.checkVisibility()")
    history = browser.evaluate(f"{record}.innerText")
    assert "teachers:" in history
    assert "missing" in browser.evaluate("document.querySelector('.item[open] .scenes').innerText")
    assert "GET /v3.1/sections?" in history
    assert browser.evaluate(f"{record}.querySelectorAll('mark').length") > 0

    # And from the edge case around it to its check again, and from there to the requirement.
    browser.click('.item:has(tbody[tabindex]) ul a[href^="#check-"]')
    browser.until("location.hash.startsWith('#check-')")
    browser.until("document.querySelector('.item.aimed') !== null")
    browser.click('.item.aimed .foot a[href="#R9"]')
    browser.until("location.hash === '#R9'")
    requirement = browser.evaluate("document.getElementById('R9').innerText")
    assert "Fix:" in requirement
    assert "Proven to fail:" in requirement


def test_the_report_of_a_ready_app_is_small_and_marks_nothing() -> None:
    results = session.judge_recording(recorded("demo"), CATALOGUE)

    drawn = html.render(results)

    assert len(drawn.encode()) <= LARGEST_FOR_A_CHECK * len(results.checks)
    told = drawn[drawn.index("<section id=edge-cases") : drawn.index("<section id=questions")]
    assert "<i>awaits a sync</i>" in told
    assert "<em>no sync completed</em>" in told
    assert "<mark>" not in told
    assert "class=bad" not in told


def test_the_report_of_the_worst_app_is_not_large_and_has_six_printed_pages(
    browser: Browser, tmp_path: Path
) -> None:
    matrix = load_kill_matrix(REPORTS / "kill-matrix.json")
    failed = Counter(app for apps in matrix.checks.values() for app in apps)
    assert failed.most_common(1)[0][0] == WORST

    drawn = html.render(session.judge_recording(recorded(WORST), catalogue_of(WORST))).encode()

    file = tmp_path / "report.html"
    file.write_bytes(drawn)
    browser.open(file)
    pages = re.findall(rb"/Type\s*/Page\b", browser.printed())
    ours = "[...document.querySelectorAll('main > section:not(#year)')].map((e) => e.textContent)"
    assert "`" not in browser.evaluate(f"{ours}.join()")  # the year quotes the app
    assert len(drawn) <= LARGEST
    assert 2 <= len(pages) <= MOST_PAGES
