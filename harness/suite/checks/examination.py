"""Examination: what looking at some records came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.assess.findings import Finding
from harness.assess.results import Grade


@dataclass(slots=True, kw_only=True)
class Examination:
    """How many records were looked at, what was found, and how well it is known."""

    findings: list[Finding] = field(default_factory=list)
    examined: int = 0
    grade: Grade = Grade.OBSERVED
    not_applicable: str = ""
    """The declaration that makes the question pointless for this app."""
    untold: str = ""
    """Why nothing can be concluded either way."""

    manual: str = ""
    """What a person has to tell, since nothing observed does."""

    def add(self, other: Examination) -> None:
        """Take up another examination of the same question."""
        self.findings += other.findings
        self.examined += other.examined
        if other.examined and other.grade is Grade.INFERRED:
            self.grade = Grade.INFERRED
        self.not_applicable = self.not_applicable or other.not_applicable
        self.untold = self.untold or other.untold
        self.manual = self.manual or other.manual
