"""Compile: from feature files to the plan, with the official Gherkin parser, before pytest.

There is no other source of days, changes or acts. What cannot be compiled is a PlanError with
file, line and what exists instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from harness.catalogue.edge_cases import EdgeCase
from harness.contract.claims import CLAIMS
from harness.contract.sync import Mode
from harness.district.cast import NEXT_YEAR
from harness.errors import PlanError, UsageError
from harness.plan import vocabulary
from harness.plan.acts import edit, old_account
from harness.plan.gherkin import ParsedScenario, ParsedStep, parse_feature
from harness.plan.plan import (
    COMMON,
    DAYS,
    NEIGHBOUR,
    Day,
    PlacedAct,
    PlacedChange,
    PlacedHappening,
    Plan,
    PlannedScenario,
)

STANDING = "standing.feature"
"""Whole-district truths; always in play, since other scenarios are blocked on their findings."""


def compile_plan(
    features: Path,
    edge_cases: Mapping[str, EdgeCase],
    *,
    only: Iterable[str] = (),
    mode: Mode = Mode.FULL,
) -> Plan:
    """The plan of all scenarios in a folder, or of those that `only` names, and the standing ones.

    `only` names edge cases, requirements, feature files or single scenarios. Days of which only
    scenarios about events speak are played in the mode `events` alone. Raises PlanError for
    a scenario that cannot be compiled, UsageError for a name in `only` that nothing bears.
    """
    selected = tuple(only)
    scenarios = [
        _Reader(parsed, edge_cases).planned()
        for file in sorted(features.glob("*.feature"))
        for parsed in parse_feature(file)
    ]
    _refuse_equal_names(scenarios, features)
    _refuse_two_homes(scenarios, features)
    if not selected:
        _refuse_unplaced(scenarios, edge_cases)
    chosen = _choose(scenarios, selected)
    return Plan(
        scenarios=tuple(chosen),
        days=_days(chosen, mode),
        changes=_placed_changes(chosen, features),
        acts=tuple(dict.fromkeys(act for row in chosen for act in row.acts)),
        happenings=tuple(
            dict.fromkeys(one for row in chosen if _due(row, mode) for one in row.happenings)
        ),
        edge_cases=tuple(sorted({row.edge_case for row in chosen if row.edge_case})),
        selected=selected,
    )


def slug(words: str) -> str:
    """Words as part of an id: lower case, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _choose(scenarios: list[PlannedScenario], only: tuple[str, ...]) -> list[PlannedScenario]:
    if not only:
        return scenarios
    for name in only:
        if not any(bears(row, name) for row in scenarios):
            known = sorted(
                {n for row in scenarios for n in (row.edge_case, *row.requirements) if n}
            )
            raise UsageError(
                f"--only {name}: no scenario, edge case, requirement or feature has this name",
                hint=_meant(name, known) or "`rosterready list edge-cases` shows what there is.",
            )
    named = [row for row in scenarios if any(bears(row, name) for name in only)]
    apart = {row.district for row in named if row.district}
    return [row for row in scenarios if row in named or _stands(row, apart)]


def _stands(row: PlannedScenario, apart: set[str]) -> bool:
    """Whether it is about everyone, in the school year or in a small district that is in play."""
    return row.feature == STANDING or (row.district in apart and not row.edge_case)


def bears(scenario: PlannedScenario, name: str) -> bool:
    """Whether `--only NAME` means this scenario."""
    stem = scenario.feature.removesuffix(".feature")
    return name in (
        scenario.id,
        scenario.edge_case,
        scenario.feature,
        stem,
        *scenario.requirements,
    )


def _due(row: PlannedScenario, mode: Mode) -> bool:
    """Whether a mode plays what a scenario demands."""
    return mode is Mode.EVENTS or not row.follows_events


def _days(scenarios: list[PlannedScenario], mode: Mode) -> dict[str, tuple[str, ...]]:
    due = [row for row in scenarios if _due(row, mode)]

    own = {
        name: tuple(
            day for day in DAYS if any(day in row.days for row in due if row.district == name)
        )
        for name in sorted({row.district for row in due if row.district})
    }

    def played(in_neighbour: bool) -> tuple[str, ...]:
        named = {d for row in due if _plays(row, in_neighbour) for d in row.days}
        return tuple(day for day in DAYS if day in named and day is not Day.BEFORE)

    return {COMMON: played(False), NEIGHBOUR: played(True), **own}


def _plays(row: PlannedScenario, in_neighbour: bool) -> bool:
    """Whether a scenario is about the common district, or about the neighbour."""
    return row.neighbour is in_neighbour and not row.district


def _placed_changes(scenarios: list[PlannedScenario], features: Path) -> tuple[PlacedChange, ...]:
    placed: dict[tuple[str, str], tuple[PlacedChange, PlannedScenario]] = {}
    for row in scenarios:
        for change in row.changes:
            first, where = placed.setdefault((change.edge_case, change.change), (change, row))
            if first.day != change.day:
                raise PlanError(
                    f'"{change.change}" is on {change.day} here and on {first.day} in '
                    f'"{where.name}" ({where.feature}:{where.line}); a change happens on one day',
                    file=features / row.feature,
                    line=row.line,
                )
    return tuple(change for change, _ in placed.values())


def _refuse_unplaced(scenarios: list[PlannedScenario], edge_cases: Mapping[str, EdgeCase]) -> None:
    placed = {(change.edge_case, change.change) for row in scenarios for change in row.changes}
    used = {row.edge_case for row in scenarios}
    for case in edge_cases.values():
        if case.id not in used:
            continue  # without scenarios its cast stays out of the district
        for name in case.cast.changes:
            if (case.id, name) not in placed:
                raise PlanError(
                    f'no scenario says on which day "{name}" happens',
                    file=case.file,
                    key=f"changes.{name}",
                    hint=f'Write "When on <day> {name}" in a scenario, or remove the change.',
                )


def _refuse_two_homes(scenarios: list[PlannedScenario], features: Path) -> None:
    """A cast lives in one district."""
    homes: dict[str, PlannedScenario] = {}
    for row in scenarios:
        first = homes.setdefault(row.edge_case, row) if row.edge_case else row
        if first.district != row.district:
            raise PlanError(
                f'"{row.edge_case}" is in the district "{row.district or COMMON}" here and in '
                f'"{first.district or COMMON}" in "{first.name}" ({first.feature}:{first.line})',
                file=features / row.feature,
                line=row.line,
                hint="Its cast lives in one district; give the same one in all its scenarios.",
            )


def _refuse_equal_names(scenarios: list[PlannedScenario], features: Path) -> None:
    seen: dict[str, PlannedScenario] = {}
    for row in scenarios:
        if row.id in seen:
            raise PlanError(
                f'"{row.name}" is also the name of the scenario in line {seen[row.id].line}; '
                "pytest-bdd would silently drop one of them",
                file=features / row.feature,
                line=row.line,
            )
        seen[row.id] = row


@dataclass(slots=True)
class _Reader:
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
                hint=_meant(step.text, [p.pattern for p in vocabulary.PHRASES])
                or "The phrases are in harness/plan/vocabulary.py.",
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
                hint=_meant(edge_case, self.edge_cases) or "Edge cases are files in edge_cases/.",
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
                hint=_meant(day, DAYS),
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
        if claim not in CLAIMS:
            raise self._wrong(
                f'nothing that can be declared is called "{claim}"',
                line=step.line,
                hint=_meant(claim, CLAIMS) or "The keys are in harness/contract/claims.py.",
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
                hint=_meant(name, case.cast.members),
            )
        self.people.append(name)

    def _place(self, change: str, day: str, step: ParsedStep) -> None:
        case = self._case(step)
        if change not in case.cast.changes:
            known = ", ".join(f'"{name}"' for name in case.cast.changes) or "no change at all"
            raise self._wrong(
                f'"{case.id}" knows no change "{change}"; it has {known}',
                line=step.line,
                hint=_meant(change, case.cast.changes),
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


def _meant(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""
