"""Sentences of findings that are not true, and those of which nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assess.sentence_claims import CLAIMS, Year, sides

from harness.assess.findings import ACCOUNT, Finding, FindingKind

OF_NO_RECORD = frozenset(
    {
        FindingKind.SYNC,
        FindingKind.TRAFFIC,
        FindingKind.NOT_DELIVERED,
        FindingKind.DECLARED,
        FindingKind.LOCAL_RECORD_LOST,
        FindingKind.MERGED,
    }
)
"""What is not about a record that both sides know: other tests read their sentences."""


def untrue(year: Year, findings: Iterable[Finding]) -> Iterator[tuple[str, object]]:
    """The sentences that say otherwise than roster and snapshot, with what those say."""
    for finding in findings:
        if (found := sides(year, finding)) and found[0] != found[1]:
            yield finding.sentence, found[1]


def unclaimed(year: Year, findings: Iterable[Finding]) -> list[str]:
    """The sentences about records that nothing here counts again."""
    return [
        finding.sentence
        for finding in findings
        if finding.kind
        and (finding.district, finding.day) in year.held
        and finding.finding_kind not in OF_NO_RECORD
        and not finding.field.startswith(ACCOUNT)
        and not any(re.match(pattern, finding.sentence) for pattern, _ in CLAIMS)
    ]
