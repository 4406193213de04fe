"""`rosterready docs` prints the guides and schemas that are installed with the program."""

from __future__ import annotations

import json

import pytest

from harness.cli import run
from harness.resources import GUIDE, SCHEMAS


def test_the_topics_are_listed_with_what_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docs"]) == 0

    topics = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert {"guide", "glossary", "serve", "snapshot", "control"} <= topics
    assert len(topics) >= len(list(SCHEMAS.glob("*.json")))


def test_a_guide_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docs", "guide"]) == 0

    assert capsys.readouterr().out.rstrip("\n") == GUIDE.read_text("utf-8").rstrip("\n")


def test_a_schema_can_be_piped_into_a_validator(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docs", "snapshot"]) == 0

    assert json.loads(capsys.readouterr().out)["title"] == "Snapshot"


def test_an_unknown_topic_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docs", "snapsot"]) == 2

    assert 'Did you mean "snapshot"?' in capsys.readouterr().err
