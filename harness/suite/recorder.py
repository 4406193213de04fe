"""Recorder: keeps what became of each scenario, from pytest-bdd's public hooks alone.

pytest's own outcome words and its reports are never read: they lie for undefined steps, skips
and errors in set-up.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import Feature, Scenario, Step

from harness.assess.check_result import (
    CheckResult,
    EvidenceLevel,
    Outcome,
    ResponsibleParty,
    StepState,
)
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.sync import Mode
from harness.plan.day_names import on
from harness.plan.plan import Plan, PlannedScenario
from harness.suite.check_results import STATES, judged_result, step_results, stopped_result
from harness.suite.checks.observation import Observation
from harness.suite.declared_away import declared_away
from harness.suite.endings import BlockedError, ManualError, NotApplicableError
from harness.suite.giving_way import Accused
from harness.suite.roll_up import outcome_of
from harness.suite.scene import Scene


@dataclass(slots=True)
class _Record:
    scene: Scene
    states: list[StepState] = field(default_factory=list)
    raised: BaseException | None = None


class Recorder:
    """A plugin object: gives steps their scene and turns scenes into check results."""

    def __init__(self, plan: Plan, index: RecordingIndex) -> None:
        self._planned = {(row.feature, row.name): row for row in plan.scenarios}
        self._world = index
        header = index.recording.header
        # In another mode nothing is asked about events, whatever the recording contains.
        asked = [r for r in plan.scenarios if header.mode is Mode.EVENTS or not r.follows_events]
        self._beyond = {row.id: lack for row in asked if (lack := _lacks(header.plan, row))}
        self._records: dict[str, _Record] = {}
        self.judged = [row for row in plan.scenarios if row.id not in self._beyond]
        """The scenarios that the recording can answer."""
        self._current: _Record | None = None

    def pytest_bdd_apply_tag(self, tag: str, function: object) -> bool:
        """Tags are requirements, read from the plan; nothing asks for them as marks of pytest's."""
        return True

    def pytest_bdd_before_scenario(self, feature: Feature, scenario: Scenario) -> None:
        planned = self._planned[Path(feature.filename).name, scenario.name]
        self._current = self._records[planned.id] = _Record(Scene(self._world, planned))

    def pytest_bdd_before_step(self, step: Step) -> None:
        if self._current:
            self._current.states.append(StepState.ERROR)  # until it is known better
            if step.type == "then":
                self._current.scene.assertions.append(Observation())

    def pytest_bdd_before_step_call(self, step_func_args: dict[str, Any]) -> None:
        """Gives a step its scene: as a fixture it would be looked up for each of some 1,600."""
        if self._current:
            step_func_args["run"] = partial(step_func_args["run"], self._current.scene)

    def pytest_bdd_after_step(self, step: Step) -> None:
        if self._current:
            ended = StepState.PASSED
            if step.type == "then":
                ended = STATES[outcome_of(self._current.scene.assertions[-1])]
            self._current.states[-1] = ended

    def pytest_bdd_step_error(self, step: Step, exception: BaseException) -> None:
        if self._current:
            self._current.raised = exception
            self._current.states[-1] = _stopped(exception)

    def pytest_bdd_step_func_lookup_error(self, step: Step, exception: BaseException) -> None:
        if self._current:
            self._current.states.append(StepState.ERROR)
            self._current.raised = exception

    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Runs a scenario without reports, which take as long as it does and nobody reads."""
        hook = item.ihook
        try:
            # What a step raised is recorded, and a scenario without a record is an error.
            with suppress(Exception, pytest.fail.Exception):
                hook.pytest_runtest_setup(item=item)
                hook.pytest_runtest_call(item=item)
        finally:
            hook.pytest_runtest_teardown(item=item, nextitem=nextitem)
        return True

    def results(self) -> tuple[CheckResult, ...]:
        """One result for every planned scenario; what was not judged at all is an error."""
        giving = {name for name, record in self._records.items() if record.scene.gives_way}
        rows = {row.id: row for row in self._planned.values()}
        results = {name: self._result(row) for name, row in rows.items() if name not in giving}
        accused = Accused(results.values())
        for name in giving:
            self._give_way(self._records[name], rows[name], accused)
            results[name] = self._result(rows[name])
        return tuple(results[name] for name in rows)

    def _give_way(self, record: _Record, planned: PlannedScenario, accused: Accused) -> None:
        """What another check accuses of a record is not accused again."""
        scene = record.scene
        scene.assertions = [
            accused.besides(assertion, planned.requirements) for assertion in scene.assertions
        ]
        ended = [STATES[outcome_of(assertion)] for assertion in scene.assertions]
        first = len(record.states) - len(ended)
        record.states[first:] = ended

    def _result(self, planned: PlannedScenario) -> CheckResult:
        record = self._records.get(planned.id)
        lack = self._beyond.get(planned.id, "")
        result = CheckResult(
            id=planned.id,
            feature=planned.feature,
            rule=planned.rule,
            name=planned.name,
            line=planned.line,
            requirements=planned.requirements,
            edge_case=planned.edge_case,
            outcome=Outcome.ERROR,
            evidence_level=EvidenceLevel.NONE,
            reason="pytest did not run this scenario.",
            responsible=ResponsibleParty.HARNESS,
        )
        if lack:
            return replace(
                result,
                outcome=Outcome.NOT_RUN,
                reason=lack,
                responsible=None,
                steps=step_results(planned, []),
            )
        if record is None:
            return replace(result, steps=step_results(planned, []))
        steps = step_results(planned, record.states, record.scene.assertions)
        result = replace(result, steps=steps)
        raised = record.raised
        if isinstance(raised, BlockedError) and (declared := declared_away(record.scene)):
            raised = NotApplicableError(declared)
        if raised is not None and not record.scene.findings:
            return stopped_result(result, raised)
        if not record.scene.findings and len(record.states) < len(planned.steps):
            return replace(result, reason="Not all steps of this scenario were run.")
        return judged_result(result, record.scene)


def _lacks(recorded: Plan, planned: PlannedScenario) -> str:
    """What a scenario demands and the recording does not contain, in a sentence; or ""."""
    if planned.edge_case and planned.edge_case not in recorded.edge_cases:
        return f'The recording has no cast of "{planned.edge_case}".'
    for change in planned.changes:
        if change not in recorded.changes:
            return f'In the recording "{change.change}" does not happen {on(change.day)}.'
    for act in planned.acts:
        if act not in recorded.acts:
            return f'In the recording "{act.person} {act.act}" does not happen {on(act.day)}.'
    return ""


def _stopped(raised: BaseException) -> StepState:
    """How a step ended that ended its scenario."""
    match raised:
        case BlockedError() | NotReachedError():
            return StepState.BLOCKED
        case NotApplicableError():
            return StepState.NOT_APPLICABLE
        case ManualError():
            return StepState.MANUAL
        case _:
            return StepState.ERROR
