"""Text from outside is shown, and obeyed neither by a terminal nor by a CI server."""

from __future__ import annotations

import dataclasses
from typing import Any
from xml.etree import ElementTree

import pytest
from report import test_escaping

from harness.assess.results import Results
from harness.cli.console import complain, tell
from harness.prose import harmless, one_line
from harness.report import html, junit, markdown, questionnaire

HOSTILE = "::error::x\n::add-mask::y\n  ::set-output::z\n##[error]a ##vso[task]\x1b[2J\x00]]>\u202e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::no", ": :error::no"),
        ("a\n  ::error::no", "a\n  : :error::no"),
        ("std::vector", "std::vector"),
        ("##[error]x", "# #[error]x"),
        ("## a heading", "## a heading"),
        ("\x1b[31mred\x00", "\ufffd[31mred\ufffd"),
        ("half \ud800 of it", "half \ufffd of it"),
        ("\u202eemag", "\ufffdemag"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("Zoë Ünal 李 👩‍🏫", "Zoë Ünal 李 👩‍🏫"),
    ],
)
def test_text_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_of_several_lines_the_first_is_shown() -> None:
    assert one_line("first\nsecond") == "first …"
    assert one_line("alone\n") == "alone"
    assert one_line("x" * 400) == "x" * 300 + " …"


def _obeyed(printed: str) -> list[str]:
    lines = printed.splitlines()
    return [
        line
        for line in lines
        if line.lstrip().startswith("::") or "##[" in line or "##vso[" in line
    ]


def test_the_terminal_obeys_nothing(results: Results, capsys: pytest.CaptureFixture[str]) -> None:
    hostile: Results = test_escaping.planted(results, HOSTILE)

    tell(dataclasses.replace(hostile, exit_code=results.exit_code), {})
    complain(HOSTILE, HOSTILE)

    printed = "".join(capsys.readouterr())
    assert _obeyed(printed) == []
    assert not {"\x1b", "\x00", "\u202e"} & set(printed)


@pytest.mark.parametrize("render", [markdown.render, questionnaire.render])
def test_markdown_holds_nothing_that_is_obeyed(results: Results, render: Any) -> None:
    text = render(test_escaping.planted(results, HOSTILE))

    assert _obeyed(text) == []
    assert not {"\x1b", "\x00", "\u202e"} & set(text)


def test_html_holds_no_control_characters(results: Results) -> None:
    text = html.render(test_escaping.planted(results, HOSTILE))

    assert not {"\x1b", "\x00", "\u202e"} & set(text)


def test_junit_stays_a_document(results: Results) -> None:
    document = junit.render(test_escaping.planted(results, HOSTILE))

    ElementTree.fromstring(document)
    assert b"]]>" not in document
    assert not any(line.lstrip().startswith(b"::") for line in document.splitlines())
