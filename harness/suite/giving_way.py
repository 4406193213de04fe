"""Giving way: what one check accuses of a record, a check over everything does not accuse again.

The scenarios about every day compare everything, so they meet each mistake that an edge case or
another scenario is about as well. Such a difference belongs to the other scenario's requirement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.findings import Finding
from harness.plan.plan import DAYS, Day
from harness.suite.checks.observation import Observation

_LAST_DAY_ONLY = frozenset({"G5"})
"""That a quiet day changed something is a matter of its own, not of the days before it."""
_SAID_AGAIN = frozenset({"D1"})
"""What contradicts a declaration breaks a requirement as well."""

_ON_FAULT_DAYS = frozenset({"T1"})
"""What a fault day takes away is a matter of its own; what is still missing later is another.

It says nothing of the days before it.
"""
_LEFT_BEHIND = frozenset({"T6"})
"""What is still wrong after faults is no reason for what else was wrong on an earlier day."""
_BY_EVENTS = frozenset({"E1"})
"""Where events led astray is a matter of its own if everything that they did is said elsewhere."""

Records = dict[tuple[str, str], list[Finding]]


class Accused:
    """The records that checks accuse an app of, each with the findings about it."""

    def __init__(self, results: Iterable[CheckResult]) -> None:
        self._always: Records = defaultdict(list)
        self._quiet: Records = defaultdict(list)
        self._on_fault_days: Records = defaultdict(list)
        self._left_behind: Records = defaultdict(list)
        for check in results:
            if check.outcome is not Outcome.FAIL or set(check.requirements) <= _SAID_AGAIN:
                continue
            records = self._always
            if set(check.requirements) <= _LAST_DAY_ONLY:
                records = self._quiet
            elif set(check.requirements) <= _ON_FAULT_DAYS:
                records = self._on_fault_days
            elif set(check.requirements) <= _LEFT_BEHIND:
                records = self._left_behind
            for finding in check.findings:
                if finding.clever_id:
                    records[finding.district, finding.clever_id].append(finding)

    def besides(self, assertion: Observation, requirements: Collection[str]) -> Observation:
        """The same assertion without the findings that another check made; those are its needs.

        `requirements` are those that the check of the assertion verifies.
        """
        lasting = set(requirements) <= _LEFT_BEHIND
        own: list[Finding] = []
        others: list[Finding] = []
        for finding in assertion.findings:
            other = self._other(finding, lasting)
            own += [] if other else [finding]
            others += [other] if other else []
        if others and not own and set(requirements) <= _BY_EVENTS:
            return assertion  # else it would be met by an app that events led astray
        examined = assertion.examined if assertion.examined > len(others) or own else 0
        needs = [*assertion.needs, *others]
        return replace(assertion, findings=own, examined=examined, needs=needs)

    def _other(self, finding: Finding, lasting: bool) -> Finding | None:
        record = finding.district, finding.clever_id
        if finding_of_record := self._always.get(record):
            return finding_of_record[0]
        if lasting and (left_behind := self._left_behind.get(record)):
            return left_behind[0]
        so_far = DAYS.index(Day(finding.day))
        of_days = [] if lasting else self._on_fault_days.get(record, [])
        of_days = [*of_days, *self._quiet.get(record, ()), *self._left_behind.get(record, ())]
        return next((row for row in of_days if DAYS.index(Day(row.day)) <= so_far), None)
