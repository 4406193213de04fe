"""Scenario reader: what one scenario demands of the year, out of its steps.

What cannot be read is a PlanError with file, line and what exists instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.catalogue.edge_cases import EdgeCase
from harness.contract.declarations import DECLARATIONS
from harness.district.casts.cast import NEXT_YEAR
from harness.errors import PlanError
from harness.plan import vocabulary
from harness.plan.acts import edit, old_account
from harness.plan.gherkin import ParsedScenario, ParsedStep
from harness.plan.plan import (
    COMMON,
    DAYS,
    NEIGHBOUR,
    Day,
    PlacedAct,
    PlacedChange,
    PlacedHappening,
    PlannedScenario,
)
from harness.prose import did_you_mean


def slug(words: str) -> str:
    """Words as part of an id: lower case, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


@dataclass(slots=True)
class ScenarioReader:
    """Reads one scenario's demands out of its steps."""

    parsed: ParsedScenario
    edge_cases: Mapping[str, EdgeCase]
    case: EdgeCase | None = None
    neighbour: bool = False
    district: str = ""
    follows_events: bool = False
    days: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    changes: list[PlacedChange] = field(default_factory=list)
    acts: list[PlacedAct] = field(default_factory=list)
    happenings: list[PlacedHappening] = field(default_factory=list)
    thens: int = 0

    def planned(self) -> PlannedScenario:
        """The scenario with its days, changes and acts; raises PlanError."""
        for step in self.parsed.steps:
            self._read(step)
        if not self.thens:
            raise self._wrong(f'"{self.parsed.name}" has no Then: it could never fail')
        if not self.days:
            raise self._wrong(f'"{self.parsed.name}" names no day')
        return PlannedScenario(
            id=f"{self.parsed.file.stem}/{slug(self.parsed.name)}",
            feature=self.parsed.file.name,
            rule=self.parsed.rule,
            name=self.parsed.name,
            line=self.parsed.line,
            requirements=self.parsed.tags,
            edge_case=self.case.id if self.case else "",
            neighbour=self.neighbour,
            district=self.district,
            happenings=tuple(self.happenings),
            follows_events=self.follows_events,
            people=tuple(dict.fromkeys(self.people)),
            days=tuple(day for day in DAYS if day in self.days),
            changes=tuple(self.changes),
            acts=tuple(dict.fromkeys(self.acts)),
            steps=tuple(f"{step.word} {step.text}" for step in self.parsed.steps),
        )

    def _read(self, step: ParsedStep) -> None:
        found = vocabulary.phrase_of(step.keyword, step.text)
        if found is None:
            raise self._wrong(
                f'no phrase for "{step.keyword} {step.text}"',
                line=step.line,
                hint=did_you_mean(
                    step.text,
                    [p.pattern for p in vocabulary.PHRASES],
                    otherwise="The phrases are in harness/plan/vocabulary.py.",
                ),
            )
        phrase, groups = found
        self.thens += phrase.keyword == vocabulary.THEN
        self.neighbour |= phrase.name == "NEIGHBOUR"
        if phrase.name == "DISTRICT":
            self._enter_district(groups["district"], step)
        if phrase.name == "HAPPENS":
            self._happens(groups["happening"], groups["day"], step)
        self.follows_events |= phrase.name == "FOLLOWS_EVENTS"
        if phrase.name == "EDGE_CASE":
            self._enter(groups["edge_case"], step)
        for day in (
            groups.get("day"),
            groups.get("since"),
            *vocabulary.listed(groups.get("days", "")),
        ):
            if day:
                self._name_day(day, step)
        self._mind_before(phrase.name, groups, step)
        for name in self._named(groups):
            self._name_person(name, step)
        if phrase.name == "CHANGE":
            self._place(groups["change"], groups["day"], step)
        if phrase.name == "FINISHES":
            for person in vocabulary.listed(groups["who"]):
                self._act(person, groups["day"], step)
        if phrase.name == "BY_HAND":
            self._edit(groups, step)
        if claim := groups.get("claim"):
            self._claim(claim, step)
        if phrase.name == "OLD_ACCOUNT":
            self.acts.append(old_account(self._case(step).id, groups))

    def _named(self, groups: Mapping[str, str]) -> Iterator[str]:
        yield from vocabulary.listed(groups.get("who", ""))
        if section := groups.get("section"):
            yield section

    def _enter(self, edge_case: str, step: ParsedStep) -> None:
        self.case = self.edge_cases.get(edge_case)
        if self.case is None:
            raise self._wrong(
                f'there is no edge case "{edge_case}"',
                line=step.line,
                hint=did_you_mean(
                    edge_case, self.edge_cases, otherwise="Edge cases are files in edge_cases/."
                ),
            )

    def _enter_district(self, name: str, step: ParsedStep) -> None:
        if name in (COMMON, NEIGHBOUR) or not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
            raise self._wrong(
                f'a district of its own cannot be called "{name}"',
                line=step.line,
                hint="Use words in lower case with hyphens, which say what happens to it.",
            )
        self.district = name

    def _happens(self, what: str, day: str, step: ParsedStep) -> None:
        district = NEIGHBOUR if self.neighbour else self.district
        if not district:
            raise self._wrong(
                f'"{step.text}" happens to a whole district, but none was given before it',
                line=step.line,
                hint='Begin with: Given the district "..."',
            )
        self.happenings.append(PlacedHappening(district=district, what=what, day=day))

    def _name_day(self, day: str, step: ParsedStep) -> None:
        if day not in DAYS:
            raise self._wrong(
                f'there is no day "{day}"; the days are {", ".join(DAYS)}',
                line=step.line,
                hint=did_you_mean(day, DAYS),
            )
        self.days.append(day)

    def _edit(self, groups: Mapping[str, str], step: ParsedStep) -> None:
        found = edit(self._case(step).id, groups["day"], groups["deed"])
        if found is None:
            raise self._wrong(
                f'nobody knows how to do "{groups["deed"]}"',
                line=step.line,
                hint="What can be done by hand stands in harness/plan/acts.py.",
            )
        for name in (*vocabulary.listed(found.person), found.section):
            if name:
                self._name_person(name, step)
        self.acts.append(found)

    def _claim(self, claim: str, step: ParsedStep) -> None:
        if claim not in DECLARATIONS:
            raise self._wrong(
                f'nothing that can be declared is called "{claim}"',
                line=step.line,
                hint=did_you_mean(
                    claim,
                    DECLARATIONS,
                    otherwise="The keys are in harness/contract/declarations.py.",
                ),
            )

    def _mind_before(self, phrase: str, groups: Mapping[str, str], step: ParsedStep) -> None:
        """Before Clever is connected people have accounts, and nothing else happens."""
        days = (groups.get("day"), *vocabulary.listed(groups.get("days", "")))
        if (phrase == "OLD_ACCOUNT") != (Day.BEFORE in days):
            raise self._wrong(
                f'on "{Day.BEFORE}" accounts exist, and nothing else is said of that day',
                line=step.line,
                hint=f"Write: Given on {Day.BEFORE} <who> has an account with the same ...",
            )

    def _name_person(self, name: str, step: ParsedStep) -> None:
        case = self._case(step)
        if name.removesuffix(NEXT_YEAR) not in case.cast.members:
            raise self._wrong(
                f'nobody is called "{name}" in the cast of "{case.id}", which has '
                f"{', '.join(case.cast.members)}",
                line=step.line,
                hint=did_you_mean(name, case.cast.members),
            )
        self.people.append(name)

    def _place(self, change: str, day: str, step: ParsedStep) -> None:
        case = self._case(step)
        if change not in case.cast.changes:
            known = ", ".join(f'"{name}"' for name in case.cast.changes) or "no change at all"
            raise self._wrong(
                f'"{case.id}" knows no change "{change}"; it has {known}',
                line=step.line,
                hint=did_you_mean(change, case.cast.changes),
            )
        self.changes.append(PlacedChange(edge_case=case.id, change=change, day=day))

    def _act(self, person: str, day: str, step: ParsedStep) -> None:
        case = self._case(step)
        self.acts.append(
            PlacedAct(edge_case=case.id, person=person, act="finishes a lesson", day=day)
        )

    def _case(self, step: ParsedStep) -> EdgeCase:
        if self.case is None:
            raise self._wrong(
                f'"{step.text}" speaks of a cast, but no edge case was given before it',
                line=step.line,
                hint='Begin with: Given the edge case "..."',
            )
        return self.case

    def _wrong(self, message: str, *, line: int = 0, hint: str = "") -> PlanError:
        return PlanError(message, file=self.parsed.file, line=line or self.parsed.line, hint=hint)
