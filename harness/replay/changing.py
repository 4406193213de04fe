"""Changing: what Clever shares can become something else while the app reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from harness.plan.calendar import CalendarDay
from harness.simulator.faults import Fault
from harness.simulator.simulator import Simulator
from harness.simulator.strikes import shifted, shifting

LISTS = r"/v3\.[01]/(schools|terms|courses|sections|users)$"
USERS = r"/v3\.[01]/users$"


@contextmanager
def changing(simulator: Simulator, day: CalendarDay) -> Iterator[None]:
    """Let the rosters of `meanwhile` become current within.

    The first one before the app's first list is answered, the second one after its list of users.
    """
    if not day.meanwhile:
        yield
        return
    others = tuple(simulator.faults)
    (first, early), (second, late) = day.meanwhile
    district = day.roster.district["id"]
    simulator.faults.set(
        *others,
        Fault(
            name="changes-before-reading",
            strike=shifting(lambda _: first, early),
            path=LISTS,
            district=district,
            after=0,
        ),
        Fault(
            name="changes-after-users",
            strike=shifted(second, late),
            path=USERS,
            district=district,
            after=0,
        ),
    )
    try:
        yield
    finally:
        simulator.faults.set(*others)
