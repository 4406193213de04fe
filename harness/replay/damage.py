"""Damage: the first day of a trip on which a sync broke down though Clever served it well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from harness.contract.snapshot import Snapshot, Status
from harness.contract.sync import SyncState
from harness.district.records import User, roles_of, schools_of
from harness.plan.plan import COMMON, NEIGHBOUR, Day
from harness.recording.recording import Entry, Look, Published, Synced, Trouble

_BROKEN = (SyncState.FAILED, SyncState.TIMED_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What broke down, when, and whatever the app said of it."""

    day: str
    what: str
    said: str = ""
    """Reason and log of the app, in which a culprit may be named."""
    unanswered: bool = False
    """Whether the app could not be asked at all any more."""
    missing: tuple[str, ...] = ()
    """Clever ids of the records that were there before, are shared, and are gone."""


def first_damage(entries: Sequence[Entry]) -> Damage | None:
    """The first breakdown in the common district, or None when the trip went well.

    A sync that failed or did not end, an app that could not be asked any more, or people whom no
    edge case touches and who are gone although Clever still shares them. What happens to them on a
    day of trouble is none: there Clever does not serve well.
    """
    before: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    published: Published | None = None
    unwell = False
    earlier: Published | None = None
    for entry in entries:
        if _is_the_apps(entry):
            said = entry.message
            return Damage(day=entry.day, what=said, said=said, unanswered=True)
        if getattr(entry, "district", "") != COMMON:
            continue
        match entry:
            case Published():
                earlier, published = published, entry
                unwell = bool(entry.faults)
            case Synced() if entry.final.state in _BROKEN and not unwell:
                said = f"{entry.final.reason}\n{entry.final.log}"
                return Damage(day=entry.day, what=entry.final.reason, said=said)
            case Look() if published is not None and entry.after == "sync":
                held = _active(entry.snapshot)
                unread = _past_the_end(published, held)
                gone = _untouched(published, earlier) & before - held
                if not unwell and (gone := gone - unread if short else gone):
                    what = f"{len(gone)} people whom nothing happened to are gone"
                    return Damage(day=entry.day, what=what, missing=tuple(sorted(gone)))
                before, short = held, unread
            case _:
                pass
    return None


def _is_the_apps(entry: Entry) -> TypeGuard[Trouble]:
    """An app that cannot be asked any more; before its first sync nothing can be narrowed down.

    Nor can what only a small district of its own brings about.
    """
    return (
        isinstance(entry, Trouble)
        and entry.fault == "adapter"
        and entry.during != "connect"
        and entry.day != Day.BEFORE
        and entry.district in (COMMON, NEIGHBOUR)
    )


def _untouched(published: Published, earlier: Published | None) -> frozenset[str]:
    """The shared users who are nobody's cast, at the schools and with the children they had."""
    cast = {clever_id for members in published.cast.values() for clever_id in members.values()}
    before = earlier.roster.users if earlier else {}
    return frozenset(
        clever_id
        for clever_id, user in published.roster.users.items()
        if clever_id not in cast
        and (clever_id not in before or _ties(user) == _ties(before[clever_id]))
    )


def _ties(user: User) -> object:
    contact = roles_of(user).get("contact") or {}
    return schools_of(user), contact.get("student_relationships")


def _past_the_end(published: Published, held: frozenset[str]) -> frozenset[str]:
    """The shared users after all that the app holds: it stops reading there.

    An app that always stops after so many loses somebody whenever a new record comes before them,
    and nothing has broken down then.
    """
    last = max(held & published.roster.users.keys(), default="")
    return frozenset(clever_id for clever_id in published.roster.users if clever_id > last)


def _active(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(row.clever_id for row in snapshot.users if row.status is Status.ACTIVE)
