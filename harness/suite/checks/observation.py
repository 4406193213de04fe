"""Observation: what looking at some records came to, and how a finding about one is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.assess.check_result import EvidenceLevel
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordRef
from harness.suite.checks.sentences import sentence


@dataclass(slots=True, kw_only=True)
class Observation:
    """How many records were looked at, what was found, and how well it is known."""

    findings: list[Finding] = field(default_factory=list)
    examined: int = 0
    evidence_level: EvidenceLevel = EvidenceLevel.OBSERVED
    not_applicable: str = ""
    """The declaration that makes the question pointless for this app."""
    undecided: str = ""
    """Why nothing can be concluded either way."""

    manual: str = ""
    """What a person has to tell, since nothing observed does."""

    def add(self, other: Observation) -> None:
        """Take up another examination of the same question."""
        self.findings += other.findings
        self.examined += other.examined
        if other.examined and other.evidence_level is EvidenceLevel.INFERRED:
            self.evidence_level = EvidenceLevel.INFERRED
        self.not_applicable = self.not_applicable or other.not_applicable
        self.undecided = self.undecided or other.undecided
        self.manual = self.manual or other.manual


def about(
    record: RecordRef,
    district: str,
    day: str,
    finding_kind: FindingKind,
    words: str,
    *,
    expected: str,
    found: str,
    field: str = "",
) -> Finding:
    """A finding about one record; the check that made it signs it later."""
    return Finding(
        check="",
        day=day,
        district=district,
        finding_kind=finding_kind,
        kind=record.kind,
        clever_id=record.clever_id,
        name=record.name,
        sentence=sentence(words),
        field=field,
        expected=expected,
        found=found,
    )


def about_sync(
    district: str,
    day: str,
    finding_kind: FindingKind,
    words: str,
    *,
    expected: str,
    found: str,
    field: str = "",
) -> Finding:
    """A finding about a sync and what the app asked in it, in which no record is named."""
    return Finding(
        check="",
        day=day,
        district=district,
        finding_kind=finding_kind,
        kind="",
        clever_id="",
        name="",
        sentence=sentence(words),
        field=field,
        expected=expected,
        found=found,
    )
