"""What judging reads first can be read ahead, and whatever cannot be is left for later."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytest_bdd.feature import features

from harness import session
from harness.resources import FEATURES
from harness.session.getting_ready import NAME


def get_ready(catalogue: session.Catalogue) -> None:
    session.get_ready(catalogue)
    for thread in threading.enumerate():
        if thread.name == NAME:
            thread.join()


def test_every_feature_has_been_read() -> None:
    get_ready(session.shipped())

    assert {str(path) for path in FEATURES.resolve().glob("*.feature")} <= features.keys()


def test_a_feature_that_cannot_be_read_is_left_to_whoever_judges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.feature").write_text("Scenario without a feature")
    get_ready(session.Catalogue(features=tmp_path))

    assert str(tmp_path / "broken.feature") not in features
    assert capsys.readouterr() == ("", "")
