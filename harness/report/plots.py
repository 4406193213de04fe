"""Plots: the year and its traffic as inline SVG, a row for each sync.

Lengths are percentages and letters have the size of the page's small text, so that a plot is as
readable on a telephone as on paper. Colours are classes of the style sheet. The table below a plot
says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from harness.assess.results import DayResult, DayState, Results
from harness.prose import counted
from harness.report import labels, past_runs
from harness.report.labels import Tone

ROW = 20
"""Pixels from one sync to the next."""
_HEAD = 22
_FIRST, _SECOND, _WIDEST = 39.0, 68.0, 15.0
"""Where the two columns of bars begin and how long a bar can be, in percent."""
_TALLEST = 40.0
_REQUESTS = "Requests + again"
_NEVER = {DayState.NOT_REACHED}


@dataclass(frozen=True, slots=True)
class _Bar:
    """Lengths one after another, each in a tone, and what is written behind them."""

    parts: Sequence[tuple[float, str]]
    words: str

    @property
    def length(self) -> float:
        return sum(length for length, _ in self.parts)


def year(days: Sequence[DayResult], everywhere: Sequence[DayResult]) -> Markup:
    """How long each sync of a district took and how many requests it made, on a common scale."""
    return _plot(
        days,
        ("Duration", _REQUESTS),
        lambda day: (
            _Bar([(day.seconds, labels.of_sync(day).tone)], f"{day.seconds:.1f} s"),
            _requests(day),
        ),
        (max((day.seconds for day in everywhere), default=0), _most(everywhere)),
        _year_in_words(days),
    )


def traffic(days: Sequence[DayResult]) -> Markup:
    """How many requests each sync made, which of them again, and how full its fullest page was."""
    asked = [day for day in days if day.requests]
    fullest = max((day.largest_page for day in asked), default=0)
    return _plot(
        asked,
        (_REQUESTS, "Fullest page"),
        lambda day: (
            _requests(day),
            _Bar([(day.largest_page, Tone.QUIET)], f"{day.largest_page:,}"),
        ),
        (_most(asked), fullest),
        f"{counted(len(asked), 'sync')}, with at most {counted(_most(asked), 'request')} and "
        f"{counted(fullest, 'record')} a page",
    )


def trend(results: Results) -> Markup:
    """How many checks passed, failed and stayed open in each rehearsal so far, this one last."""
    runs = [*results.past_runs, past_runs.of(results)]
    most = max(run.passed + run.failed + run.open for run in runs) or 1
    words = "; ".join(f"{run.run_date}: {run.failed} failed, {run.open} open" for run in runs)
    bars = Markup()
    for number, run in enumerate(runs):
        top = 0.0
        parts = ((run.passed, Tone.GOOD), (run.open, Tone.HOLD), (run.failed, Tone.BAD))
        for checks, tone in parts:
            height = _TALLEST * checks / most
            height = max(height, 2.0) if checks else 0.0
            if height:
                bars += Markup(
                    '<rect class="{}" x="{}" y="{:.1f}" width="14" height="{:.1f}"/>'
                ).format(tone, number * 18, top, height)
                top += height
    return Markup(
        '<svg class="plot trend" role="img" aria-label="{}" width="{}" height="{}">{}</svg>'
    ).format(words, 18 * len(runs), _TALLEST + 6, bars)


def _most(days: Iterable[DayResult]) -> int:
    return max((day.requests for day in days), default=0)


def _requests(day: DayResult) -> _Bar:
    """Requests: answered well, hit by a fault, and asked again."""
    repeated = min(day.repeated, day.requests)
    hit = min(day.hit, day.requests - repeated)
    well = day.requests - hit - repeated
    words = f"{well + hit:,}+{repeated:,}" if repeated else f"{day.requests:,}"
    return _Bar([(well, Tone.GOOD), (hit, Tone.BAD), (repeated, Tone.WARN)], words)


def _year_in_words(days: Sequence[DayResult]) -> str:
    played = [day for day in days if day.state not in _NEVER]
    well = sum(day.state is DayState.COMPLETED for day in played)
    took = sum(day.seconds for day in played)
    return f"{well} of {counted(len(days), 'sync')} completed, in {took:.1f} seconds"


def _plot(
    days: Sequence[DayResult],
    heads: tuple[str, str],
    bars: Callable[[DayResult], tuple[_Bar, _Bar]],
    most: tuple[float, float],
    words: str,
) -> Markup:
    columns = (_FIRST, _SECOND)
    head = Markup().join(
        Markup('<text class="head" x="{}%" y="13">{}</text>').format(f"{place:g}", name)
        for place, name in zip(columns, heads, strict=True)
    )
    rows = Markup().join(
        Markup('<svg y="{}" height="{}">{}</svg>').format(
            _HEAD + number * ROW, ROW, _row(day, zip(columns, bars(day), most, strict=True))
        )
        for number, day in enumerate(days)
    )
    height = _HEAD + ROW * len(days)
    return Markup(
        '<svg class="plot" role="img" aria-label="{}" width="100%" height="{}">{}{}</svg>'
    ).format(words, height, head, rows)


def _row(day: DayResult, columns: Iterable[tuple[float, _Bar, float]]) -> Markup:
    label = labels.of_sync(day)
    drawn = Markup()
    if day.hit:
        drawn += Markup('<rect class="faulty" width="100%" height="{}"/>').format(ROW - 1)
    drawn += Markup('<text x="3" y="14">{}</text><text class="{}" x="36%" y="14">{}</text>').format(
        day.day, label.tone, label.symbol
    )
    if day.state in _NEVER:
        return drawn + Markup('<text class="soft" x="40%" y="14">{}</text>').format(
            label.word.lower()
        )
    for place, bar, most in columns:
        drawn += _drawn(bar, place, most)
    return drawn


def _drawn(bar: _Bar, place: float, most: float) -> Markup:
    drawn = Markup()
    for length, tone in bar.parts:
        width = _WIDEST * length / most if most else 0
        if width:
            drawn += Markup('<rect class="{}" x="{}%" y="5" width="{}%" height="10"/>').format(
                tone, f"{place:.4g}", f"{max(width, 0.3):.3g}"
            )
            place += width
    return drawn + Markup('<text class="soft" x="{}%" dx="4" y="14">{}</text>').format(
        f"{place:.4g}", bar.words
    )
