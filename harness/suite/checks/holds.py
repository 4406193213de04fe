"""Holds: whether a sync that waited for a person's approval had a reason to."""

from __future__ import annotations

from harness.assess.findings import FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.roster_change import ORDINARY, roster_change
from harness.contract.sync import SyncState
from harness.plan.day_names import on
from harness.plan.plan import COMMON
from harness.prose import one_line
from harness.suite.checks.observation import Observation, about_sync


def needless(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Syncs that were held for a person although what is shared had changed little or not at all.

    Only where somebody can approve: what became of a sync that nobody approved is seen in the app.
    """
    observation = Observation()
    for day in days:
        if not index.has_synced(district, day):
            continue
        synced = index.synced(district, day)
        held, last = synced.sync, _last_applied(index, district, day)
        if held.state is not SyncState.HELD or synced.approved is None or last is None:
            continue
        then, now = index.roster(district, last), index.roster(district, day)
        change = roster_change(then, now, by_role=True).most
        if change > ORDINARY:
            continue
        what = "little had changed" if change else "nothing had changed"
        of = "" if district == COMMON else f" of the {district} district"
        words = (
            f"The sync{of} {on(day)} waited for approval, although {what} since the day `{last}`"
        )
        observation.findings.append(
            about_sync(
                district,
                day,
                FindingKind.SYNC,
                f"{words}: {one_line(held.reason, max(20, 136 - len(words)))}",
                field="approval",
                expected="completed without approval",
                found=f"held: {held.reason}",
            )
        )
    return observation


def _last_applied(index: RecordingIndex, district: str, day: str) -> str | None:
    """The last day whose sync completed, unless Clever answered badly since: who knows, then,
    what the app would have changed."""
    if index.published(district, day).faults:
        return None
    for earlier in reversed(index.before(district, day)):
        if index.published(district, earlier).faults or not index.has_synced(district, earlier):
            return None
        if index.synced(district, earlier).final.state is SyncState.COMPLETED:
            return earlier
    return None
