"""Recording: what was published, asked, answered and held. There is no outcome in it.

On disk it is gzip'd JSON lines: a header, entries in the order things happened, and a footer that
counts them, so that a recording that was cut off cannot look whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as calendar_date
from enum import StrEnum

from harness.contract.edit import EditKind
from harness.contract.former_names import formerly
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync
from harness.contract.waivers import Attestation as Attestation
from harness.contract.waivers import Waiver as Waiver
from harness.district.data_model.roster import Roster
from harness.plan.plan import OldAccount, Plan

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The circumstances: with them a recording is judged the same, months later, elsewhere."""

    rosterready: str  # version that recorded
    adapter: str  # `kind:target`
    run_date: calendar_date  # on which the term dates hang
    seed: int
    salt: str
    mode: Mode
    plan: Plan
    plan_hash: str
    requirement_set: str
    profile: Profile
    capabilities: tuple[str, ...]
    waivers: tuple[Waiver, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    config: str = ""
    """Path of the configuration as it was given, or ""."""
    killed_by: str = ""
    """What could kill the app in the middle of a sync: `kill`, `start`, `command`, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What Clever shared from this moment on, and who of the casts is who in it."""

    district: str
    day: str
    roster: Roster
    cast: Mapping[str, Mapping[str, str]]
    """Edge case → person → Clever id, also of those who are away that day."""
    at: str
    """District time, ISO."""
    faults: tuple[str, ...] = ()
    """What was wrong with Clever during the sync; the requests say which of it struck."""
    date: calendar_date | None = None
    """The district's date as the app could know it; None in recordings from before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRequest:
    """One request the app made, as the simulator logged it."""

    district: str
    day: str
    during: str
    """What the app was asked for just then: `sync`, `snapshot`, `act`, `connect`, `approve` or
    `restart`."""
    method: str
    path: str
    query: str
    status: int
    records: int
    """Records in the answer."""
    size: int
    """Bytes of the answer's body."""
    started: float
    """Seconds since the rehearsal began."""
    seconds: float
    fault: str = ""
    """The fault that struck this request, if one did."""
    agent: str = ""
    """The app's User-Agent."""
    connection: int = 0
    """Which connection it came over, counted from 1; 0 when that was not noted."""
    delivered: str = ""
    """The records the answer carried whole, as `RecordNumbers.pack` writes them."""
    first: int = 0
    """How many records of the list lie before those in the answer."""
    listed: int | None = None
    """How many records the whole list has; None for anything but a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """How one sync ended, as the adapter tells it."""

    district: str
    day: str
    sync: Sync
    seconds: float
    approved: Sync | None = None
    """How it ended after a held sync was confirmed."""

    @property
    def final(self) -> Sync:
        return self.approved or self.sync


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotTaken:
    """What the app held at one moment."""

    district: str
    day: str
    after: str
    """`publish` (before the sync, if another district's came between), `sync` or `acts`."""
    snapshot: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What people of a cast did in the app; it counts when the next snapshot shows it."""

    district: str
    day: str
    edge_case: str
    person: str
    """Who, as the scenario says it: `Maya`, or `Maya and Leo`."""
    act: str
    """The rest of the scenario's sentence."""
    refused: str = ""
    """Why the adapter could not do it, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFinished(Act):
    """A person finished a piece of work."""

    lesson: str = ""
    """The name the harness gave the piece of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCreated(Act):
    """An account that was in the app before Clever was connected."""

    kind: OldAccount
    lesson: str = ""
    """The piece of work that was done in it, or ""."""
    app_id: str = ""
    """The app's own id of the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMade(Act):
    """A manual edit, beside the sync."""

    kind: EditKind
    section: str = ""
    """The class it is about."""
    name: str = ""
    """The name the harness gave the user or group that is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restarted:
    """The app could not be asked any more, and the adapter was asked to start it again."""

    district: str
    day: str
    during: str
    """What it was asked for when that showed: `connect`, `sync`, `approve`, `snapshot`, `act`."""
    message: str
    """Its last words."""
    failed: str = ""
    """Why it could not be started again, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """The harness killed the app in the middle of a sync, and had it started again."""

    district: str
    day: str
    by: str
    """`kill` (the adapter did it), `start` (we started the app) or `command` (it ran the sync)."""
    request: str = ""
    """The path at which it was killed; "" when the sync asked for too little to come that far."""
    problem: str = ""
    """Why it could not be killed, or ""."""
    failed: str = ""
    """Why it could not be started again, or be asked no more on a day after it; or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInterrupted:
    """The adapter could not drive or read the app: the message a user sees, and whose fault."""

    district: str
    day: str
    during: str
    fault: str
    """`adapter`, `simulator`, `configuration` or `harness`."""
    message: str
    problem: str = ""
    """The message of an adapter's error without the names of adapter and district."""
    asked_nothing: bool = False
    """Whether the year stopped because the app had asked Clever for nothing on its first day."""


class BisectOutcome(StrEnum):
    """What a search came to."""

    CULPRIT = "culprit"  # one edge case or incident breaks it
    TOGETHER = "together"  # several break it, and none of them alone
    BACKGROUND = "background"  # it breaks in any district, with nothing in it
    DISTRICT = "district"  # this small district breaks it with nothing in it
    DOES_NOT_REPEAT = "does not repeat"
    NOT_NARROWED = "not narrowed"  # the search ran out of syncs
    SIZE = "size"  # an ordinary district breaks it once it has so many records
    REQUEST = "request"  # the same, and it breaks at one request before all is read
    NO_ANSWER = "no answer"  # the app cannot do any more what it did for an ordinary district


@formerly(happenings="incidents")
@dataclass(frozen=True, slots=True, kw_only=True)
class BisectResult:
    """What made a sync without faults fail, as narrowed down in small districts of their own.

    Entries after the last one of an attempt belong to another attempt, without the culprits.
    """

    district: str
    day: str
    what: str
    """What went wrong on the day, in a sentence."""
    result: BisectOutcome
    edge_cases: tuple[str, ...] = ()
    """The culprits, or the smallest set the search came down to."""
    incidents: tuple[str, ...] = ()
    """The culprits, or some of that set, that happen to the whole small district."""
    syncs: int = 0
    """How many syncs the search took."""
    seconds: float = 0.0
    """How long the search took."""
    request: str = ""
    """The request at which the app broke, in words."""
    records: Mapping[str, int] = field(default_factory=dict)
    """Kind → how many of it the ordinary district has that breaks it by its size."""
    again: bool = False
    """Whether another attempt through the year follows."""


Entry = (
    Published
    | LoggedRequest
    | Synced
    | SnapshotTaken
    | LessonFinished
    | AccountCreated
    | EditMade
    | Restarted
    | Killed
    | RunInterrupted
    | BisectResult
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A whole rehearsal as it was gathered."""

    header: Header
    entries: tuple[Entry, ...]
    ended: str
    """`completed`, or why it stopped early in a sentence."""
    seconds: float
