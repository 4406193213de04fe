"""Observation: what looking at some records came to, and how a finding about one is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harness.assess.check_result import EvidenceLevel
from harness.assess.expectations import Declared
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordRef
from harness.suite.checks.sentences import sentence

_BEST_FIRST = tuple(EvidenceLevel)


@dataclass(slots=True, kw_only=True)
class Observation:
    """How many records were looked at, what was found, and how well it is known."""

    findings: list[Finding] = field(default_factory=list)
    examined: int = 0
    scope: Counter[str] = field(default_factory=Counter)
    """Kind of record or role → how many of the examined records are of it."""
    not_held: dict[str, None] = field(default_factory=dict)
    """Keys of `HOLDABLE` that were left out, as the vendor declares."""
    absent: dict[str, list[RecordRef]] = field(default_factory=dict)
    """Kind or role → records that could not be examined, since the app lacks what they need."""
    needs: list[Finding] = field(default_factory=list)
    """Differences that kept records from being examined; other checks accuse of them."""
    evidence_level: EvidenceLevel = EvidenceLevel.OBSERVED
    not_applicable: str = ""
    """The declaration that makes the question pointless for this app."""
    decides_nothing: bool = False
    """Whether the other assertions of the scenario decide it alone, if it has others."""
    undecided: str = ""
    """Why nothing can be concluded either way."""

    manual: str = ""
    """What a person has to tell, since nothing observed does."""

    @property
    def reasons(self) -> list[Finding]:
        """All that keeps a later step from looking at these records."""
        return [*self.findings, *self.needs]

    def block(self, kinds: Iterable[str], record: RecordRef, need: Finding) -> None:
        """Note a record that cannot be examined, for a finding that another check reports."""
        self.lacks(kinds, record)
        if need not in self.needs:
            self.needs.append(need)

    def saw(self, kinds: Iterable[str]) -> None:
        """Count one more record as examined, by its kind or its roles."""
        self.examined += 1
        for kind in kinds:  # Counter.update takes three times as long, a hundred thousand times
            self.scope[kind] += 1

    def saw_all(self, records: Iterable[Sequence[str]]) -> None:
        """Count many records as examined, each by its kind or its roles."""
        for kinds, times in Counter(records).items():
            self.examined += times
            for kind in kinds:
                self.scope[kind] += times

    def leave_out(self, reason: str) -> None:
        """Note why a record cannot be asked for of this app."""
        self.not_applicable = self.not_applicable or reason
        self.speaks_not_of(reason)

    def speaks_not_of(self, reason: str) -> None:
        """Note what is declared not held, and so no part of the question."""
        if isinstance(reason, Declared):
            self.not_held |= dict.fromkeys(reason.keys)

    def lacks(self, kinds: Iterable[str], record: RecordRef) -> None:
        """Note a record that cannot be examined, since the app does not hold it."""
        for kind in kinds:
            self.absent.setdefault(kind, []).append(record)

    @property
    def unexamined(self) -> list[str]:
        """Kinds and roles the app should hold of which there was nothing to examine."""
        return [kind for kind in self.absent if not self.scope[kind]]

    def add(self, other: Observation) -> None:
        """Take up another examination of the same question."""
        self.findings += other.findings
        self.examined += other.examined
        if other.examined:
            weaker = max(self.evidence_level, other.evidence_level, key=_BEST_FIRST.index)
            self.evidence_level = weaker
        for kind, times in other.scope.items():
            self.scope[kind] += times
        self.not_held |= other.not_held
        self.needs += [need for need in other.needs if need not in self.needs]
        for kind, records in other.absent.items():
            self.absent.setdefault(kind, []).extend(records)
        self.leave_out(other.not_applicable)
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
