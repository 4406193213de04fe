"""Pages: whether the app reads its lists to their end whenever Clever answers well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from harness.assess.api_paths import ListPath
from harness.assess.gap import Gap, GapReason
from harness.assess.lists_read import ListRead
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.prose import counted, few
from harness.recording.list_limits import USUAL_PAGE, limit_of
from harness.suite.checks.every_day.days import calm_days


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
            if index.killed_by_then(district, day):
                continue  # it may have what it read in the sync in which it was killed
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
    """Of which lists the app asks for more than they hold, so that no page is turned; or ""."""
    by_name: dict[ListPath, list[ListRead]] = defaultdict(list)
    for read in lists:
        if _grows_long(read.name):
            by_name[read.name].append(read)
    unturned = {name: reads for name, reads in by_name.items() if _never_turned(reads)}
    if not unturned:
        return ""
    most = max(_limit(read) for reads in unturned.values() for read in reads)
    longest = max(read.listed for reads in unturned.values() for read in reads)
    names = few([str(name) for name in unturned])
    return (
        f"Your app asks {names} for up to {most:,} records at once, and no such list of this "
        f"rehearsal has more than {counted(longest, 'record')}. Whether it follows the `next` link "
        "of a longer list did not show; say so in an attestation."
    )


def _grows_long(name: ListPath) -> bool:
    """Whether such a list has thousands of records in a large district or school."""
    return (
        (name.whole or name.path.startswith("/schools/"))
        and name.kind in (Kind.USERS, Kind.SECTIONS, Kind.COURSES)
        and name.role not in ("staff", "district_admin")
    )


def _never_turned(reads: Sequence[ListRead]) -> bool:
    """Whether larger pages than usual left nothing to turn in any of them."""
    return max(map(_limit, reads)) > USUAL_PAGE and all(
        len(read.pages) == 1 and read.complete for read in reads
    )


def _limit(read: ListRead) -> int:
    """How many records the app asked for at a time."""
    return max(map(limit_of, read.requests))
