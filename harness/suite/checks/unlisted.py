"""Unlisted: whom no class names, where the app has nobody of those roles who is in no class.

Then that is why they are missing, whatever values of theirs are missing or odd.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.suite.checks.every_day.days import calm_days
from harness.suite.checks.reading import Sort, sort_of

_FEW = 3
"""So many ordinary people of a sort show that the app has none of them."""


def kept_out(index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str) -> bool:
    """Whether no class names somebody, and the app has nobody like that in any district."""
    if kind is not Kind.USERS:
        return False
    roster = index.roster(district, day)
    user = roster.users.get(clever_id)
    return (
        user is not None
        and sort_of(user) in _sorts_kept_out(index)
        and clever_id in _unlisted(index, roster, (clever_id,))
    )


def _sorts_kept_out(index: RecordingIndex) -> frozenset[Sort]:
    """The roles of which the app has nobody without a class after the first sync of a district."""

    def work() -> frozenset[Sort]:
        there: Counter[Sort] = Counter()
        absent: Counter[Sort] = Counter()
        for district in index.districts:
            for calm in islice(calm_days(index, district), 1):
                roster = index.roster(district, calm.day)
                held = index.holdings(district, calm.day, "sync").active_ids[Kind.USERS]
                delivered = index.deliveries.delivered(district, calm.day)
                people = index.expectations.expected_ids(Kind.USERS, roster)
                ordinary = set(people) - index.generated(district, calm.day)
                for clever_id in _unlisted(index, roster, ordinary):
                    sort = sort_of(roster.users[clever_id])
                    there[sort] += clever_id in held
                    absent[sort] += clever_id in delivered and clever_id not in held
        return frozenset(sort for sort in absent if absent[sort] >= _FEW and not there[sort])

    return index.cached("sorts kept out", work)


def _unlisted(index: RecordingIndex, roster: Roster, people: Iterable[str]) -> frozenset[str]:
    """Those of these whom no section names."""

    def work() -> frozenset[str]:
        return frozenset(
            member
            for section in roster.sections.values()
            for member in (*section["students"], *section["teachers"])
        )

    return frozenset(people) - index.cached(("members of sections", id(roster)), work)
