"""With a pace, days follow each other only when an app has forgotten those before."""

from __future__ import annotations

from pathlib import Path

import pytest
from rehearsing import CATALOGUE, rehearse
from replay.remembering_app import LIFE

from harness import session

APP = "python:replay.remembering_app:Remembering"


@pytest.mark.parametrize(("pace", "right"), [(0, False), (LIFE + 5, True)])
def test_an_app_that_remembers_answers_is_right_at_its_pace(
    tmp_path: Path, pace: float, *, right: bool
) -> None:
    only = ["student-changes-class"]
    recording = rehearse(APP, tmp_path, only=only, over_sockets=False, pace=pace)

    results = session.judge_recording(recording, CATALOGUE, with_histories=False)

    assert (results.exit_code == 0) is right
