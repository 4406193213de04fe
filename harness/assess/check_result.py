"""CheckResult: how one scenario was judged.

`pass`, `fail` (a MUST), `warn` (a SHOULD), `blocked` (with the finding that explains it), `error`
(no verdict; names the responsible party), `not_applicable` (with the declaration, or the fault that
hit no request), `not_run`, `manual` (a person must answer). There is no skip, and nothing leads
from an exception to pass or fail.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """One step as written, and how it ended."""

    text: str
    state: StepState


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
    """How many records the Thens looked at; never 0 for a pass."""
    steps: tuple[StepResult, ...] = ()
    waived: str = ""
    """The reason of the live waiver, if there is one."""
