"""References: what an id in the results stands for, and where in the report it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.assess.check_result import CheckResult
from harness.assess.requirement_verdict import RequirementVerdict
from harness.assess.results import Results
from harness.plan.day_names import on
from harness.report import anchors, labels
from harness.report.labels import Label

_ID = re.compile(r"(?:, )?([A-Z]+\d+)\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """An id resolved; one that nothing bears keeps its own text, without an anchor."""

    text: str
    anchor: str = ""
    label: Label | None = None


class References:
    """Every requirement, check and finding of a rehearsal by its id."""

    def __init__(self, results: Results) -> None:
        self.checks = {check.id: check for check in results.checks}
        self.requirements = {row.id: row for row in results.requirements}

    def worst_first(self, identifiers: Sequence[str]) -> list[str]:
        """Ids of checks, those with the worst outcomes first."""
        known = {name: self.checks[name].outcome for name in identifiers if name in self.checks}
        return sorted(
            identifiers, key=lambda name: labels.rank(labels.OUTCOMES, known.get(name, ""))
        )

    @cached_property
    def _owners(self) -> dict[str, tuple[CheckResult, str]]:
        return {
            finding.id: (check, finding.sentence)
            for check in self.checks.values()
            for finding in check.findings
        }

    def of(self, identifier: str) -> Reference:
        """The requirement, check or finding with this id."""
        if identifier in self.requirements:
            return of_requirement(self.requirements[identifier])
        if identifier in self.checks:
            return of_check(self.checks[identifier])
        if identifier in self._owners:
            check, sentence = self._owners[identifier]
            return Reference(sentence or check.name, anchors.of_check(check.id))
        return Reference(_in_words(identifier))

    def led_by(self, line: str) -> tuple[list[str], str]:
        """The requirements that a line of the to-do list begins with, and the rest of it."""
        ids, rest = [], line
        while (begins := _ID.match(rest)) and begins[1] in self.requirements:
            ids.append(begins[1])
            rest = rest[begins.end() :]
        return ids, rest


def of_check(check: CheckResult) -> Reference:
    return Reference(check.name, anchors.of_check(check.id), labels.OUTCOMES[check.outcome])


def of_requirement(row: RequirementVerdict) -> Reference:
    return Reference(row.id, anchors.of_requirement(row.id), labels.of_requirement(row))


def _in_words(identifier: str) -> str:
    """An id that nothing bears; that of a finding no check owns says where and what it was."""
    _, *place = identifier.rsplit(":", 5)
    if len(place) != 5:
        return identifier
    district, day, shape, *_ = place
    return f"{shape}, in the {district} district {on(day)}"
