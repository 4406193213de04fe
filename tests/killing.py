"""Which edge cases an app fails while it is well else: what links edge cases and mutants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rehearsing import recorded

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.findings import Finding, FindingKind
from harness.assess.results import Results
from harness.plan.plan import COMMON
from harness.recording.recording import Published

FAILING = (Outcome.FAIL, Outcome.WARN)
JUDGED = (*FAILING, Outcome.PASS, Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN, Outcome.MANUAL)
SIBLINGS = 0.8
"""So large a part of the scenarios of all other edge cases has to pass."""
CONTROL = 0.1
"""So small a part of the ordinary records, who are in no cast, may be named in findings."""
NEW_YEAR = ("rollover", "quiet")
"""Days from which on something happens to everybody, so that the ordinary are no control group."""


@dataclass(frozen=True)
class Kills:
    """One app's results, asked for the edge cases it fails."""

    app: str
    results: Results

    @cached_property
    def failed(self) -> frozenset[str]:
        """The edge cases with a scenario that fails or warns, and those a sync breaks down on."""
        culprits = {
            case
            for finding in self._findings
            if finding.finding_kind is FindingKind.SYNC
            for case in finding.field.split(",")
        }
        blamed = {c.edge_case for c in self._cases if c.edge_case in culprits}
        return frozenset(blamed | {c.edge_case for c in self._cases if c.outcome in FAILING})

    @cached_property
    def alone(self) -> frozenset[str]:
        """Those among them that it fails while the control group and most siblings are well."""
        if self.control > CONTROL:
            return frozenset()
        return frozenset(case for case in self.failed if self.siblings(case) >= SIBLINGS)

    @cached_property
    def control(self) -> float:
        """How large a part of the ordinary records the findings name."""
        casts = {
            member.clever_id
            for case in self.results.edge_cases
            for member in case.members
            if member.district == COMMON
        }
        named = {
            finding.clever_id
            for finding in self._findings
            if finding.district == COMMON and finding.day not in NEW_YEAR and finding.clever_id
        }
        shared = next(day.shared for day in self.results.days if day.district == COMMON)

        def part() -> float:
            return len(named - casts) / max(1, sum(shared.values()) - len(casts))

        # What the classes of casts are of, and when, is as little ordinary as they are. To know
        # it takes the recording, which is worth reading only where it can decide.
        if CONTROL < part() < 2 * CONTROL:
            casts |= self._courses_and_terms_of(casts)
        return part()

    def _courses_and_terms_of(self, casts: set[str]) -> set[str]:
        first = next(
            entry
            for entry in recorded(self.app).entries
            if isinstance(entry, Published) and entry.district == COMMON
        )
        sections = [row for row in first.roster.sections.values() if row["id"] in casts]
        tied = (section.get(key) for section in sections for key in ("course", "term_id"))
        return {str(clever_id) for clever_id in tied if clever_id}

    def siblings(self, case: str) -> float:
        """How large a part of the judged scenarios of all other edge cases passes."""
        others = [c for c in self._cases if c.edge_case != case]
        return sum(c.outcome is Outcome.PASS for c in others) / max(1, len(others))

    def why_not(self, case: str) -> str:
        """Why failing an edge case does not count as failing it alone."""
        if self.control > CONTROL:
            return f"{self.app} breaks {self.control:.0%} of the control group"
        return f"{self.app} passes {self.siblings(case):.0%} of its siblings"

    @property
    def _findings(self) -> Iterator[Finding]:
        for check in self.results.checks:
            if check.outcome in FAILING:
                yield from check.findings

    @cached_property
    def _cases(self) -> list[CheckResult]:
        return [c for c in self.results.checks if c.edge_case and c.outcome in JUDGED]
