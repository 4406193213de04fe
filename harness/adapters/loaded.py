"""LoadedAdapter: an app that can be asked, whatever kind of channel leads to it.

Every call has a timeout. A sync that raises, breaks off or does not end is a result; anything else
that does not work is an AdapterError, because without it the rehearsal sees nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from harness.adapters.app_process import RunningApp
from harness.adapters.call import Call, CallFailed, CallTimedOut, Channel, last_line, tail
from harness.adapters.decoding import created_from, snapshot_from, sync_from
from harness.contract.account import Account
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot
from harness.contract.snapshot_decoder import SnapshotDecoder
from harness.contract.sync import Mode, Sync, SyncState
from harness.contract.timeouts import Timeouts
from harness.errors import AdapterError

_MODULE = re.compile(r"^(?:\w+\.)+(?=\w+: )")
"""Where an exception is from, as the last line of a traceback has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered(Sync):
    """A sync of which the adapter said nothing in time: nobody knows whether it has ended."""


class LoadedAdapter:
    """One vendor's adapter, opened. Fulfils the contract and its optional capabilities."""

    def __init__(
        self, name: str, channel: Channel, timeouts: Timeouts, app: RunningApp | None = None
    ) -> None:
        """Ask the channel what it can do; raises AdapterError. `app` is one that we started."""
        self.name = name
        self._app = app if app and app.is_ours else None
        self._channel, self._timeouts = channel, timeouts
        self._snapshots = SnapshotDecoder()
        described = channel.describe(timeouts.connect)
        self.capabilities: frozenset[Capability] = described.capabilities
        self.profile: Profile | None = described.profile
        self.is_diagnostic = described.is_diagnostic

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the app."""
        self._channel.close()

    def connect(self, connection: Connection) -> None:
        """Tell the app about a district; raises AdapterError."""
        self._ask(Call(name="connect", connection=connection), self._timeouts.connect)

    def sync(self, connection: Connection, mode: Mode, most: float | None = None) -> Sync:
        """How one sync of the app ended, well or badly; raises AdapterError.

        With `most` it is given up after so many seconds, if its time-out is longer.
        """
        call = Call(name="sync", connection=connection, mode=mode)
        timeout = self._timeouts.sync
        return self._ended(call, timeout if most is None else min(timeout, most))

    @property
    def killed_by(self) -> str:
        """What kills the app in the middle of a sync: `kill`, `start` or `command`; or ""."""
        if Capability.KILL in self.capabilities:
            return "kill"
        if self._app is not None:
            return "start"
        return "command" if self._channel.runs_in_a_process("sync") else ""

    def kill(self, connection: Connection) -> str:
        """Kill the app while a sync runs, from another thread; why it could not be killed, or "".

        The adapter does it if it can. Otherwise what we started is killed: the app, and the
        program that runs the sync.
        """
        if Capability.KILL not in self.capabilities:
            if self._app is not None:
                self._app.kill()
            self._channel.kill_call()
            return ""
        try:
            self._channel.beside(Call(name="kill", connection=connection), self._timeouts.act)
        except CallTimedOut:
            return f"kill gave no answer within {self._timeouts.act:g} seconds"
        except CallFailed as broken:
            return f"kill {broken.problem}"
        except AdapterError as error:
            return error.problem
        return ""

    def revive(self, connection: Connection) -> None:
        """Start the app again after it was killed, if it takes that; raises AdapterError."""
        if Capability.KILL not in self.capabilities and self._app is not None:
            self._app.start_again()
        elif Capability.RESTART in self.capabilities:
            self.restart(connection)

    def sync_twice(self, connection: Connection, mode: Mode) -> Sync:
        """How two syncs that were started at once ended, well or badly; raises AdapterError."""
        call = Call(name="sync_twice", connection=connection, mode=mode)
        return self._ended(call, self._timeouts.sync)

    def approve(self, connection: Connection) -> Sync:
        """How a held sync ended once it was confirmed; raises AdapterError."""
        return self._ended(Call(name="approve", connection=connection), self._timeouts.approve)

    def snapshot(self, connection: Connection) -> Snapshot:
        """What the app holds now; raises SnapshotInvalid or another AdapterError."""
        call = Call(name="snapshot", connection=connection)
        return snapshot_from(self._ask(call, self._timeouts.snapshot), self._snapshots)

    def restart(self, connection: Connection) -> None:
        """Have the app started again after it died; raises AdapterError."""
        self._ask(Call(name="restart", connection=connection), self._timeouts.restart)

    def renew_token(self, connection: Connection) -> None:
        """Have an operator enter the district's token of today; raises AdapterError."""
        self._ask(Call(name="renew_token", connection=connection), self._timeouts.connect)

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> str:
        """Have a user finish a lesson; why the app did not let them, or "".

        An app that does not know the user may raise: what counts is what the next look shows.
        """
        call = Call(name="finish_lesson", connection=connection, clever_id=clever_id, lesson=lesson)
        return self._act(call)[1]

    def create_account(self, connection: Connection, account: Account) -> tuple[str, str]:
        """Have somebody get an account before Clever: its id in the app, or why there is none.

        Raises AdapterError when the answer names no account.
        """
        answer, refused = self._act(
            Call(name="create_account", connection=connection, account=account)
        )
        return ("", refused) if refused else (created_from(answer).app_id, "")

    def edit(self, connection: Connection, edit: Edit) -> str:
        """Have somebody change something by hand; why the app did not let them, or ""."""
        return self._act(Call(name="edit", connection=connection, edit=edit))[1]

    def _act(self, call: Call) -> tuple[object, str]:
        """The answer to an act, and why the app refused it, or ""."""
        try:
            return self._channel.call(call, self._timeouts.act), ""
        except CallTimedOut:
            return None, f"no answer within {self._timeouts.act:g} seconds"
        except CallFailed as broken:
            return None, broken.problem

    def _ended(self, call: Call, timeout: float) -> Sync:
        try:
            return sync_from(self._channel.call(call, timeout))
        except CallTimedOut as late:
            reason = f"no answer within {timeout:g} seconds"
            return Unanswered(state=SyncState.TIMED_OUT, reason=reason, log=tail(late.log))
        except CallFailed as broken:
            return Sync(state=SyncState.FAILED, reason=_said(broken), log=tail(broken.log))

    def _ask(self, call: Call, timeout: float) -> object:
        address = f"{self.name}: {call.name} of district {call.connection.district}"
        try:
            return self._channel.call(call, timeout)
        except CallTimedOut as late:
            problem = f"gave no answer within {timeout:g} seconds"
            raise AdapterError(
                f"{address} {problem}",
                problem=f"{call.name} {problem}",
                hint="Look into the app, or give it more time under [timeouts].",
                log=late.log,
            ) from late
        except CallFailed as broken:
            raise AdapterError(
                f"{address} {_said(broken)}",
                problem=f"{call.name} {broken.problem}",
                log=broken.log,
            ) from broken


def _said(broken: CallFailed) -> str:
    """What was seen, and the end of the log if it says more, as it does for a program."""
    end = last_line(broken.log)
    told = _MODULE.sub("", end.removeprefix(": "))
    more = told not in broken.problem and not end.startswith(": <")  # a page
    return f"{broken.problem}{end}" if more else broken.problem
