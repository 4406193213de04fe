"""Results: everything the reports are made from, for one rehearsal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from harness.assess.answer import Answer
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.requirement_verdict import RequirementState, RequirementVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """One person or record of an edge case; its history is that of its district and Clever ID."""

    name: str
    """The name in the edge case (`Maya`)."""
    full_name: str
    """The name in the simulated district (`Maya Kowalski`)."""
    kind: str
    clever_id: str
    district: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """A run of days on which neither Clever nor the app changed a record."""

    day: str
    until: str
    """The last of the days."""
    shared: Mapping[str, tuple[str, ...]] | None
    """Field → its values at Clever; None when Clever does not share the record."""
    held: tuple[Mapping[str, tuple[str, ...]], ...] | None
    """The same for each row of the app; None when there is no snapshot of the day."""
    declared: str = ""
    """The declaration by which the app need not hold it, or not archive it yet; or ""."""
    request: str = ""
    """The request of the first day that delivered the record, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHistory:
    """What Clever shared of one record and what the app held of it, through the year."""

    district: str
    clever_id: str
    kind: str
    name: str
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeCaseResult:
    id: str
    group: str
    title: str
    why: str
    provenance: str
    outcome: Outcome
    """The worst outcome of its checks."""
    difference: str = ""
    """One sentence of names when shared and held differ."""
    members: tuple[CastMember, ...] = ()
    checks: tuple[str, ...] = ()


class DayState(StrEnum):
    """How the sync of a day ended: a `SyncState`, or that the day was not reached."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    REFUSED = "refused"
    HELD = "held"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayResult:
    """One sync of one district, for the time line."""

    district: str
    day: str
    changes: tuple[str, ...]
    acts: tuple[str, ...]
    state: DayState
    reason: str
    requests: int
    records_read: int
    seconds: float
    before_approval: DayState | None = None
    """How the sync stood before a person approved it; None when nobody was asked."""
    held: Mapping[str, int] = field(default_factory=dict)
    """Kind → active records the app held after the sync."""
    shared: Mapping[str, int] = field(default_factory=dict)
    """Kind → records Clever shared that day."""
    hit: int = 0
    """Requests that an injected fault hit."""
    repeated: int = 0
    """Requests that repeat one of the same sync which was not answered well."""
    largest_page: int = 0
    """Records in the fullest answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownResult:
    """What a sync or the app itself broke down on, in one attempt at the year."""

    attempt: int
    """Which attempt it ended or disturbed, from 1 on."""
    district: str
    day: str
    what: str
    """What went wrong, as the rehearsal puts it."""
    behind: str
    """What the search for the culprit came to, or `restarted`, `dead` or `stopped`."""
    culprits: tuple[str, ...] = ()
    """Edge cases and incidents behind it."""
    said: str = ""
    """What the app said at that moment: the end of its log, or its reason."""
    request: str = ""
    """The request at which it broke, or ""."""
    syncs: int = 0
    """How many syncs the search took."""
    again: bool = False
    """Whether the year was played again, without the culprits."""


class Verdict(StrEnum):
    READY = "READY"
    READY_WITH_CONDITIONS = "READY_WITH_CONDITIONS"
    NOT_READY = "NOT_READY"
    INCOMPLETE = "INCOMPLETE"
    PARTIAL = "PARTIAL"  # only some was selected; says nothing about the app as a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A likely cause behind several findings, with the remedy."""

    sentence: str
    remedy: str
    findings: int
    requirements: tuple[str, ...] = ()
    id: str = ""
    """What the app does wrong, in a word or two; after a colon, with which value."""
    checks: tuple[str, ...] = ()
    """The checks that found it, by id."""

    @property
    def to_do(self) -> str:
        """Its line in the list of what is left to do."""
        return f"{self.sentence} {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficFact:
    """Something that was counted and is not judged, e.g. how many requests a sync takes."""

    name: str
    value: str
    """What was found, without a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """What an earlier rehearsal with reports in the same folder came to."""

    run_date: str
    app_version: str
    verdict: Verdict
    passed: int
    failed: int
    """Checks that failed or warned."""
    open: int
    """Checks without a verdict."""
    not_met: tuple[str, ...] = ()
    """Requirements that were not met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """What the vendor writes in a field of the certification form."""

    field: str
    """ID of the field."""
    text: str
    fingerprint: str = ""
    """Of what the field rested on when it was written; "" if that was not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The circumstances of a rehearsal that make it repeatable."""

    app: str
    adapter: str
    rosterready: str
    """Version of this package that recorded."""
    run_date: str
    """ISO date on which the term dates hang."""
    seed: int
    salt: str
    mode: str
    requirement_set: str
    """Date and hash of the requirement set."""
    plan_hash: str
    selected: tuple[str, ...] = ()
    company: str = ""
    app_version: str = ""
    ended: str = "completed"
    """`completed`, or why the rehearsal stopped early."""
    seconds: float = 0.0
    syncs: int = 0
    config: str = ""
    """Path of the configuration as it was given, or ""."""
    district_salt: str = ""
    """The salt of the districts that were judged, which a later attempt has of its own; or ""."""
    profile: str = ""
    """Hash of what the vendor declares; "" in results of earlier versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything the reports are drawn from."""

    verdict: Verdict
    exit_code: int
    to_do: tuple[str, ...]
    """What is left before submitting, worst first, each one sentence."""
    run: Run
    requirements: tuple[RequirementVerdict, ...]
    checks: tuple[CheckResult, ...]
    edge_cases: tuple[EdgeCaseResult, ...]
    answers: tuple[Answer, ...]
    days: tuple[DayResult, ...]
    histories: tuple[RecordHistory, ...] = ()
    """Of everybody in the cast of an edge case, and of every record a finding is about."""
    causes: tuple[Cause, ...] = ()
    breakdowns: tuple[BreakdownResult, ...] = ()
    """What broke a sync or the app, in the order in which it happened."""
    traffic: tuple[TrafficFact, ...] = ()
    """How the app asked Clever; never part of a verdict."""
    form: tuple[OwnField, ...] = ()
    """The fields of the certification form that the vendor fills."""
    past_runs: tuple[PastRun, ...] = ()
    """Earlier rehearsals in the same folder, the latest last; never part of a verdict."""
    notes: tuple[str, ...] = ()
    """Things a reader should know about this judging, e.g. features newer than the recording."""

    def count(self, outcome: Outcome) -> int:
        """How many checks came to this outcome."""
        return sum(1 for check in self.checks if check.outcome is outcome)

    @property
    def to_attest(self) -> int:
        """How many requirements need an attestation."""
        return sum(row.state is RequirementState.MANUAL for row in self.requirements)

    @property
    def to_answer(self) -> int:
        """How many questions wait for a person."""
        return sum(answer.waits for answer in self.answers)

    @property
    def last_line(self) -> str:
        """The stable last line of the command line's output."""
        manual = self.to_attest + self.to_answer
        counts = (
            f"PASS={self.count(Outcome.PASS)} FAIL={self.count(Outcome.FAIL)} "
            f"WARN={self.count(Outcome.WARN)} BLOCKED={self.count(Outcome.BLOCKED)} "
            f"ERROR={self.count(Outcome.ERROR)} MANUAL={manual} "
            f"NA={self.count(Outcome.NOT_APPLICABLE)}"
        )
        return f"VERDICT={self.verdict} EXIT={self.exit_code} {counts}"
