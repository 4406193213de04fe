"""What breaks by its size, or because the app is down, is put down to no edge case."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rehearsing import CATALOGUE, rehearse

from harness import session
from harness.assess.results import Results
from harness.district.population.sizes import FIVE_SCHOOLS
from harness.recording.recording import BisectResult


@cache
def rehearsed(app: str) -> tuple[list[BisectResult], Results]:
    """What was found behind the breakdowns of an app, and its results."""
    with TemporaryDirectory() as folder:
        app = f"python:replay.failing_apps:{app}"
        few = ["standing", "student-returns", "name-changes"]
        recording = rehearse(app, Path(folder), only=few, size=FIVE_SCHOOLS)
    found = [entry for entry in recording.entries if isinstance(entry, BisectResult)]
    return found, session.judge_recording(recording, CATALOGUE, with_histories=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("app", "result", "request_"),
    [
        ("LosesItsPlace", "request", "GET /v3.1/sections, records 101 to "),
        pytest.param(
            *("NeverAsksForMore", "request", "GET /v3.1/sections, records 1 to 100 of "),
            marks=pytest.mark.exhaustive,
        ),
        ("RunsOutOfRoom", "size", ""),
    ],
)
def test_a_district_that_is_too_large_is_no_edge_case(app: str, result: str, request_: str) -> None:
    [found], results = rehearsed(app)

    assert (found.result, found.edge_cases, found.incidents) == (result, (), ())
    assert found.request.startswith(request_)
    assert found.records["sections"] > 100
    named = " ".join(cause.sentence for cause in results.causes)
    assert request_ in named
    assert not [case.id for case in results.edge_cases if case.id in named]


@pytest.mark.slow
@pytest.mark.parametrize(
    "app",
    ["LosesItsDatabase", pytest.param("LosesItsDatabaseForGood", marks=pytest.mark.exhaustive)],
)
def test_an_app_whose_database_is_down_gives_no_answer(app: str) -> None:
    [found], results = rehearsed(app)

    assert (found.result, found.again) == ("no answer", False)
    assert "the database system is shut down" in found.what
    sentences = [cause.sentence for cause in results.causes]
    assert [s for s in sentences if "the database system is shut down" in s] == sentences[:1]
    assert "intermittently" not in " ".join(sentences)
