"""Attempt: the school year, played once to one app and recorded.

A day of a district is: publish, look if another district synced since the last look, sync, look,
acts, look again if there were acts. On `before` nothing is published, connected or synced: there
are acts and a look. What the app does wrong is recorded, never raised. An app that can no longer be
driven or read is started again if the adapter can do that; else the year stops, and then everything
gathered is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from harness.adapters.loaded import LoadedAdapter, Unanswered
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.errors import AdapterError, OutputError, RosterreadyError, SimulatorError
from harness.plan.calendar_day import CalendarDay
from harness.plan.day_names import on
from harness.plan.plan import KILLED_MIDWAY, SYNCED_TWICE, Day, PlacedAct, Plan
from harness.prose import capitalized, one_line
from harness.recording.recording import (
    Entry,
    Published,
    RunInterrupted,
    SnapshotTaken,
    Synced,
)
from harness.recording.writer import COMPLETED
from harness.replay.acts import perform
from harness.replay.app_calls import AppCalls
from harness.replay.fault_injection import close_to, injected_faults, planned, refuses_token
from harness.replay.killing import KilledSyncs, kills_app
from harness.replay.patience import PATIENCE, Patience
from harness.replay.progress import Progress
from harness.replay.roster_changes import roster_changes_during_sync
from harness.replay.simulated_clever import SimulatedClever

T = TypeVar("T")

PUBLISH, SYNC, ACTS = "publish", "sync", "acts"
KILLED = "killed"
"""How a sync ended in whose middle we killed the app, in what is printed of it."""


class Log(Protocol):
    """Where the entries of an attempt go."""

    def add(self, entry: Entry) -> None:
        """Take up an entry."""

    def conceal(self, *secrets: str, client_id: str = "") -> None:
        """Take these out of whatever is added from now on."""


class YearAttempt:
    """One attempt at the calendar."""

    def __init__(
        self,
        plan: Plan,
        adapter: LoadedAdapter,
        clever: SimulatedClever,
        writer: Log,
        mode: Mode,
        timer: Callable[[], float],
        progress: Progress,
        *,
        stops_unasked: bool = False,
        patience: Patience = PATIENCE,
    ) -> None:
        """With `stops_unasked` the year ends after a first day without any request."""
        self._plan, self._adapter, self._clever = plan, adapter, clever
        self._writer, self._mode, self._timer, self._progress = writer, mode, timer, progress
        self._app = AppCalls(adapter, clever, writer.add, progress)
        self._killed = KilledSyncs(adapter, clever, self._app, writer.add)
        self._stops_unasked, self._patience = stops_unasked, patience
        self._connected: set[str] = set()
        self._closed: set[str] = set()
        """Districts to which Clever is closed, since their sync never ended."""
        self._refused: set[str] = set()
        """Districts whose token Clever refused during their last sync."""
        self._unseen: set[str] = set()
        """Districts that another one's sync may have changed since they were looked at."""
        self._first_failure = ""
        """How the first sync ended that did not complete, in its own words."""

    def play(self, days: Iterable[CalendarDay]) -> str:
        """Play the days in order; `completed`, or why the year stopped."""
        first: CalendarDay | None = None
        for day in days:
            if first and day.day != first.day and self.asked_nothing:
                return self._unasked(first)
            first = first or (day if day.day != Day.BEFORE else None)
            try:
                outcome = self._play(day)
            except OutputError:
                raise
            except AdapterError as error:
                if not self._killed.left_dead(day, error):
                    return self._stopped(day, error)
                self._app.restarts.leave_running(self._clever.connection_on(day))
                self._progress.stopped(day.district, day.day, _message(error))
                break  # it is the last district, and all else is known
            except Exception as error:
                return self._stopped(day, error)
            if outcome:
                self._progress.done(day.district, day.day, outcome)
        self._app.traffic.flush()
        return self._unasked(first) if first and self.asked_nothing else COMPLETED

    @property
    def asked_nothing(self) -> bool:
        """Whether the app has asked Clever for nothing, where the year ends for that."""
        return self._stops_unasked and not self._app.traffic.requests

    def _unasked(self, day: CalendarDay) -> str:
        """Record that there is nothing to judge: most likely the app asked somebody else."""
        otherwise = "If that does not explain it, check" if self._first_failure else "Check"
        message = (
            f"The app asked the simulated Clever for nothing {on(day.day)}. {self._first_failure}"
            f"{otherwise} that it uses the `api` and `accounts` addresses of the connection that "
            "the adapter is given."
        )
        self._writer.add(
            RunInterrupted(
                district=day.district,
                day=day.day,
                during=SYNC,
                fault="configuration",
                message=message,
                asked_nothing=True,
            )
        )
        self._progress.stopped(day.district, day.day, message)
        return f"stopped after {day.day}: {message}"

    def _play(self, day: CalendarDay) -> str:
        """Play a day; how its sync ended, "" when it has none."""
        if day.day == Day.BEFORE:
            if Capability.MATCHING in self._adapter.capabilities:
                self._act_and_look(day, self._clever.connection_on(day))
            return ""
        self._publish(day)
        if day.district not in self._connected:
            self._connect(day)
        elif day.district in self._unseen:
            self._look(day, PUBLISH)
        self._renew_token(day)
        with roster_changes_during_sync(self._clever.simulator, day):
            ended = self._sync(day)
        self._look(day, SYNC)
        self._act_and_look(day, self._clever.connection_on(day))
        return KILLED if kills_app(day) and self._killed.happened else ended.state

    def _act_and_look(self, day: CalendarDay, connection: Connection) -> None:
        acts = [act for act in self._plan.on(day.day)[1] if act.edge_case in day.cast]
        for act in acts:
            self._act(day, act, connection)
        if acts:
            self._look(day, ACTS, connection)

    def _publish(self, day: CalendarDay) -> None:
        self._app.awaited = PUBLISH
        district = day.roster.district["id"]
        self._clever.simulator.reset_rate_limits()
        for roster, at in day.superseded:
            self._clever.simulator.publish(roster, at=at, heard=not day.superseded_unheard)
        self._clever.simulator.publish(day.roster, at=day.at, order=day.event_order)
        if day.token_replaced:
            self._clever.simulator.rotate(district, at=day.at)
        self._app.traffic.register_roster(day.district, day.roster)
        self._writer.conceal(self._clever.simulator.token(district))
        if day.disconnects:
            self._clever.simulator.revoke(district)
        self._writer.add(
            Published(
                district=day.district,
                day=day.day,
                roster=day.roster,
                cast=day.cast,
                at=day.at.isoformat(),
                faults=tuple(dict.fromkeys(fault.kind for fault in planned(day))),
                date=day.date,
            )
        )

    def _connect(self, day: CalendarDay) -> None:
        connection = self._clever.connection_on(day)
        self._app.ask(day, "connect", lambda: self._adapter.connect(connection))
        self._connected.add(day.district)

    def _renew_token(self, day: CalendarDay) -> None:
        """Have an operator enter the token, if the adapter can do that and there is reason to."""
        needed = not day.disconnects and (day.token_replaced or day.district in self._refused)
        if needed and Capability.NEW_TOKEN in self._adapter.capabilities:
            connection = self._clever.connection_on(day)
            self._app.ask(day, "renew_token", lambda: self._adapter.renew_token(connection))
        self._refused.discard(day.district)
        if refuses_token(day):
            self._refused.add(day.district)

    def _sync(self, day: CalendarDay) -> Sync:
        connection = self._clever.connection_on(day)
        began, mark = self._timer(), self._clever.simulator.traffic.mark()
        mode = Mode.FULL if day.day == Day.FULL_SYNC or day.full_sync else self._mode
        with injected_faults(self._clever.simulator, day, self._patience.requests):
            sync = self._asked_to_sync(day, mode, connection)
            if sync.state is SyncState.TIMED_OUT and not isinstance(sync, Unanswered):
                sync = self._as_it_ended(day, sync)
        if day.token_replaced_during_sync:
            self._writer.conceal(self._clever.simulator.token(day.roster.district["id"]))
        approved = None
        # Nobody would confirm what a sync holds that Clever answered badly.
        confirms = Capability.APPROVE in self._adapter.capabilities and not planned(day)
        if sync.state is SyncState.HELD and confirms:
            approved = self._app.ask(
                day, "approve", lambda: self._adapter.approve(connection), _died
            )
        entry = Synced(
            district=day.district,
            day=day.day,
            sync=sync,
            seconds=self._timer() - began,
            approved=approved,
        )
        self._writer.add(entry)
        self._first_failure = self._first_failure or _failure(entry.final)
        if SyncState.TIMED_OUT in (sync.state, entry.final.state):
            self._let_end(day)
        self._unseen |= self._connected - {day.district}
        if day.district == KILLED_MIDWAY and not kills_app(day):
            self._killed.note_good(day, mark, entry.seconds)
        return entry.final

    def _asked_to_sync(self, day: CalendarDay, mode: Mode, connection: Connection) -> Sync:
        """How the sync ended that was asked for: one, two at once, or one in which the app dies."""
        if kills_app(day):
            return self._killed.play(day, mode, connection)
        start: Callable[[Connection, Mode], Sync] = self._adapter.sync
        if day.district == SYNCED_TWICE and Capability.TWICE in self._adapter.capabilities:
            start = self._adapter.sync_twice
        return self._app.ask(day, SYNC, lambda: start(connection, mode), _died)

    def _as_it_ended(self, day: CalendarDay, sync: Sync) -> Sync:
        """A sync that timed out in the adapter's words: it failed, if the app asks no more."""
        return replace(sync, state=SyncState.FAILED) if self._let_end(day) else sync

    def _let_end(self, day: CalendarDay) -> bool:
        """Wait until a sync that timed out asks for nothing more, or close its district, once.

        Whether it ended by itself.
        """
        looks = self._patience.looks
        if day.district in self._closed:
            return False
        if self._app.let_sync_end(day, looks):
            return True
        close_to(self._clever.simulator, day)
        self._closed.add(day.district)
        self._app.let_sync_end(day, looks)
        return False

    def _look(self, day: CalendarDay, after: str, connection: Connection | None = None) -> None:
        connection = connection or self._clever.connection_on(day)
        snapshot = self._app.ask(day, "snapshot", lambda: self._adapter.snapshot(connection))
        self._writer.add(
            SnapshotTaken(district=day.district, day=day.day, after=after, snapshot=snapshot)
        )
        self._unseen.discard(day.district)

    def _act(self, day: CalendarDay, act: PlacedAct, connection: Connection) -> None:
        clever_id = day.cast.get(act.edge_case, {}).get(act.person, "")
        if act.account and clever_id not in day.roster.users:
            return  # a part of the year ends before the person is shared, so nobody knows them
        self._writer.add(
            self._app.ask(day, "act", lambda: perform(self._adapter, connection, day, act))
        )

    def _stopped(self, day: CalendarDay, error: Exception) -> str:
        """Record why the year cannot go on."""
        message = _message(error)
        self._writer.add(
            RunInterrupted(
                district=day.district,
                day=day.day,
                during=self._app.awaited,
                fault=_fault(error),
                message=message,
                problem=error.problem if isinstance(error, AdapterError) else "",
            )
        )
        if isinstance(error, AdapterError):
            self._app.restarts.leave_running(self._clever.connection_on(day))
        self._progress.stopped(day.district, day.day, message)
        return f"stopped {on(day.day)} in the {day.district} district: {message}"


def _died(reason: str) -> Sync:
    return Sync(state=SyncState.FAILED, reason=reason)


def _fault(error: Exception) -> str:
    match error:
        case AdapterError():
            return "adapter"
        case SimulatorError():
            return "simulator"
    return "harness"


def _message(error: Exception) -> str:
    if not isinstance(error, RosterreadyError):
        return f"rosterready itself broke: {type(error).__name__}: {error}"
    if not error.hint:
        return error.message
    return f"{error.message.rstrip('.')}. {capitalized(error.hint)}"


def _failure(sync: Sync) -> str:
    """A sentence about a sync that ended otherwise than completed, and says why."""
    if sync.state is SyncState.COMPLETED or not sync.reason:
        return ""
    return f"Its sync ended as {sync.state}: {one_line(sync.reason).rstrip('.')}. "
