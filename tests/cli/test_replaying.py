"""`rosterready replay`: one edge case alone, in words against an earlier run."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from apps import adapter_of
from rehearsing import CATALOGUE, circumstances, rehearse

from harness import session
from harness.cli.replaying import replay_edge_case
from harness.config.config import Config
from harness.errors import UsageError
from harness.report.json import to_document

WRONG = "never-restores"


def replayed(adapter: str, edge_case: str, against: Path | None = None) -> int:
    config = Config.default(Path.cwd()).with_adapter(adapter_of(adapter))
    return replay_edge_case(edge_case, config, circumstances("alone"), against)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of an app that never restores anybody."""
    folder = tmp_path_factory.mktemp("earlier")
    recording = rehearse(adapter_of(WRONG), folder, only=["student-returns"])
    results = session.judge_recording(recording, CATALOGUE)
    (folder / "results.json").write_bytes(orjson.dumps(to_document(results)))
    return folder


def of_adapter(earlier: Path, folder: Path, **run: str) -> Path:
    """Those results as if they were of another run."""
    document = orjson.loads((earlier / "results.json").read_bytes())
    document["run"] |= run
    (folder / "results.json").write_bytes(orjson.dumps(document))
    return folder


@pytest.mark.slow
def test_what_is_mended_since_is_fixed(
    earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = of_adapter(earlier, tmp_path, adapter="demo")

    assert replayed("demo", "student-returns", before) == 0

    said = capsys.readouterr().out
    assert "FIXED          A student who comes back is active again" in said
    assert said.splitlines()[-1] == "REPLAY=FIXED EXIT=0 EDGE_CASE=student-returns"


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ({}, f"it is a run of {adapter_of(WRONG)}, this is one of demo"),
        ({"adapter": "demo", "mode": "events"}, "its update mode is events"),
        ({"adapter": "demo", "profile": "0123456789abcdef"}, "it has another profile than"),
    ],
)
def test_the_run_of_another_app_is_not_compared_with(
    earlier: Path, tmp_path: Path, run: dict[str, str], said: str
) -> None:
    """Else an app that was never wrong would look fixed."""
    with pytest.raises(UsageError) as refused:
        replayed("demo", "student-returns", of_adapter(earlier, tmp_path, **run))

    assert said in refused.value.message
    assert refused.value.exit_code == 2


@pytest.mark.slow
def test_what_is_not_mended_fails_still_and_says_why(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replayed(WRONG, "student-returns", earlier) == 1

    said = capsys.readouterr().out
    assert "STILL FAILING  A student who comes back is active again" in said
    assert "your app keeps it archived" in said
    assert said.splitlines()[-1] == "REPLAY=STILL_FAILING EXIT=1 EDGE_CASE=student-returns"


@pytest.mark.slow
def test_without_an_earlier_run_a_check_fails_or_passes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert replayed(WRONG, "student-returns") == 1
    assert "REPLAY=FAILING EXIT=1" in capsys.readouterr().out
    assert replayed(WRONG, "name-changes") == 0
    assert "REPLAY=PASSING EXIT=0" in capsys.readouterr().out


def test_what_the_app_is_not_asked_is_not_applicable(capsys: pytest.CaptureFixture[str]) -> None:
    assert replayed("demo", "events-break-off") == 0

    said = capsys.readouterr().out
    assert "The vendor declares the update mode full, not events." in said
    assert said.splitlines()[-1] == "REPLAY=NOT_APPLICABLE EXIT=0 EDGE_CASE=events-break-off"


def test_an_edge_case_nobody_knows_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UsageError) as refused:
        replayed("demo", "student-retruns")

    assert refused.value.hint == 'did you mean "student-returns"?'


def test_an_edge_case_like_no_other_is_refused_with_where_to_look() -> None:
    with pytest.raises(UsageError) as refused:
        replayed("demo", "nope")

    assert refused.value.hint == "`rosterready list edge-cases` shows what there is."
