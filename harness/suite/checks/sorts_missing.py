"""Sorts of users that are missing altogether: their members were left out as some of these."""

from __future__ import annotations

from collections import defaultdict

from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, User, roles_of
from harness.suite.checks.reading import sort_of

_NO_CLASS = "in no class"


def of_missing_sorts(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    """The users of sorts of which the app holds nobody on a day.

    A sort is those of the same roles whom no section names, or the staff whom Clever gives the
    same `roles`. A single user is no sort.
    """
    key = ("missing sorts", district, day)
    return index.cached(key, lambda: _of_missing_sorts(index, district, day))


def _of_missing_sorts(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    roster = index.roster(district, day)
    held = index.holdings(district, day).active_ids[Kind.USERS]
    in_class = {
        clever_id
        for section in roster.sections.values()
        for clever_id in (*section["teachers"], *section["students"])
    }
    sorts: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for clever_id, user in roster.users.items():
        roles = sort_of(user)
        if clever_id not in in_class:
            sorts[roles, _NO_CLASS].add(clever_id)
        if of_staff := _staff_roles(user):
            sorts[roles, of_staff].add(clever_id)
    missing = (ids for ids in sorts.values() if len(ids) > 1 and held.isdisjoint(ids))
    return frozenset().union(*missing)


def _staff_roles(user: User) -> tuple[str, ...]:
    """What Clever calls the role of staff (`PortalOnly`)."""
    return tuple((roles_of(user).get("staff") or {}).get("roles") or ())
