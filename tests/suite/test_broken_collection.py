"""Scenarios that cannot be collected are a fault of the harness, not somebody's Ctrl-C."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import session
from harness.assess.recording_index import RecordingIndex
from harness.errors import SuiteError
from harness.session import Catalogue
from harness.suite.runner import judge

RECORDING = Path(__file__).parents[1] / "recordings/demo-co-teacher-cap-of-two.recording.json.gz"


def test_features_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.feature").write_text("Feature: One\nFeature: Two\n")

    with pytest.raises(SuiteError, match="judging broke"):
        judge(RecordingIndex(session.load_recording(RECORDING)), Catalogue().plan(), tmp_path)
