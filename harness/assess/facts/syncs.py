"""Facts about syncs: which were held for a person's approval, and which were full ones."""

from __future__ import annotations

from harness.assess.facts.full_reads import FullReads, Place, full_reads, synced_places
from harness.assess.recording_index import RecordingIndex
from harness.assess.roster_change import ORDINARY, roster_change
from harness.contract.sync import Mode, SyncState
from harness.plan.plan import Day, Incident
from harness.prose import capitalized, spelled_out

_NEARLY_ALL = 0.995
"""The share that percent without decimals would round to all."""
_SUMMER = (Incident.YEAR_ENDS, Incident.PAUSED)


def held_syncs(index: RecordingIndex) -> str:
    """Which syncs wait for a person's approval, and how many did: sentences, or ""."""
    held = _held(index)
    if not held:
        return ""
    approved = [place for place in held if index.synced(*place).approved]
    which, doing, least = _which(index, held)
    those = "All of them were" if len(approved) == len(held) else _of_them(len(approved))
    share = "all" if least > _NEARLY_ALL else f"at least {least:.0%}"
    each = f", each of which would have {doing} {share} of some kind of record"
    if len(held) == 1:
        those, each = "It was", each.replace("each of which", "which")
    return (
        f"{which} until a person approves it. In our rehearsal we held {spelled_out(len(held))} of "
        f"{len(synced_places(index))} syncs{each if doing else ''}."
        + (f" {those} approved by a person." if approved else "")
    )


def _of_them(number: int) -> str:
    return "One of them was" if number == 1 else f"{capitalized(spelled_out(number))} of them were"


def waits_for_approval(index: RecordingIndex) -> str:
    """Which syncs wait for a person's approval, without numbers: a sentence, or ""."""
    held = _held(index)
    return f"{_which(index, held)[0]} until a person approves it." if held else ""


def rollover_sync(index: RecordingIndex) -> str:
    """With what a new school year comes: `an ordinary sync`, or one that waits for approval."""
    synced = [place for place in synced_places(index) if _of_rollover(index, *place)]
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
    match index.recording.header.mode:
        case Mode.FULL:
            return _of_full_syncs(full_reads(index, synced_places(index)))
        case Mode.EVENTS:
            asked = [place for place in synced_places(index) if _asked_for_all(index, *place)]
            return _of_full_syncs_between(full_reads(index, asked))
        case Mode.LOGIN:
            return ""


def _of_full_syncs(reads: FullReads) -> str:
    """Of an app that follows no events; a sync that left lists out was none."""
    if not reads.full:
        return ""
    those = "completed syncs that Clever answered in full read"
    if not reads.every_time:
        return (
            f"A sync can be started on demand. In our rehearsal, {reads.full:,} of the "
            f"{reads.answered:,} {those} each of our lists from Clever again; the others left "
            "lists or pages out."
        )
    each = f"each of the {reads.full:,} {those}" if reads.full > 1 else "the first one read"
    return (
        "Every sync is a full one and can be started on demand. In our rehearsal, "
        f"{each} our lists from Clever again."
    )


def _of_full_syncs_between(reads: FullReads) -> str:
    """Of an app that otherwise follows events."""
    if not reads.full:
        return ""
    some = f"{spelled_out(reads.full)} of which" if reads.answered > 1 else "which"
    each = "and each of them" if reads.every_time and reads.answered > 1 else some
    return (
        "Besides the syncs that process events, a full sync can be started on demand: our "
        f"rehearsal had {spelled_out(reads.answered)}, {each} read our lists from Clever again."
    )


def _held(index: RecordingIndex) -> list[Place]:
    return [
        place for place in synced_places(index) if index.synced(*place).sync.state is SyncState.HELD
    ]


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
