"""`rosterready compare`, and what `certify` does with `--baseline` and `--repeat`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli.running import Ran
from jsonschema import Draft202012Validator
from rehearsing import circumstances
from report import rehearsal

from harness import session
from harness.assess.comparison import compare
from harness.assess.results import Results
from harness.cli import run
from harness.cli.certifying import flaky, rehearse_repeatedly
from harness.cli.finishing import Baseline
from harness.cli.output_folder import set_aside
from harness.config.config import Config
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.report.comparison import as_json, as_markdown
from harness.report.json import render
from harness.resources import SCHEMAS

NOT_READY, READY = rehearsal.not_ready(), rehearsal.ready()
FEW = ("certify", "--adapter", "demo", "--only", "name-changes", "--output", "out")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a run that is ready and one that is not."""
    for name, results in (("ready", READY), ("not-ready", NOT_READY)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "results.json").write_bytes(render(results))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> Ran:
    return Ran(run(words), *capsys.readouterr())


@pytest.mark.parametrize(
    ("before", "after", "code", "standing"),
    [
        ("ready", "ready", 0, "NO_WORSE"),
        ("not-ready", "ready/results.json", 0, "NO_WORSE"),
        ("ready", "not-ready", 1, "WORSE"),
    ],
)
def test_the_exit_code_says_whether_the_later_run_is_worse(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    before: str,
    after: str,
    code: int,
    standing: str,
) -> None:
    told = ran(capsys, "compare", before, after)

    assert told.code == code, told.err
    assert told.last_line.startswith(f"COMPARISON={standing} EXIT={code} REGRESSED=")
    for format_ in ("markdown", "json"):
        other = ran(capsys, "compare", before, after, "--format", format_)
        assert other.code == code
        assert told.last_line in other.out


def test_what_changed_is_listed_worst_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ran(capsys, "compare", "ready", "not-ready", "-v")

    assert told.out.index("regressed  ") < told.out.index("  R2  met → not met")
    assert "pass → fail" in told.out
    assert "ready" not in ran(capsys, "compare", "ready", "not-ready", "-q").out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("ready", "nowhere"), "nowhere"),
        (("ready", "not-ready/file"), "file"),
        (("ready", "ready", "-f", "pdf"), "The formats are text, markdown, json"),
    ],
)
def test_what_is_no_run_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], named: str
) -> None:
    (folder / "not-ready" / "file").write_text("{}")

    told = ran(capsys, "compare", *words)

    assert told.code == 2
    assert told.last_line == "COMPARISON=NONE EXIT=2"
    assert named in told.err


def test_the_json_follows_its_schema() -> None:
    schema = json.loads((SCHEMAS / "comparison.schema.json").read_text())

    for before, after in ((READY, NOT_READY), (NOT_READY, READY)):
        document = json.loads(as_json(compare(before, after)))
        assert not list(Draft202012Validator(schema).iter_errors(document))


def test_markdown_stays_small_and_shows_markup_as_text() -> None:
    def hostile(results: Results) -> Results:
        checks = tuple(
            replace(check, id=f"f/{number}", name="<b>|x|</b>", reason="w " * 9000)
            for number in range(300)
            for check in results.checks[:2]
        )
        return replace(results, checks=checks)

    text = as_markdown(compare(hostile(READY), hostile(NOT_READY)))

    assert len(text) < 1 << 20
    assert b"<b>" not in text


def test_checks_that_come_to_something_else_each_time_are_flaky() -> None:
    (name, *_) = [check.id for check in READY.checks]

    assert flaky([READY, READY]) == {}
    assert name in flaky([READY, replace(READY, checks=READY.checks[1:])])


@pytest.mark.slow
def test_a_baseline_decides_the_exit_code_and_every_report_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config.default(folder).with_adapter("demo:never-restores")
    output = folder / "out"

    def prepare() -> session.Rehearsal:
        moment = circumstances("compared")
        return session.prepare(config, moment, only=["student-returns"], size=FIVE_SMALL_SCHOOLS)

    output.mkdir()
    codes, told = [], []
    for earlier, times in (("ready", 2), ("out", 1)):
        baseline = Baseline.read(folder / earlier)
        with set_aside(output):
            codes.append(rehearse_repeatedly(times, prepare, output, baseline))
        told.append(Ran(codes[-1], *capsys.readouterr()))
        assert (output / "repeat-2" / "report.html").is_file() == (times == 2)
        document = json.loads((output / "results.json").read_text())
        assert (document["exit_code"], document["last_line"]) == (codes[-1], told[-1].last_line)

    assert codes == [1, 0]
    for each, standing in zip(told, ("worse", "no worse"), strict=True):
        assert each.last_line.startswith(f"VERDICT=PARTIAL EXIT={each.code} ")
        assert f"as the baseline decides: {standing}." in " ".join(each.out.split())
    assert "REPEATS=2 FLAKY=0" in told[0].out
    assert (output / "comparison.md").read_text().startswith("# No worse than the earlier run")


def test_a_baseline_that_is_none_is_refused_before_anything_runs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ran(capsys, *FEW, "--baseline", "nowhere")

    assert told.code == 2
    assert "nowhere" in told.err
    assert not (folder / "out").exists()
