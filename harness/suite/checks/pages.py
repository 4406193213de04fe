"""Pages: whether the app reads its lists to their end whenever Clever answers well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from harness.assess.gap import Gap, GapReason
from harness.assess.lists_read import ListRead
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.prose import counted
from harness.suite.checks.every_day.days import calm_days

DEFAULT = 100
"""Records that Clever puts on a page unless asked for another number."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Records that one sync left unread behind the page on which it stopped."""

    district: str
    day: str
    gap: Gap


def pages_not_followed(index: RecordingIndex) -> Sequence[Unread]:
    """Where the app stopped at a page that was not the last, and lacks what comes after it.

    Each list once, on the first day that shows it.
    """
    return index.cached("pages not followed", lambda: _pages_not_followed(index))


def _pages_not_followed(index: RecordingIndex) -> Sequence[Unread]:
    unread: dict[tuple[GapReason, Kind, str], Unread] = {}
    for district in index.districts:
        for day in [calm.day for calm in calm_days(index, district)]:
            try:
                gaps = [gap for kind in KINDS for gap in index.gaps(district, day, kind)]
            except NotReachedError:
                continue
            for gap in gaps:
                if gap.reason is GapReason.NOT_FOLLOWED:
                    unread.setdefault(gap.key, Unread(district, day, gap))
    return tuple(unread.values())


def lists_on_calm_days(index: RecordingIndex) -> Sequence[ListRead]:
    """Every list of roster data that reached the app, day by day."""
    return [
        read
        for district in index.districts
        for calm in calm_days(index, district)
        for read in index.deliveries.lists(district, calm.day)
        if read.name.kind in KINDS and read.pages
    ]


def never_turned(lists: Sequence[ListRead]) -> str:
    """That the app asks for more than any list holds, so that no page was ever turned; or ""."""
    if not lists or any(len(read.pages) > 1 or not read.complete for read in lists):
        return ""
    limits = [limit for read in lists if (limit := _limit(read)) > DEFAULT]
    if not limits:
        return ""
    longest = max(read.listed for read in lists)
    return (
        f"Your app asks for up to {max(limits):,} records at once, and no list of this rehearsal "
        f"has more than {counted(longest, 'record')}. Whether it follows the `next` link of a "
        "longer list did not show; say so in an attestation."
    )


def _limit(read: ListRead) -> int:
    """How many records the app asked for at a time."""
    limits = [parse_qs(request.query).get("limit", [""])[0] for request in read.requests]
    return max((int(limit) for limit in limits if limit.isdecimal()), default=DEFAULT)
