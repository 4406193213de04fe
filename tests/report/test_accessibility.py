"""axe-core finds nothing to object to in a report, light or dark, on a desk or on a telephone.

Of entries that are alike a report has hundreds; the gate keeps some of each kind, since axe takes
half a minute for all of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rehearsing import CATALOGUE, catalogue_of, recorded, rehearse
from report.browser import Browser
from sharing import once

from harness import session
from harness.assess.results import Results
from harness.report import html, questionnaire_html

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

AXE = "ROSTERREADY_AXE"
"""The environment variable with the path of axe.min.js, which the gate installs."""
_THIN_OUT = """
(() => {
  const kept = new Map();
  document.querySelectorAll("main .item, main .matrix tbody tr, main .question, .days tbody, "
    + ".year tbody tr, .open li, .plot > svg, .facts > div").forEach((one) => {
    const kind = `${one.tagName} ${one.className} ${one.closest("section")?.id}`;
    kept.set(kind, (kept.get(kind) || 0) + 1);
    if (kept.get(kind) > 2) one.remove();
    else one.querySelectorAll("details").forEach((folded) => { folded.open = true; });
  });
  document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
})()
"""
_ASK = """
axe.run({ resultTypes: ["violations"], ...%s }).then((found) => found.violations.map(
  (one) => [one.id, one.nodes.length, one.nodes[0].html, one.nodes[0].failureSummary]))
"""
_VIEWS = (
    (1280, False, "{}"),
    (1280, True, '{ runOnly: ["color-contrast"] }'),
    (360, False, '{ rules: { "color-contrast": { enabled: false } } }'),
)
"""Width, whether it is dark, and what is asked: darkness changes colours and nothing else."""


def _whole(name: str) -> Callable[[], Results]:
    return lambda: session.judge_recording(recorded(name), catalogue_of(name))


def _stopped() -> Results:
    """A year that broke down, and stopped in the middle of its last attempt."""
    whole = recorded("dies-in-small-districts")
    entries = whole.entries[: len(whole.entries) * 3 // 4]
    ended = "stopped: the adapter did not answer"
    return session.judge_recording(replace(whole, entries=entries, ended=ended), CATALOGUE)


def _part() -> Results:
    """What --only comes to."""
    folder = once(
        "part-to-look-at",
        lambda folder: rehearse("demo:hard-delete", folder, only=["student-returns"]),
    )
    return session.judge_recording(session.load_recording(folder), CATALOGUE)


REPORTS: dict[str, Callable[[], Results]] = {
    "the demo": _whole("demo"),
    "a mistake with many findings": _whole("hard-delete"),
    "a run that stopped": _stopped,
    "a part": _part,
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    file = os.environ.get(AXE, "")
    if not (file and Path(file).is_file()):
        pytest.skip(f"no axe-core: {AXE} does not name an axe.min.js")
    return Path(file).read_text(encoding="utf-8")


def _objections(browser: Browser, file: Path, axe: str) -> list[object]:
    """What axe finds in a light and a dark window, and in a narrow one."""
    found: list[object] = []
    for width, dark, asked in _VIEWS:
        browser.look(width=width, dark=dark)
        browser.open(file)
        browser.evaluate(_THIN_OUT)
        browser.evaluate(f"{axe};0")
        found += [(width, dark, *row) for row in browser.evaluate(_ASK % asked)]
    browser.look()
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_accessible(browser: Browser, axe: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(html.render(REPORTS[name]()), encoding="utf-8")

    assert _objections(browser, file, axe) == []


def test_the_questionnaire_is_accessible(
    browser: Browser, axe: str, results: Results, tmp_path: Path
) -> None:
    file = tmp_path / "questionnaire.html"
    file.write_text(questionnaire_html.render(results), encoding="utf-8")

    assert _objections(browser, file, axe) == []


def test_what_is_wrong_would_be_found(browser: Browser, axe: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.html"
    pale = "<p style='color: #ccc; background: #fff'>Hardly to be read</p>"
    file.write_text(f"<!doctype html><title>x</title><main><button></button>{pale}</main>")

    rules = {row[2] for row in _objections(browser, file, axe) if isinstance(row, tuple)}

    assert {"color-contrast", "button-name", "html-has-lang"} <= rules
