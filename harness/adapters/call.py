"""Call: one thing the harness asks of an app, and what can become of it.

A channel of whatever kind has one verb. What it raises says whose fault it is:

CallFailed     the app broke while doing what was asked; for a sync that is a result
CallTimedOut   the app gave no answer in time; for a sync that is a result
AdapterError   the app cannot be driven or read at all
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Protocol

from harness.contract.account import Account
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit
from harness.contract.profile import Profile
from harness.contract.sync import Mode

CONTRACT = 1
"""Version of the contract in its wire forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the contract; `name` is the adapter's method."""

    name: str
    connection: Connection
    mode: Mode | None = None
    clever_id: str | None = None
    lesson: str | None = None
    account: Account | None = None
    edit: Edit | None = None

    @property
    def arguments(self) -> tuple[object, ...]:
        """The arguments of the method of this name, in order."""
        given = (
            self.connection,
            self.mode,
            self.clever_id,
            self.lesson,
            self.account,
            self.edit,
        )
        return tuple(argument for argument in given if argument is not None)

    @property
    def document(self) -> dict[str, object]:
        """The call in its wire form."""
        values = {key: value for key, value in asdict(self).items() if value is not None}
        return {"call": values.pop("name"), **values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What an app's adapter says about itself before the rehearsal."""

    contract: int = CONTRACT
    capabilities: frozenset[Capability] = frozenset()
    profile: Profile | None = None
    is_diagnostic: bool = False
    """Whether snapshots come from a diagnostic.json, which shows little."""


class CallFailed(Exception):  # noqa: N818 - what happened, not an error of ours
    """The app broke while doing what was asked: what was seen, and its log."""

    def __init__(self, problem: str, *, log: str = "") -> None:
        super().__init__(problem)
        self.problem, self.log = well_formed(problem), well_formed(log)


class CallTimedOut(Exception):  # noqa: N818
    """The app gave no answer in time; its log, if there is one."""

    def __init__(self, *, log: str = "") -> None:
        super().__init__("no answer in time")
        self.log = well_formed(log)


class Channel(Protocol):
    """The way to one app, of whatever kind."""

    def describe(self, timeout: float) -> Description:
        """What the app's adapter can do; raises AdapterError."""

    def call(self, call: Call, timeout: float) -> object:
        """The answer, a contract value or its wire form; raises as the module says."""

    def beside(self, call: Call, timeout: float) -> object:
        """The same while another call has not returned."""

    def runs_in_a_process(self, name: str) -> bool:
        """Whether a call of this name is a process of its own, which can be killed alone."""

    def kill_call(self) -> None:
        """Kill the process of the call that has not returned, if it is one."""

    def close(self) -> None:
        """Let go of processes, connections and threads."""


def tail(text: str, *, lines: int = 40, characters: int = 4000) -> str:
    """The end of a log, short enough for a report."""
    return "\n".join(text.rstrip().splitlines()[-lines:])[-characters:]


def last_line(log: str) -> str:
    """The last line of a log, to be put behind what was seen; "" when nothing was logged."""
    lines = log.rstrip().splitlines()
    return f": {lines[-1].strip()[:300]}" if lines else ""


def well_formed(text: str) -> str:
    """Text that can be written: half a character becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
