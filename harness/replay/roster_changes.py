"""Changing: what Clever shares can become something else while the app reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import CHANGED_BEFORE
from harness.simulator.faults.effects import changed_after, synced_before
from harness.simulator.faults.fault import Fault
from harness.simulator.simulator import Simulator

LISTS = r"/v3\.[01]/(schools|terms|courses|sections|users)$"
USERS = r"/v3\.[01]/users$"


@contextmanager
def roster_changes_during_sync(simulator: Simulator, day: CalendarDay) -> Iterator[None]:
    """Let the rosters of `meanwhile` become current within.

    The last one after its list of users, all others before the app's first list is answered.
    """
    if not day.during_sync:
        yield
        return
    others = tuple(simulator.faults)
    *early, (last, late) = day.during_sync
    district = day.roster.district["id"]
    simulator.faults.set(
        *others,
        Fault(
            name=CHANGED_BEFORE,
            effect=synced_before(early),
            path=LISTS,
            district=district,
            after=0,
        ),
        Fault(
            name="changes-after-users",
            effect=changed_after(last, late),
            path=USERS,
            district=district,
            after=0,
        ),
    )
    try:
        yield
    finally:
        simulator.faults.set(*others)
