"""Each whole rehearsal leaves a line that the next one reads, draws and tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.assess.results import Results, Verdict
from harness.cli.looking_back import show_history
from harness.errors import UsageError
from harness.report import html, past_runs, plots


def test_runs_are_read_in_the_order_in_which_they_were_made(
    results: Results, ready: Results, tmp_path: Path
) -> None:
    past_runs.add(tmp_path, results)
    past_runs.add(tmp_path, ready)

    runs = past_runs.read(tmp_path)

    assert [run.verdict for run in runs] == [Verdict.NOT_READY, Verdict.READY]
    assert runs == (past_runs.of(results), past_runs.of(ready))
    assert runs[0].not_met
    assert runs[0].failed > 0 == runs[1].failed


def test_a_part_of_the_year_is_not_noted(results: Results, tmp_path: Path) -> None:
    past_runs.add(tmp_path, replace(results, run=replace(results.run, selected=("R6",))))

    assert past_runs.read(tmp_path) == ()


def test_a_line_that_cannot_be_read_costs_no_other(results: Results, tmp_path: Path) -> None:
    past_runs.add(tmp_path, results)
    with (tmp_path / past_runs.FILE).open("ab") as file:
        file.write(b'{"run_date": 7}\nnot json\n')
    past_runs.add(tmp_path, results)

    assert len(past_runs.read(tmp_path)) == 2


def test_the_cover_says_how_many_more_fail_than_in_the_run_before(
    results: Results, ready: Results
) -> None:
    better = html.render(replace(ready, past_runs=(past_runs.of(results),)))
    worse = html.render(replace(results, past_runs=(past_runs.of(ready),)))
    failed = past_runs.of(results).failed

    assert f"now 0, which is {failed} fewer" in better
    assert f"now {failed}, which is {failed} more" in worse
    assert "in the run before" not in html.render(results)


def test_the_trend_has_a_bar_for_each_run_and_says_it_in_words(
    results: Results, ready: Results
) -> None:
    drawn = plots.trend(replace(ready, past_runs=(past_runs.of(results),) * 3))

    assert drawn.count('class="bad"') == 3
    assert drawn.count('class="good"') == 4
    assert drawn.count(" failed, ") == 4


def test_the_history_names_what_was_mended(
    results: Results, ready: Results, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for run in (results, ready, results):
        past_runs.add(tmp_path, run)

    show_history(tmp_path)

    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{results.run.run_date}  NOT_READY")
    assert "mended: R2" in second
    assert "no longer met: R2" in third


def test_a_folder_without_rehearsals_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rehearsals are noted there"):
        show_history(tmp_path)
