"""Presence: people and things leave the SIS and return, and the district shares them or not.

Pure functions from one SIS to the next; each raises ImpossibleChangeError when it does not fit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from harness.district.sis.entries import PersonEntry, SectionEntry
from harness.district.sis.impossible import ImpossibleChangeError, existing_entry, name_of
from harness.district.sis.new_ids import with_new_id
from harness.district.sis.sis import Sis

DAYS_UNTIL_FORGOTTEN = 300
"""Days of absence after which Clever gives a returning user another id."""


def leave(sis: Sis, uid: str) -> Sis:
    """Somebody or something is gone from the SIS; it keeps its id and classes, for its return."""
    entry = existing_entry(sis, uid)
    if not entry.present:
        raise ImpossibleChangeError(f"{name_of(uid)} is not there")
    return sis.put(replace(entry, present=False, left=sis.at))


def come_back(sis: Sis, uid: str) -> Sis:
    """What had left is back, as it was.

    After 300 days a user is new to Clever and has another id
    (https://dev.clever.com/docs/users). Whether the rule holds for other records is not
    documented; here it does not.
    """
    entry = existing_entry(sis, uid)
    if entry.present:
        raise ImpossibleChangeError(f"{name_of(uid)} is there already")
    sis = sis.put(replace(entry, present=True))
    forgotten = (
        isinstance(entry, PersonEntry)
        and entry.left
        and _days(entry.left, sis.at) >= DAYS_UNTIL_FORGOTTEN
    )
    return with_new_id(sis, uid) if forgotten else sis


def _days(since: str, now: str) -> int:
    """Whole days between two moments as `Sis.at` writes them."""
    return (datetime.fromisoformat(now) - datetime.fromisoformat(since)).days


def arrive(sis: Sis, uid: str) -> Sis:
    """Somebody who was never there comes, and is new to Clever."""
    entry = come_back(sis, uid).entry(uid)
    if isinstance(entry, PersonEntry | SectionEntry):
        return sis.put(replace(entry, created=sis.at))
    return sis.put(entry)


def create_anew(sis: Sis, uid: str) -> Sis:
    """Clever takes somebody for created now, and the id stays.

    In April 2023 every record of Certification ISD was created anew in one night.
    """
    return sis.put(replace(sis.people[uid], created=sis.at))


def unshare(sis: Sis, uid: str, *, still_listed: bool = False) -> Sis:
    """The district no longer shares it with the app; the SIS still has it.

    Who is `still_listed` is named by classes all the same, and cannot be read: as Clever does when
    only some people of a class are shared (https://dev.clever.com/docs/sync-troubleshooting).
    """
    entry = existing_entry(sis, uid)
    if not entry.shared:
        raise ImpossibleChangeError(f"{name_of(uid)} is not shared")
    if isinstance(entry, PersonEntry):
        return sis.put(replace(entry, shared=False, still_listed=still_listed))
    if still_listed:
        raise ImpossibleChangeError(f"{name_of(uid)} is not a person, and no class lists it")
    return sis.put(replace(entry, shared=False))


def share_again(sis: Sis, uid: str) -> Sis:
    """The district shares it with the app."""
    entry = existing_entry(sis, uid)
    if entry.shared:
        raise ImpossibleChangeError(f"{name_of(uid)} is shared already")
    return sis.put(replace(entry, shared=True))
