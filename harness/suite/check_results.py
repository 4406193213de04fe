"""Check results: what a scenario came to, from its scene or from what ended it."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from harness.assess.check_result import (
    CheckResult,
    Outcome,
    ResponsibleParty,
    StepResult,
    StepState,
)
from harness.assess.findings import Finding
from harness.assess.recording_index import NotReachedError
from harness.plan.plan import PlannedScenario
from harness.suite.checks import presence
from harness.suite.checks.observation import Observation
from harness.suite.checks.reading import request_behind
from harness.suite.endings import (
    AdapterSilentError,
    BlockedError,
    ManualError,
    NotApplicableError,
    RunInterruptedError,
)
from harness.suite.roll_up import outcome_of, weakest, why_not
from harness.suite.scene import Scene

STATES = {
    Outcome.FAIL: StepState.FAILED,
    Outcome.NOT_APPLICABLE: StepState.NOT_APPLICABLE,
    Outcome.BLOCKED: StepState.BLOCKED,
    Outcome.MANUAL: StepState.MANUAL,
    Outcome.PASS: StepState.PASSED,
}
"""How the step of an assertion ended, by what the assertion came to."""
_ENOUGH = 20
"""Records that are absent, of one kind, for which a finding that explains it is sought."""
_NOT_SELECTED = "Nothing of the sort that this is about takes part in what was selected."


def judged_result(result: CheckResult, scene: Scene) -> CheckResult:
    """The outcome of a scenario with all its assertions: that of the weakest."""
    whole = Observation()
    for assertion in scene.assertions:
        whole.add(assertion)
    weak = weakest(scene.assertions)
    result = replace(
        result,
        outcome=outcome_of(weak),
        examined=whole.examined,
        scope=dict(sorted(whole.scope.items())),
        not_held=tuple(whole.not_held),
        reason=why_not(weak),
        responsible=None,
    )
    match result.outcome:
        case Outcome.PASS:
            return replace(result, evidence_level=whole.evidence_level)
        case Outcome.FAIL:
            named = tuple(_signed(scene, result.id, finding) for finding in whole.findings)
            return replace(result, evidence_level=whole.evidence_level, findings=named)
        case Outcome.BLOCKED if weak.undecided and weak.needs:
            return _blocked(result, weak.undecided, tuple(weak.needs))
        case Outcome.BLOCKED if not weak.undecided:
            needs = (*scene.narrowed_by, *weak.needs, *_missing(scene, weak))
            if not needs and not weak.unexamined and scene.index.recording.header.plan.selected:
                return replace(result, outcome=Outcome.NOT_APPLICABLE, reason=_NOT_SELECTED)
            words = f" {needs[0].sentence}" if needs else ""
            return _blocked(result, f"{result.reason}{words}", needs)
        case _:
            return result


def _missing(scene: Scene, assertion: Observation) -> list[Finding]:
    """That the app does not hold what an assertion found nothing to examine of."""
    absent = [row for kind in assertion.unexamined for row in assertion.absent[kind][:_ENOUGH]]
    held = Observation()
    for row in absent:
        ids = [row.clever_id]
        held.add(presence.presence(scene.index, scene.district, scene.day, row.kind, ids))
    return held.reasons


def _signed(scene: Scene, check: str, finding: Finding) -> Finding:
    """A finding with the check that made it, and the request that delivered its record."""
    return replace(finding, check=check, request=request_behind(scene.index, finding))


def stopped_result(result: CheckResult, raised: BaseException) -> CheckResult:
    """The outcome of a scenario that a step ended."""
    match raised:
        case BlockedError():
            return _blocked(result, raised.reason, raised.needs)
        case NotApplicableError():
            left_out = Observation()
            left_out.leave_out(raised.reason)
            return replace(
                result,
                outcome=Outcome.NOT_APPLICABLE,
                not_held=tuple(left_out.not_held),
                reason=str(raised.reason),
                responsible=None,
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


def step_results(
    planned: PlannedScenario, states: list[StepState], assertions: Sequence[Observation] = ()
) -> tuple[StepResult, ...]:
    """Every step as it ended; the last ones are assertions, and say what they examined."""
    known = [*states, *[StepState.NOT_RUN] * (len(planned.steps) - len(states))]
    first = len(states) - len(assertions)
    return tuple(
        _step(text, state, assertions[number - first])
        if 0 <= number - first < len(assertions)
        else StepResult(text=text, state=state)
        for number, (text, state) in enumerate(zip(planned.steps, known, strict=False))
    )


def _step(text: str, state: StepState, assertion: Observation) -> StepResult:
    return StepResult(
        text=text,
        state=state,
        examined=assertion.examined,
        scope=dict(sorted(assertion.scope.items())),
        reason=why_not(assertion),
    )
