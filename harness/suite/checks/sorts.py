"""Sorts of records, of which an app can leave out all: users by roles and classes, and the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, User, roles_of
from harness.suite.checks.reading import sort_of

Sort = tuple[object, ...]
_NO_CLASS = "in no class"


def sorts_of(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, Sort]:
    """Record → its sort: of users their roles, and whether a section names them."""

    def work() -> Mapping[str, Sort]:
        roster = index.roster(district, day)
        if kind is not Kind.USERS:
            return dict.fromkeys(roster.of(kind), ())
        in_class = {
            clever_id
            for section in roster.sections.values()
            for clever_id in (*section["teachers"], *section["students"])
        }
        return {
            clever_id: (sort_of(user), "" if clever_id in in_class else _NO_CLASS)
            for clever_id, user in roster.users.items()
        }

    return index.cached(("sorts", district, day, kind), work)


def of_missing_sorts(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    """The users of sorts of which the app holds nobody on a day.

    Those of the same roles whom no section names, or the staff whom Clever gives the same `roles`.
    A single user is no sort.
    """
    key = ("missing sorts", district, day)
    return index.cached(key, lambda: _of_missing_sorts(index, district, day))


def _of_missing_sorts(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    users = index.roster(district, day).users
    held = index.holdings(district, day).active_ids[Kind.USERS]
    members: dict[Sort, set[str]] = defaultdict(set)
    for clever_id, sort in sorts_of(index, district, day, Kind.USERS).items():
        if _NO_CLASS in sort:
            members[sort].add(clever_id)
        if of_staff := _staff_roles(users[clever_id]):
            members[sort_of(users[clever_id]), of_staff].add(clever_id)
    missing = (ids for ids in members.values() if len(ids) > 1 and held.isdisjoint(ids))
    return frozenset().union(*missing)


def _staff_roles(user: User) -> tuple[str, ...]:
    """What Clever calls the role of staff (`PortalOnly`)."""
    return tuple((roles_of(user).get("staff") or {}).get("roles") or ())
