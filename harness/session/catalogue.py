"""Catalogue: everything a rehearsal is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from harness.catalogue.anti_patterns import AntiPattern, load_anti_patterns
from harness.catalogue.edge_cases import EdgeCase, load_edge_cases
from harness.catalogue.form import FormField, load_form
from harness.catalogue.questions import Question, load_questions
from harness.catalogue.requirements import RequirementSet, load_requirements
from harness.contract.archiving import Archiving
from harness.contract.sync import Mode
from harness.plan.compile import plan_of, read_scenarios
from harness.plan.formerly import Formerly, load_formerly
from harness.plan.plan import Plan, PlannedScenario
from harness.resources import EDGE_CASES, FEATURES, REPORTS


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything a rehearsal is judged by: features, edge cases, requirements, questions."""

    features: Path = FEATURES
    edge_cases_folder: Path = EDGE_CASES
    reports: Path = REPORTS

    @cached_property
    def edge_cases(self) -> Mapping[str, EdgeCase]:
        return load_edge_cases(self.edge_cases_folder)

    @cached_property
    def formerly(self) -> Formerly:
        return load_formerly(self.features)

    @cached_property
    def requirements(self) -> RequirementSet:
        return load_requirements(self.reports / "requirements.yaml")

    @cached_property
    def questions(self) -> Sequence[Question]:
        return load_questions(self.reports / "questions.yaml")

    @cached_property
    def form(self) -> Sequence[FormField]:
        return load_form(self.reports / "form.yaml")

    @cached_property
    def anti_patterns(self) -> Mapping[str, AntiPattern]:
        return load_anti_patterns(self.reports / "anti-patterns.yaml")

    def plan(
        self,
        only: Sequence[str] = (),
        mode: Mode = Mode.FULL,
        archiving: Archiving | None = None,
    ) -> Plan:
        """The plan of one update mode, compiled once; raises PlanError or UsageError."""
        key = tuple(only), mode, archiving
        if key not in self._plans:
            self._plans[key] = plan_of(
                self._scenarios,
                self.features,
                self.edge_cases,
                only=only,
                mode=mode,
                archiving=archiving,
            )
        return self._plans[key]

    @cached_property
    def _scenarios(self) -> list[PlannedScenario]:
        return read_scenarios(self.features, self.edge_cases)

    @cached_property
    def _plans(self) -> dict[tuple[tuple[str, ...], Mode, Archiving | None], Plan]:
        return {}


@cache
def shipped() -> Catalogue:
    """The catalogue that comes with rosterready, read once by a process."""
    return Catalogue()
