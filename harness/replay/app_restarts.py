"""Restarting: an app that has died is started again, as its operators would, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from harness.adapters.loaded import LoadedAdapter
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.errors import AdapterError, SnapshotInvalid
from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import faults_of_day
from harness.recording.recording import Entry, Restarted

MOST_RESTARTS = 3
"""In one attempt through the year: an app that dies more often is not looked after any longer.

Fault days are not counted: what an app does when Clever does not answer is judged on each.
"""

Ask = Callable[[str, Callable[[], None]], None]
"""Asks the app for something by its name, with the requests it makes noted."""


class AppRestarts:
    """The restarts of one attempt: once for a day of a district, a few times in all."""

    def __init__(self, adapter: LoadedAdapter, add: Callable[[Entry], None]) -> None:
        self._adapter, self._add = adapter, add
        self._days: set[tuple[str, str]] = set()
        self._broken = False
        """Whether it could not be started again."""

    def start_again(
        self, day: CalendarDay, during: str, error: AdapterError, connection: Connection, ask: Ask
    ) -> str:
        """Have the app started again; its last words. Raises AdapterError when that is no use."""
        able = Capability.RESTART in self._adapter.capabilities
        if not able or isinstance(error, SnapshotInvalid) or (day.district, day.day) in self._days:
            raise error
        if not faults_of_day(day.district, day.day) and self._counted() == MOST_RESTARTS:
            after = f"after it was started again {MOST_RESTARTS} times"
            raise AdapterError(
                f"{error.message}, {after}", problem=f"{error.problem}, {after}", hint=error.hint
            ) from error
        self._days.add((day.district, day.day))
        message = error.problem
        failed = self._started(connection, ask)
        self._add(
            Restarted(
                district=day.district, day=day.day, during=during, message=message, failed=failed
            )
        )
        self._broken = bool(failed)
        if failed:
            end = f"and could not be started again: {failed}"
            raise AdapterError(f"{error.message}, {end}", problem=f"{error.problem}, {end}")
        return message

    def _counted(self) -> int:
        return sum(1 for district, day in self._days if not faults_of_day(district, day))

    def leave_running(self, connection: Connection) -> None:
        """Start an app again that died last, so that the next attempt does not begin without it."""
        if Capability.RESTART in self._adapter.capabilities and not self._broken:
            with suppress(AdapterError):  # whoever asks it next is told
                self._adapter.restart(connection)

    def _started(self, connection: Connection, ask: Ask) -> str:
        """Why the app could not be started, or ""."""
        try:
            ask("restart", lambda: self._adapter.restart(connection))
        except AdapterError as error:
            return error.problem
        return ""
