"""Holds: whether a sync that waited for a person's approval had a reason to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.assess.findings import FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.contract.sync import SyncState
from harness.district.data_model.records import roles_of
from harness.district.data_model.roster import Roster
from harness.plan.plan import COMMON
from harness.prose import one_line
from harness.suite.checks.observation import Observation, about_sync

_ORDINARY_SHARE = 0.05
"""How much of a kind or role comes, goes or changes on an ordinary day. Clever itself holds a sync
that changes over a tenth, so nobody is blamed for a hold near that."""


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
        change = _change(index.roster(district, last), index.roster(district, day))
        if change > _ORDINARY_SHARE:
            continue
        what = "little had changed" if change else "nothing had changed"
        of = "" if district == COMMON else f" of the {district} district"
        words = f"The sync{of} on {day} waited for approval, although {what} since {last}"
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


def _change(earlier: Roster, later: Roster) -> float:
    """The largest share of any kind or role that has come, gone or changed."""
    before, after = _groups(earlier), _groups(later)
    return max(
        (_share(before.get(name, {}), after.get(name, {})) for name in before.keys() | after),
        default=0.0,
    )


def _share(before: Mapping[str, Any], after: Mapping[str, Any]) -> float:
    stay = before.keys() & after.keys()
    gone, new = len(before) - len(stay), len(after) - len(stay)
    changed = len([clever_id for clever_id in stay if before[clever_id] != after[clever_id]])
    return max(gone, new, changed) / max(len(before), len(after), 1)


def _groups(roster: Roster) -> Mapping[str, Mapping[str, Any]]:
    """All records of each kind, and of users also what they are in each role."""
    groups: dict[str, dict[str, Any]] = {kind: dict(roster.of(kind)) for kind in KINDS}
    for clever_id, user in roster.users.items():
        for role, data in roles_of(user).items():
            groups.setdefault(role, {})[clever_id] = data
    return groups
