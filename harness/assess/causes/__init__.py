"""Causes: what findings have in common, and the remedy, in one sentence.

A rule looks at findings nobody has explained yet and at the recording; it is silent unless what it
names explains all the findings it claims. The more particular rules come first, so that two
causes at once are told apart. What no rule explains is said to fit no pattern.
"""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.causes.districts import DISTRICTS
from harness.assess.causes.events import EVENTS
from harness.assess.causes.failures import FAILURES
from harness.assess.causes.identity import IDENTITY
from harness.assess.causes.likely_cause import LikelyCause, Rule
from harness.assess.causes.lists import LISTS
from harness.assess.causes.lookups import LOOKUPS
from harness.assess.causes.matching import MATCHING
from harness.assess.causes.odd_values import ODD_VALUES
from harness.assess.causes.presence import PRESENCE, archived, newcomers
from harness.assess.causes.reading import READING, edges_lost
from harness.assess.causes.requests import EVIDENCE, HABITS
from harness.assess.causes.time import TIME
from harness.assess.causes.values import VALUES
from harness.assess.causes.vendor import VENDOR
from harness.assess.check_result import CheckResult
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import Cause

RULES: tuple[Rule, ...] = (
    *MATCHING,
    *EVIDENCE,
    *DISTRICTS,
    *READING,
    *FAILURES,
    *EVENTS,
    edges_lost,
    *PRESENCE,
    *LOOKUPS,
    *ODD_VALUES,
    newcomers,
    *IDENTITY,
    archived,
    *LISTS,
    *VALUES,
    *HABITS,
    *TIME,
    *VENDOR,
)


def causes(index: RecordingIndex, checks: Sequence[CheckResult]) -> tuple[Cause, ...]:
    """The likely causes, those behind most findings first; last what fits no pattern."""
    left = [finding for check in checks for finding in check.findings]
    named: list[Cause] = []
    for rule in RULES:
        for cause in rule(index, left):
            claimed = {finding.id for finding in cause.behind}
            left = [finding for finding in left if finding.id not in claimed]
            named.append(_cause(cause))
    named.sort(key=lambda cause: -cause.findings)
    return (*named, *([_cause(_unknown(left))] if left else []))


def _cause(cause: LikelyCause) -> Cause:
    names = {finding.requirement for finding in cause.behind if finding.requirement}
    return Cause(
        id=cause.id,
        sentence=cause.sentence,
        remedy=cause.remedy,
        findings=len(cause.behind),
        requirements=tuple(sorted(names)),
        checks=tuple(dict.fromkeys(finding.check for finding in cause.behind)),
    )


def _unknown(findings: list[Finding]) -> LikelyCause:
    one = len(findings) == 1
    return LikelyCause(
        "unknown",
        f"{'One finding fits' if one else f'{len(findings)} findings fit'} no known pattern: "
        f"{findings[0].sentence}",
        "Compare what Clever shares with what your app holds, one record at a time.",
        findings,
    )
