"""Facts about syncs: which were held for a person's approval, and which were full ones."""

from __future__ import annotations

from harness.assess.facts.requests import reads_lists
from harness.assess.recording_index import RecordingIndex
from harness.assess.roster_change import ORDINARY, roster_change
from harness.contract.sync import Mode, SyncState
from harness.plan.plan import Day, Incident
from harness.prose import spelled_out

_SUMMER = (Incident.YEAR_ENDS, Incident.PAUSED)
Place = tuple[str, str]
"""District and day."""


def held_syncs(index: RecordingIndex) -> str:
    """Which syncs wait for a person's approval, and how many did: sentences, or ""."""
    held = _held(index)
    if not held:
        return ""
    approved = [place for place in held if index.synced(*place).approved]
    which, doing, least = _which(index, held)
    applied = "All of them were" if len(approved) == len(held) else f"{len(approved)} of them were"
    each = f", each of which would have {doing} at least {least:.0%} of some kind of record"
    if len(held) == 1:
        applied, each = "It was", each.replace("each of which", "which")
    return (
        f"{which} until a person approves it. In our rehearsal we held {spelled_out(len(held))} of "
        f"{len(_synced(index))} syncs{each if doing else ''}."
        + (f" {applied} applied after approval." if approved else "")
    )


def waits_for_approval(index: RecordingIndex) -> str:
    """Which syncs wait for a person's approval, without numbers: a sentence, or ""."""
    held = _held(index)
    return f"{_which(index, held)[0]} until a person approves it." if held else ""


def rollover_sync(index: RecordingIndex) -> str:
    """With what a new school year comes: `an ordinary sync`, or one that waits for approval."""
    synced = [place for place in _synced(index) if _of_rollover(index, *place)]
    approved = [place for place in synced if index.synced(*place).approved]
    if not approved:
        return "an ordinary sync"
    if len(approved) == len(synced):
        return f"a sync that waits for a person's approval (all {len(synced)} in our rehearsal did)"
    return (
        "a sync that may wait for a person's approval "
        f"({len(approved)} of {len(synced)} in our rehearsal did)"
    )


def full_syncs(index: RecordingIndex) -> str:
    """That full syncs were started on demand, and how many read their lists: sentences, or ""."""
    events = index.recording.header.mode is Mode.EVENTS
    number = sum(
        reads_lists(index.traffic.in_sync.get(place, ()))
        for place in _synced(index)
        if not events or _asked_for_all(index, *place)
    )
    if not number or index.recording.header.mode is Mode.LOGIN:
        return ""
    if not events:
        each = f"each of the {number:,} that Clever answered" if number > 1 else "the first one"
        return (
            "Every sync is a full one and can be started on demand. In our rehearsal, "
            f"{each} read our lists from Clever again."
        )
    each = "and each of them" if number > 1 else "which"
    return (
        "Besides the syncs that process events, a full sync can be started on demand: our "
        f"rehearsal had {spelled_out(number)}, {each} read our lists from Clever again."
    )


def _synced(index: RecordingIndex) -> list[Place]:
    return [
        (district, day)
        for district in index.districts
        for day in index.days_of(district)
        if index.has_synced(district, day)
    ]


def _held(index: RecordingIndex) -> list[Place]:
    return [place for place in _synced(index) if index.synced(*place).sync.state is SyncState.HELD]


def _which(index: RecordingIndex, held: list[Place]) -> tuple[str, str, float]:
    """Which syncs are held, as the beginning of a sentence, and how much they did at least.

    Nothing of how much if some of them did no more than an ordinary sync does.
    """
    changes = [_change(index, *place) for place in held]
    removed = min(removed for removed, _ in changes)
    changed = min(max(both) for both in changes)
    if removed >= ORDINARY:
        return "We hold a sync that would remove unusually many records", "removed", removed
    if changed >= ORDINARY:
        do = "would add or remove unusually many records"
        return f"We hold a sync that {do}", "added or removed", changed
    return "We hold a sync that looks unusual", "", 0.0


def _change(index: RecordingIndex, district: str, day: str) -> tuple[float, float]:
    """What share of a kind of record went since the last sync that was applied, and what came."""
    synced = [
        earlier for earlier in index.before(district, day) if index.has_synced(district, earlier)
    ]
    done = [
        earlier
        for earlier in synced
        if index.synced(district, earlier).final.state is SyncState.COMPLETED
    ]
    if not done:
        return 0.0, 1.0
    change = roster_change(index.roster(district, done[-1]), index.roster(district, day))
    return change.gone, change.come


def _of_rollover(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a school year ends or begins with the sync of a day."""
    days = index.days_of(district)
    summer = any(index.incident(district, each) in _SUMMER for each in days)
    return day == Day.ROLLOVER or (summer and day != days[0])


def _asked_for_all(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether an app that follows events was asked for a full sync."""
    return day == Day.FULL_SYNC or index.incident(district, day) == Incident.ALL_WHILE_READ
