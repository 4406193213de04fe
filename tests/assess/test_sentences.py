"""Sentences of findings are true: both sides are counted again from the recording alone.

Nothing of the checks is imported; what a sentence says of Clever is compared with everything Clever
shared that day, and what it says of the app with the app's rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from apps import MUTANTS, QUICK
from assess.sentence_claims import CLAIMS, Year, sides
from rehearsing import recorded, rehearsed

from harness.assess.findings import ACCOUNT, Finding, FindingKind
from harness.contract.snapshot import Snapshot

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


def _findings(name: str) -> list[Finding]:
    return [finding for check in rehearsed(name).checks for finding in check.findings]


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in QUICK else [pytest.mark.slow], id=n) for n in MUTANTS],
)
def test_what_a_finding_says_is_so(name: str) -> None:
    year, findings = Year(recorded(name)), _findings(name)

    assert list(untrue(year, findings)) == []
    assert unclaimed(year, findings) == []


def test_a_sentence_that_counts_wrongly_is_found() -> None:
    told = [f for f in _findings("primary-teacher-only") if f.finding_kind is FindingKind.TEACHER]
    year = Year(recorded("primary-teacher-only"))
    year.held = {place: Snapshot() for place in year.held}

    assert told
    assert len(list(untrue(year, told))) == len(told)
