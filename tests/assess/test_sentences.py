"""Sentences of findings are true: both sides are counted again from the recording alone.

Nothing of the checks is imported; what a sentence says of Clever is compared with everything Clever
shared that day, and what it says of the app with the app's rows.
"""

from __future__ import annotations

import pytest
from apps import MUTANTS, QUICK
from assess.sentence_claims import Year
from assess.untrue_sentences import unclaimed, untrue
from rehearsing import recorded, rehearsed

from harness.assess.findings import Finding, FindingKind
from harness.contract.snapshot import Snapshot


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
