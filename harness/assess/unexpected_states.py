"""Unexpected states: records in or out of use against what a sentence of an answer claims.

They are looked up on the days on which Clever answers well and nothing happens to a district as a
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from harness.assess.expectations import ROLES
from harness.assess.recording_index import RecordingIndex
from harness.assess.shared_days import shared_days
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.plan.plan import Day


@dataclass(frozen=True, slots=True)
class _KindOnDay:
    """What of a kind Clever shares on a day, what of it is expected, and what is in use."""

    day: str
    shared: frozenset[str]
    present: frozenset[str]
    """What Clever shares of it in whatever role."""
    expected: frozenset[str]
    in_use: frozenset[str] | None
    """None if the sync of that day says nothing of it."""
    waits: bool


def new_ones_missing(states: list[_KindOnDay]) -> Iterator[str]:
    """What is new at rollover and not in use."""
    for before, now in pairwise(states):
        if now.day == Day.ROLLOVER and now.in_use is not None:
            yield from now.expected - before.shared - now.in_use


def gone_still_in_use(states: list[_KindOnDay]) -> Iterator[str]:
    """What is gone and still in use, of apps that do not wait to archive."""
    for before, now in pairwise(states):
        if now.in_use is not None and not now.waits:
            yield from (before.shared - now.present) & now.in_use


def gone_at_rollover(states: list[_KindOnDay]) -> Iterator[str]:
    """The same at rollover."""
    for before, now in pairwise(states):
        if now.day == Day.ROLLOVER:
            yield from gone_still_in_use([before, now])


def not_back(states: list[_KindOnDay]) -> Iterator[str]:
    """What was away, is shared again and not in use, of what had been in use before."""
    held: set[str] = set()
    away: set[str] = set()
    known: set[str] = set()
    for now in states:
        away = (away | (known - now.shared)) if known else away
        if now.in_use is not None:
            yield from away & held & now.expected - now.in_use
            held |= now.in_use
            away -= now.shared & now.in_use  # what becomes of it later is another matter
        known |= now.shared


SEARCHES: Mapping[str, Callable[[list[_KindOnDay]], Iterator[str]]] = {
    "is brought in at rollover": new_ones_missing,
    "is archived at rollover": gone_at_rollover,
    "is archived when it is gone": gone_still_in_use,
    "is back in use": not_back,
}
"""Claim → the search for records against it."""


def unexpected(index: RecordingIndex, claim: str, kind: str) -> str:
    """The Clever ID of the first record against a claim about a key of `HOLDABLE`, or ""."""
    found = (
        clever_id
        for district in index.districts
        for clever_id in SEARCHES[claim](_states(index, district, kind))
    )
    return next(found, "")


def _states(index: RecordingIndex, district: str, kind: str) -> list[_KindOnDay]:
    return index.cached(("states", district, kind), lambda: list(_on_days(index, district, kind)))


def _on_days(index: RecordingIndex, district: str, kind: str) -> Iterator[_KindOnDay]:
    of = Kind.USERS if kind in ROLES else Kind(kind)
    for each in shared_days(index, district):
        shared = _shared(index, each.roster, kind)
        yield _KindOnDay(
            day=each.day,
            shared=shared,
            present=frozenset(each.roster.of(of)),
            expected=shared.intersection(index.expectations.expected_ids(of, each.roster)),
            in_use=each.held.active_ids[of] if each.held else None,
            waits=bool(index.expectations.waits_to_archive(district, each.day)),
        )


def _shared(index: RecordingIndex, roster: Roster, kind: str) -> frozenset[str]:
    if kind not in ROLES:
        return frozenset(roster.of(Kind(kind)))
    return frozenset(index.expectations.in_role(ROLES[kind], roster))
