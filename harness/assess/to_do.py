"""To do: what a vendor does next, in the order in which it helps."""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.requirement_verdict import Level, RequirementState, RequirementVerdict
from harness.assess.results import Cause
from harness.prose import counted

COMPLETED = "completed"
"""How a rehearsal ended that was played to its end."""
_AMISS = (Outcome.FAIL, Outcome.WARN)


def to_do(
    requirements: Sequence[RequirementVerdict],
    named: Sequence[Cause],
    waivers: Sequence[str],
    checks: Sequence[CheckResult],
    answers: Sequence[Answer],
    ended: str = COMPLETED,
) -> tuple[str, ...]:
    """What there is to do: the causes of breaches first, then what is open, then what is stale."""

    def of(state: RequirementState) -> list[RequirementVerdict]:
        return [row for row in requirements if row.state is state]

    not_met = sorted(of(RequirementState.NOT_MET), key=lambda row: row.level)
    listed = [cause.to_do for cause in _musts_first(_to_mend(named, checks), not_met)]
    explained = {name for cause in named for name in cause.requirements}
    listed += [
        f"{row.id} {row.title}: not met. {row.reason}" for row in not_met if row.id not in explained
    ]
    listed += waivers
    unproven = of(RequirementState.NOT_PROVEN)
    if unproven and not not_met and ended != COMPLETED:
        listed.append(_cut_short(unproven, ended))
    else:
        listed += _unproven(unproven, behind_a_breach=bool(not_met))
    listed += [f"Waived: {check.name}. {check.waived}" for check in checks if check.waived]
    listed += [
        f"{row.id} {row.title}: needs your attestation. Add an `[[attestation]]` to "
        "rosterready.toml."
        for row in of(RequirementState.MANUAL)
    ]
    listed += [line for line in (to_answer(answers), to_read_again(answers)) if line]
    return tuple(listed)


def to_answer(answers: Sequence[Answer]) -> str:
    """The line about questions that only the vendor can answer; empty if there are none."""
    if questions := len(unanswered(answers)):
        verb = "needs" if questions == 1 else "need"
        return (
            f"{counted(questions, 'question')} of the questionnaire {verb} your answer: "
            "write it under `[profile.answers]`."
        )
    return ""


def to_read_again(answers: Sequence[Answer]) -> str:
    """The line about answers under which the evidence has changed; empty if there are none."""
    if changed := len(stale(answers)):
        verb = "rests" if changed == 1 else "rest"
        return (
            f"What {counted(changed, 'answer')} of yours {verb} on has changed: "
            "read them again under `[profile.answers]`, and give the new fingerprints."
        )
    return ""


def unanswered(answers: Sequence[Answer]) -> list[Answer]:
    """The answers that only the vendor can give, and has not."""
    return [answer for answer in answers if answer.source is AnswerSource.NEEDS_YOU]


def stale(answers: Sequence[Answer]) -> list[Answer]:
    """The vendor's answers that rest on what has changed since."""
    return [answer for answer in answers if answer.stale]


def _to_mend(named: Sequence[Cause], checks: Sequence[CheckResult]) -> list[Cause]:
    """The causes of what fails or warns, and is not all waived."""
    failing = {check.id for check in checks if check.outcome in _AMISS and not check.waived}
    return [cause for cause in named if not failing.isdisjoint(cause.checks)]


def _musts_first(named: Sequence[Cause], not_met: Sequence[RequirementVerdict]) -> list[Cause]:
    musts = {row.id for row in not_met if row.level is Level.MUST}
    return sorted(named, key=lambda cause: musts.isdisjoint(cause.requirements))


def _cut_short(rows: Sequence[RequirementVerdict], ended: str) -> str:
    return (
        f"{', '.join(row.id for row in rows)}: not proven, because the rehearsal ended early. "
        f"See to what ended it, then rehearse again: {ended}"
    )


def _unproven(rows: Sequence[RequirementVerdict], *, behind_a_breach: bool) -> list[str]:
    """What is not proven: once for each reason, or in one line when a breach hides them."""
    if behind_a_breach and rows:
        named = ", ".join(row.id for row in rows)
        return [
            f"{named}: not proven, because of the requirements that are not met. "
            "Fix those first, then rehearse again."
        ]
    reasons = dict.fromkeys(row.reason for row in rows)
    return [_of_one_reason([row for row in rows if row.reason == text], text) for text in reasons]


def _of_one_reason(rows: Sequence[RequirementVerdict], reason: str) -> str:
    if len(rows) > 1:
        return f"{', '.join(row.id for row in rows)}: not proven. {reason}"
    return f"{rows[0].id} {rows[0].title}: not proven. {reason}"
