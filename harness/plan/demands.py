"""Demands: what one scenario demands of the year, gathered step by step.

What cannot be is a PlanError with file, line and what exists instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.catalogue.edge_cases import EdgeCase
from harness.district.casts.cast import NEXT_YEAR
from harness.errors import PlanError
from harness.plan.gherkin import ParsedScenario, ParsedStep
from harness.plan.plan import (
    COMMON,
    DAYS,
    NEIGHBOUR,
    PlacedAct,
    PlacedChange,
    PlacedIncident,
)
from harness.prose import did_you_mean


@dataclass(slots=True)
class Demands:
    """Of one scenario, as far as its steps have been read."""

    parsed: ParsedScenario
    edge_cases: Mapping[str, EdgeCase]
    step: ParsedStep
    """The one being read."""
    case: EdgeCase | None = None
    neighbour: bool = False
    district: str = ""
    follows_events: bool = False
    archives_later: bool = False
    days: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changes: list[PlacedChange] = field(default_factory=list)
    acts: list[PlacedAct] = field(default_factory=list)
    incidents: list[PlacedIncident] = field(default_factory=list)

    def give_edge_case(self, name: str) -> None:
        """From here on the scenario speaks of its cast."""
        self.case = self.edge_cases.get(name)
        if self.case is None:
            raise self.wrong(
                f'there is no edge case "{name}"',
                did_you_mean(
                    name, self.edge_cases, otherwise="Edge cases are files in edge_cases/."
                ),
            )

    def give_district(self, name: str) -> None:
        """It plays in a small district of its own."""
        if name in (COMMON, NEIGHBOUR) or not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
            raise self.wrong(
                f'a district of its own cannot be called "{name}"',
                "Use words in lower case with hyphens, which say what happens to it.",
            )
        self.district = name

    def name_day(self, day: str) -> None:
        if day not in DAYS:
            raise self.wrong(
                f'there is no day "{day}"; the days are {", ".join(DAYS)}', did_you_mean(day, DAYS)
            )
        self.days.append(day)

    def name_person(self, name: str) -> None:
        """Somebody or something of the cast, or all those whom a name stands for."""
        case = self.given_case()
        if group := case.cast.groups.get(name):
            self.groups[name] = group
            self.people += group
            return
        if name.removesuffix(NEXT_YEAR) not in case.cast.members:
            raise self.wrong(
                f'nobody is called "{name}" in the cast of "{case.id}", which has '
                f"{', '.join(case.cast.members)}",
                did_you_mean(name, case.cast.members),
            )
        self.people.append(name)

    def place_change(self, change: str, day: str) -> None:
        """A change of the edge case happens on a day."""
        case = self.given_case()
        if change not in case.cast.changes:
            known = ", ".join(f'"{name}"' for name in case.cast.changes) or "no change at all"
            raise self.wrong(
                f'"{case.id}" knows no change "{change}"; it has {known}',
                did_you_mean(change, case.cast.changes),
            )
        self.changes.append(PlacedChange(edge_case=case.id, change=change, day=day))

    def place_incident(self, what: str, day: str) -> None:
        """Something happens to the whole district on a day."""
        district = NEIGHBOUR if self.neighbour else self.district
        if not district:
            raise self.wrong(
                f'"{self.step.text}" happens to a whole district, but none was given before it',
                'Begin with: Given the district "..."',
            )
        self.incidents.append(PlacedIncident(district=district, what=what, day=day))

    def given_case(self) -> EdgeCase:
        """The edge case whose cast the step speaks of."""
        if self.case is None:
            raise self.wrong(
                f'"{self.step.text}" speaks of a cast, but no edge case was given before it',
                'Begin with: Given the edge case "..."',
            )
        return self.case

    def wrong(self, message: str, hint: str = "") -> PlanError:
        """What to raise about the step being read."""
        return PlanError(message, file=self.parsed.file, line=self.step.line, hint=hint)
