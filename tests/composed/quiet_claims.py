"""Claims about what a sync changes when nothing has changed at Clever."""

from __future__ import annotations

from typing import Any

from composed.claim import Claim, Claims, Days
from composed.export import shown
from composed.held import RecordId, Shared, by_clever_id, in_use
from composed.model import PaperDay
from composed.policies import Policies

from harness.plan.plan import COMMON, Day


def quiet_days_change_nothing(policies: Policies, days: Days) -> Claims:
    """G5: the quiet day of the common district leaves the app as it was."""
    for day in days:
        quiet = (day.day.district, day.day.day) == (COMMON, Day.QUIET)
        if quiet and shown(policies, day.before) != day.shown and not _catches_up(policies, day):
            yield Claim(day, "the quiet sync changed something", open=_moved(day))


def _catches_up(policies: Policies, day: PaperDay) -> bool:
    """Whether all that changed is that what was in use and not shared is out of use: it was late.

    That may be a row for a role or a school alone. That it was in use at the sync before is
    another requirement's.
    """
    before = by_clever_id(shown(policies, day.before))
    after = by_clever_id(day.shown)
    shared = Shared.on(day, policies)
    return all(
        _out_of_use(record, before.get(record, []), after.get(record, []), shared)
        and (record not in shared.records or policies.several_rows)
        for record in before.keys() | after.keys()
        if before.get(record) != after.get(record)
    )


def _out_of_use(record: RecordId, before: list[Any], after: list[Any], shared: Shared) -> bool:
    """Whether rows that Clever gives no reason for were in use, and are not, and no others."""
    kept = [row for row in after if in_use((row,))]
    ended = [row for row in before if in_use((row,)) and row not in kept]
    if not ended or any(row not in before for row in kept):
        return False
    if record not in shared.records:
        return not kept
    kind, key = record
    right = shared.roles(key) if kind == "users" else {}
    return bool(kept) and all(
        role.role not in right or (role.schools and set(role.schools).isdisjoint(right[role.role]))
        for row in ended
        for role in row.roles
    )


def _moved(day: PaperDay) -> bool:
    """Whether an account changed its Clever ID, which is another requirement's."""
    before = {row.app_id: row.clever_id for row in day.before.users}
    return any(before.get(row.app_id) != row.clever_id for row in day.after.users)
