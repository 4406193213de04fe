"""Refusals: what is wrong with scenarios that can each be read on their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from harness.catalogue.edge_cases import EdgeCase
from harness.errors import PlanError
from harness.plan.plan import COMMON, PlannedScenario


def refuse_unplaced(
    scenarios: Sequence[PlannedScenario], edge_cases: Mapping[str, EdgeCase]
) -> None:
    """Raises PlanError for a change of a used edge case that happens on no day."""
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


def refuse_two_homes(scenarios: Iterable[PlannedScenario], features: Path) -> None:
    """Raises PlanError for an edge case in two districts: a cast lives in one."""
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


def refuse_equal_names(scenarios: Iterable[PlannedScenario], features: Path) -> None:
    """Raises PlanError for two scenarios of one name in one file."""
    by_id: dict[str, PlannedScenario] = {}
    for row in scenarios:
        if row.id in by_id:
            raise PlanError(
                f'"{row.name}" is also the name of the scenario in line {by_id[row.id].line}; '
                "pytest-bdd would silently drop one of them",
                file=features / row.feature,
                line=row.line,
            )
        by_id[row.id] = row
