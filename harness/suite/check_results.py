"""Check results: what a scenario came to, from its scene or from what ended it."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path

from harness.assess.check_result import (
    CheckResult,
    EvidenceLevel,
    Outcome,
    ResponsibleParty,
    StepResult,
    StepState,
)
from harness.assess.findings import Finding
from harness.assess.recording_index import NotReachedError
from harness.plan.plan import PlannedScenario
from harness.suite.endings import (
    AdapterSilentError,
    BlockedError,
    ManualError,
    NotApplicableError,
    RunInterruptedError,
)
from harness.suite.scene import Scene


def judged_result(result: CheckResult, scene: Scene) -> CheckResult:
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


def stopped_result(result: CheckResult, raised: BaseException) -> CheckResult:
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
    """Blocked, with the differences for which `assess` must find the finding that explains them."""
    return replace(result, outcome=Outcome.BLOCKED, reason=reason, findings=needs, responsible=None)


def step_results(planned: PlannedScenario, states: list[StepState]) -> tuple[StepResult, ...]:
    known = [*states, *[StepState.NOT_RUN] * (len(planned.steps) - len(states))]
    return tuple(
        StepResult(text=text, state=state)
        for text, state in zip(planned.steps, known, strict=False)
    )
