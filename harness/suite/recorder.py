"""Recorder: keeps what became of each scenario, from pytest-bdd's public hooks alone.

pytest's own outcome words and its reports are never read: they lie for undefined steps, skips
and errors in set-up.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pytest_bdd.parser import Feature, Scenario, Step

from harness.assess.check_result import (
    CheckResult,
    EvidenceLevel,
    Outcome,
    ResponsibleParty,
    StepResult,
    StepState,
)
from harness.assess.findings import Finding
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.plan.plan import Plan, PlannedScenario
from harness.suite.scene import (
    AdapterSilentError,
    BlockedError,
    ManualError,
    NotApplicableError,
    RunInterruptedError,
    Scene,
)


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
        recorded = index.recording.header.plan
        self._beyond = {row.id: lack for row in plan.scenarios if (lack := _lacks(recorded, row))}
        self._records: dict[str, _Record] = {}
        self.judged = [row for row in plan.scenarios if row.id not in self._beyond]
        """The scenarios that the recording can answer."""
        self._current: _Record | None = None

    @pytest.fixture
    def scene(self) -> Scene:
        """The scenario being judged."""
        assert self._current is not None
        return self._current.scene

    def pytest_bdd_before_scenario(self, feature: Feature, scenario: Scenario) -> None:
        planned = self._planned[Path(feature.filename).name, scenario.name]
        self._current = self._records[planned.id] = _Record(Scene(self._world, planned))

    def pytest_bdd_before_step(self, step: Step) -> None:
        if self._current:
            self._current.states.append(StepState.ERROR)  # until it is known better

    def pytest_bdd_after_step(self, step: Step) -> None:
        if self._current:
            findings = len(self._current.scene.findings)
            told = self._current.scene.reported
            self._current.states[-1] = StepState.FAILED if findings > told else StepState.PASSED
            self._current.scene.reported = findings

    def pytest_bdd_step_error(self, step: Step, exception: BaseException) -> None:
        if self._current:
            self._current.raised = exception
            blocked = isinstance(exception, BlockedError | NotReachedError)
            self._current.states[-1] = StepState.BLOCKED if blocked else StepState.ERROR

    def pytest_bdd_step_func_lookup_error(self, step: Step, exception: BaseException) -> None:
        if self._current:
            self._current.states.append(StepState.ERROR)
            self._current.raised = exception

    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        """A report without a traceback: formatting one costs more than judging a scenario."""
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="failed" if call.excinfo else "passed",
            longrepr=None,
            when=call.when,  # type: ignore[arg-type]  # never of collecting
        )

    def results(self) -> tuple[CheckResult, ...]:
        """One result for every planned scenario; what was not judged at all is an error."""
        return tuple(self._result(planned) for planned in self._planned.values())

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
                steps=_steps(planned, []),
            )
        if record is None:
            return replace(result, steps=_steps(planned, []))
        result = replace(result, steps=_steps(planned, record.states))
        if record.raised is not None:
            return _stopped(result, record.raised)
        if len(record.states) < len(planned.steps):
            return replace(result, reason="Not all steps of this scenario were run.")
        return _judged(result, record.scene)


def _lacks(recorded: Plan, planned: PlannedScenario) -> str:
    """What a scenario demands and the recording does not contain, in a sentence; or ""."""
    if planned.edge_case and planned.edge_case not in recorded.edge_cases:
        return f'The recording has no cast of "{planned.edge_case}".'
    for change in planned.changes:
        if change not in recorded.changes:
            return f'In the recording "{change.change}" does not happen on {change.day}.'
    for act in planned.acts:
        if act not in recorded.acts:
            return f'In the recording "{act.person} {act.act}" does not happen on {act.day}.'
    return ""


def _judged(result: CheckResult, scene: Scene) -> CheckResult:
    """The outcome of a scenario whose steps all ran."""
    result = replace(
        result, examined=scene.examined, evidence_level=scene.evidence_level, responsible=None
    )
    if scene.findings:
        named = tuple(replace(finding, check=result.id) for finding in scene.findings)
        more = f" (and {len(named) - 1} more)" if len(named) > 1 else ""
        return replace(
            result, outcome=Outcome.FAIL, findings=named, reason=f"{named[0].sentence}{more}"
        )
    result = replace(result, evidence_level=EvidenceLevel.NONE)
    if scene.undecided:
        return replace(result, outcome=Outcome.BLOCKED, reason=scene.undecided)
    if scene.manual:
        return replace(result, outcome=Outcome.MANUAL, reason=scene.manual)
    if scene.examined:
        return replace(result, outcome=Outcome.PASS, evidence_level=scene.evidence_level, reason="")
    if scene.not_applicable:
        return replace(result, outcome=Outcome.NOT_APPLICABLE, reason=scene.not_applicable)
    why = (
        f"Nothing was left to examine. {scene.narrowed_by[0].sentence}" if scene.narrowed_by else ""
    )
    return _blocked(result, why or "Nothing was left to examine.", tuple(scene.narrowed_by))


def _stopped(result: CheckResult, raised: BaseException) -> CheckResult:
    """The outcome of a scenario that a step ended."""
    match raised:
        case BlockedError():
            return _blocked(result, raised.reason, raised.needs)
        case NotApplicableError():
            return replace(
                result, outcome=Outcome.NOT_APPLICABLE, reason=raised.reason, responsible=None
            )
        case ManualError():
            return replace(result, outcome=Outcome.MANUAL, reason=raised.reason, responsible=None)
        case NotReachedError():
            return replace(result, outcome=Outcome.NOT_RUN, reason=str(raised), responsible=None)
        case RunInterruptedError():
            return replace(result, reason=raised.reason, responsible=ResponsibleParty(raised.fault))
        case AdapterSilentError():
            return replace(result, reason=raised.reason, responsible=ResponsibleParty.ADAPTER)
        case _:
            frames = traceback.extract_tb(raised.__traceback__)
            where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
            return replace(result, reason=f"{type(raised).__name__}: {raised}{where}")


def _blocked(result: CheckResult, reason: str, needs: tuple[Finding, ...]) -> CheckResult:
    """Blocked, with the differences that `assess` must find an accuser for."""
    return replace(result, outcome=Outcome.BLOCKED, reason=reason, findings=needs, responsible=None)


def _steps(planned: PlannedScenario, states: list[StepState]) -> tuple[StepResult, ...]:
    known = [*states, *[StepState.NOT_RUN] * (len(planned.steps) - len(states))]
    return tuple(
        StepResult(text=text, state=state)
        for text, state in zip(planned.steps, known, strict=False)
    )
