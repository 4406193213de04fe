"""CheckResult: how one scenario was judged.

`pass`, `fail` (a MUST), `warn` (a SHOULD), `blocked` (with the finding that explains it), `error`
(no verdict; names the responsible party), `not_applicable` (with the declaration, or the fault that
hit no request), `not_run`, `manual` (a person must answer). There is no skip, and nothing leads
from an exception to pass or fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from harness.assess.findings import Finding


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    WARN = "warn"
    BLOCKED = "blocked"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    NOT_RUN = "not_run"
    MANUAL = "manual"


class EvidenceLevel(StrEnum):
    """How we know, best first."""

    OBSERVED = "observed"  # read back from the app
    INFERRED = "inferred"  # from traffic or a later state
    SELF_REPORTED = "self_reported"  # the adapter's or the app's word
    ATTESTED = "attested"  # a person's word
    NONE = "none"


class ResponsibleParty(StrEnum):
    """Whose fault an `error` is."""

    HARNESS = "harness"
    SIMULATOR = "simulator"
    ADAPTER = "adapter"
    CONFIGURATION = "configuration"


class StepState(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    MANUAL = "manual"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """One step as written, and how it ended; of an assertion also what it was about."""

    text: str
    state: StepState
    examined: int = 0
    scope: Mapping[str, int] = field(default_factory=dict)
    """Kind of record or role → how many of the examined records are of it."""
    reason: str = ""
    """Why an assertion does not hold or was not judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What judging one scenario came to."""

    id: str
    feature: str
    rule: str
    name: str
    line: int
    requirements: tuple[str, ...]
    outcome: Outcome
    evidence_level: EvidenceLevel
    edge_case: str = ""
    reason: str = ""
    """One sentence for every outcome but pass."""
    findings: tuple[Finding, ...] = ()
    blocked_by: tuple[str, ...] = ()
    """Ids of findings of other checks that accuse."""
    responsible: ResponsibleParty | None = None
    examined: int = 0
    """How many records the assertions examined; never 0 for a pass."""
    scope: Mapping[str, int] = field(default_factory=dict)
    """Kind of record or role → how many of the examined records are of it."""
    not_held: tuple[str, ...] = ()
    """What was left out because the app does not hold it, as keys of `HOLDABLE`."""
    steps: tuple[StepResult, ...] = ()
    waived: str = ""
    """The reason of the live waiver, if there is one."""
