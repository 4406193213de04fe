"""Traffic report: how an app asks Clever when Clever answers well, for reports and drafts.

These are facts and never a verdict: large pages, many requests or five connections can be right.
"""

from __future__ import annotations

from harness.assess.recording_index import RecordingIndex
from harness.assess.results import TrafficFact
from harness.assess.traffic_stats import TrafficStats, thrown_away
from harness.prose import counted, joined

A_MINUTE = 1_200
"""Requests a minute that Clever answers (https://dev.clever.com/docs/paging-and-limits)."""


def traffic_report(index: RecordingIndex) -> tuple[TrafficFact, ...]:
    """How the app asked, one fact a line; empty when it asked for nothing."""
    stats = TrafficStats(index)
    if not stats.syncs:
        return ()
    facts = {
        "Requests in a sync": _in_syncs(stats),
        "Data in a sync": _each([_bytes(size) for _, _, size in stats.first_and_later]),
        "Page size": _page(stats),
        "Connections": _at_once(stats),
        "Busiest minute": f"{counted(stats.in_a_minute, 'request')}; Clever allows {A_MINUTE:,} "
        "a minute",
        "Repeated requests": _again(stats),
        "Read but not stored": ", ".join(thrown_away(index, stats.days[0])) or "nothing",
        "User-Agent": ", ".join(stats.agents) or "none sent",
    }
    return tuple(TrafficFact(name=name, value=value) for name, value in facts.items())


def traffic_words(index: RecordingIndex) -> str:
    """How the app asks in one sync, as part of a draft; "" when it asked for nothing."""
    stats = TrafficStats(index)
    if not stats.syncs:
        return ""
    once = stats.at_once
    most = f"at most {counted(stats.page, 'record')} a page"
    at_once = "one request at a time" if once == 1 else f"over up to {once} connections"
    return f"{_in_syncs(stats)}, {most}, {at_once}"


def _in_syncs(stats: TrafficStats) -> str:
    return _each(
        [
            f"about {counted(requests, 'request')} for {counted(records, 'record')}"
            for requests, records, _ in stats.first_and_later
        ]
    )


def _each(value: list[str]) -> str:
    return value[0] if len(value) == 1 else f"{value[0]} at first share, {value[1]} on later days"


def _page(stats: TrafficStats) -> str:
    asked = joined([f"{limit:,}" for limit in stats.limits])
    most = f"at most {counted(stats.page, 'record')} in one answer"
    return f"{most}; `limit` is {asked}" if asked else f"{most}; no `limit` is sent"


def _at_once(stats: TrafficStats) -> str:
    once = stats.at_once
    return "one request at a time" if once == 1 else f"up to {once} open side by side"


def _again(stats: TrafficStats) -> str:
    again = stats.repeated
    value = f"up to {counted(again, 'request')} for data the same sync had already read"
    return value if again else "none within a sync"


def _bytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} kB"
