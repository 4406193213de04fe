"""Plots: a row for each sync, on one scale, and legible without a script or a colour."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

from harness.assess.results import DayState, Results
from harness.report import plots

_SVG = "{http://www.w3.org/2000/svg}"


def _texts(plot: str) -> list[str]:
    root = ElementTree.fromstring(
        str(plot).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    )
    return [text.text or "" for text in root.iter(f"{_SVG}text")]


def test_every_sync_of_a_district_has_a_row_with_its_duration_and_requests(
    results: Results,
) -> None:
    days = [day for day in results.days if day.district == "common"]

    texts = _texts(plots.year(days, results.days))

    assert [text for text in texts if text in {day.day for day in days}] == [d.day for d in days]
    assert texts.count("4.2 s") == texts.count("14") > 0


def test_the_longest_sync_has_the_longest_bar_in_every_district(results: Results) -> None:
    day = results.days[0]
    longer = replace(day, seconds=day.seconds * 2)

    def bar(of: str) -> float:
        return float(re.findall(r'y="5" width="([\d.]+)%"', of)[0])

    assert bar(plots.year([longer], [day, longer])) == 2 * bar(plots.year([day], [day, longer]))


def test_requests_that_were_repeated_or_hit_are_told_apart(results: Results) -> None:
    day = replace(results.days[0], requests=10, hit=3, repeated=2, largest_page=100)

    drawn = plots.traffic([day])

    bars = re.findall(r'<rect class="(\w+)" x="[\d.]+%" y="5" width="([\d.]+)%"', drawn)
    assert bars[:3] == [("good", "7.5"), ("bad", "4.5"), ("warn", "3")]
    assert "8+2" in _texts(drawn)
    assert "100" in _texts(drawn)
    assert 'class="faulty"' in drawn


def test_a_day_that_was_not_reached_says_so(results: Results) -> None:
    day = replace(results.days[0], state=DayState.NOT_REACHED)

    assert "not reached" in _texts(plots.year([day], [day]))


def test_a_plot_says_in_words_what_it_shows(results: Results) -> None:
    drawn = plots.year([results.days[0]], results.days)

    assert 'role="img" aria-label="1 of 1 sync completed, in 4.2 seconds"' in drawn
