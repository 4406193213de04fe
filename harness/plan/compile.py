"""Compile: from feature files to the plan, with the official Gherkin parser, before pytest.

There is no other source of days, changes or acts. What cannot be compiled is a PlanError with
file, line and what exists instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from harness.catalogue.edge_cases import EdgeCase
from harness.contract.archiving import Archiving
from harness.contract.sync import Mode
from harness.errors import PlanError, UsageError
from harness.plan.exported import answers, exported
from harness.plan.formerly import load_formerly
from harness.plan.gherkin import parse_feature
from harness.plan.plan import (
    ABSENCES,
    ARCHIVES_LATER,
    COMMON,
    DAYS,
    NEIGHBOUR,
    Day,
    PlacedChange,
    Plan,
    PlannedScenario,
)
from harness.plan.refusals import refuse_equal_names, refuse_two_homes, refuse_unplaced
from harness.plan.scenario_reader import read_scenario
from harness.prose import did_you_mean

_ABSENT_ANYWAY = 3
"""Syncs without those who left that every app is played which archives later."""
STANDING = "standing.feature"
"""Whole-district truths; always in play, since other scenarios are blocked on their findings."""


def compile_plan(
    features: Path,
    edge_cases: Mapping[str, EdgeCase],
    *,
    only: Iterable[str] = (),
    mode: Mode = Mode.FULL,
    archiving: Archiving | None = None,
) -> Plan:
    """The plan of all scenarios in a folder, or of those that `only` names, and the standing ones.

    `only` names edge cases, requirements, feature files or single scenarios, also by names they
    had formerly. Days of which only
    scenarios about events speak are played in the mode `events` alone, and those about archiving
    later only if `archiving` is declared. Raises PlanError for
    a scenario that cannot be compiled, UsageError for a name in `only` that nothing bears.
    """
    return plan_of(
        read_scenarios(features, edge_cases),
        features,
        edge_cases,
        only=only,
        mode=mode,
        archiving=archiving,
    )


def read_scenarios(features: Path, edge_cases: Mapping[str, EdgeCase]) -> list[PlannedScenario]:
    """All scenarios in a folder, from which every plan is made; raises PlanError."""
    scenarios = [
        read_scenario(parsed, edge_cases)
        for file in sorted(features.glob("*.feature"))
        for parsed in parse_feature(file)
    ]
    refuse_equal_names(scenarios, features)
    refuse_two_homes(scenarios, features)
    return scenarios


def plan_of(
    scenarios: list[PlannedScenario],
    features: Path,
    edge_cases: Mapping[str, EdgeCase],
    *,
    only: Iterable[str],
    mode: Mode,
    archiving: Archiving | None,
) -> Plan:
    """The plan of scenarios that were read from a folder; raises what `compile_plan` raises."""
    selected = tuple(map(load_formerly(features).selected, only))
    if not selected:
        refuse_unplaced(scenarios, edge_cases)
    chosen = _choose(scenarios, selected)
    if exported(selected):
        return Plan(
            scenarios=tuple(chosen),
            days={COMMON: (Day.FIRST_SHARE,)},
            edge_cases=tuple(sorted({row.edge_case for row in chosen if row.edge_case})),
            selected=selected,
        )
    return Plan(
        scenarios=tuple(chosen),
        days=_days([row for row in chosen if _due(row, mode, archiving)], archiving),
        changes=_placed_changes(chosen, features),
        acts=tuple(dict.fromkeys(act for row in chosen for act in row.acts)),
        incidents=tuple(
            dict.fromkeys(
                incident
                for row in chosen
                if _due(row, mode, archiving)
                for incident in row.incidents
            )
        ),
        edge_cases=tuple(sorted({row.edge_case for row in chosen if row.edge_case})),
        selected=selected,
        archiving=archiving,
    )


def _choose(scenarios: list[PlannedScenario], only: tuple[str, ...]) -> list[PlannedScenario]:
    if not only:
        return scenarios
    if export := exported(only):
        others = [name for name in only if name != export]
        return [
            row
            for row in scenarios
            if answers(row, export) and (not others or any(bears(row, n) for n in others))
        ]
    for name in only:
        if not any(bears(row, name) for row in scenarios):
            known = sorted(
                {n for row in scenarios for n in (row.edge_case, *row.requirements) if n}
            )
            raise UsageError(
                f"--only {name}: no scenario, edge case, requirement or feature has this name",
                hint=did_you_mean(
                    name,
                    known,
                    otherwise="`rosterready list edge-cases` and `list requirements` show what "
                    "there is; features are named by their file.",
                ),
            )
    named = [row for row in scenarios if any(bears(row, name) for name in only)]
    apart = {row.district for row in named if row.district}
    return [row for row in scenarios if row in named or _stands(row, apart)]


def _stands(row: PlannedScenario, apart: set[str]) -> bool:
    """Whether it is about everyone, in the school year or in a small district that is in play."""
    return row.feature == STANDING or (row.district in apart and not row.edge_case)


def bears(scenario: PlannedScenario, name: str) -> bool:
    """Whether `--only NAME` means this scenario, or an export answers it."""
    if exported((name,)):
        return answers(scenario, name)
    stem = scenario.feature.removesuffix(".feature")
    return name in (
        scenario.id,
        scenario.edge_case,
        scenario.feature,
        stem,
        *scenario.requirements,
    )


def _due(row: PlannedScenario, mode: Mode, archiving: Archiving | None) -> bool:
    """Whether what a scenario demands is played."""
    if row.archives_later and archiving is None:
        return False
    return mode is Mode.EVENTS or not row.follows_events


def _days(due: list[PlannedScenario], archiving: Archiving | None) -> dict[str, tuple[str, ...]]:
    absent = ABSENCES[: max(0, archiving.after_absences - _ABSENT_ANYWAY)] if archiving else ()
    own = {
        name: tuple(
            day
            for day in DAYS
            if any(day in row.days for row in due if row.district == name and day != Day.BEFORE)
            or (name == ARCHIVES_LATER and day in absent)
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
