"""Assess: from judged scenarios to the results all reports are drawn from."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from harness.assess.answer import Answer
from harness.assess.breakdown_results import breakdown_results
from harness.assess.causes import causes
from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome
from harness.assess.counterexamples import Counterexamples
from harness.assess.drafts import Drafts
from harness.assess.edge_case_results import edge_case_results
from harness.assess.facts import facts
from harness.assess.histories import histories
from harness.assess.kinds import Kinds
from harness.assess.outcomes import problem_with, settle
from harness.assess.ownership import verified_by
from harness.assess.recording_index import RecordingIndex
from harness.assess.requirement_verdict import RequirementState, RequirementVerdict
from harness.assess.results import Cause, OwnField, Results, Run, Verdict
from harness.assess.timeline import timeline
from harness.assess.to_do import COMPLETED, stale, to_do, unanswered
from harness.assess.traffic_report import traffic_report
from harness.assess.verdicts import (
    EXIT_CODES,
    partial_exit,
    requirement_verdict,
    run_verdict,
)
from harness.assess.written_values import written_wrongly
from harness.catalogue.edge_cases import EdgeCase
from harness.catalogue.questions import Question
from harness.catalogue.requirements import RequirementSet
from harness.contract.profile import Profile
from harness.plan.compile import bears
from harness.plan.plan import Plan, PlannedScenario
from harness.recording.recording import Header, Synced


def assess(
    index: RecordingIndex,
    plan: Plan,
    judged: Sequence[CheckResult],
    *,
    requirements: RequirementSet,
    questions: Sequence[Question],
    edge_cases: Mapping[str, EdgeCase],
    asked: Sequence[PlannedScenario] = (),
    notes: Sequence[str] = (),
    with_histories: bool = True,
) -> Results:
    """Everything the reports need; pure, so the same recording always comes to the same.

    `asked` is all that a whole rehearsal asks: what a part of it leaves out proves no answer.
    """
    header, run_date = index.recording.header, index.recording.header.run_date
    whole = index.recording.ended == COMPLETED
    wrongly = written_wrongly(index, judged)
    checks = settle(judged, requirements, header.waivers, run_date, wrongly, whole=whole)
    waivers = [p for w in header.waivers if (p := problem_with(w, checks, run_date))]
    checks = _shown(plan, checks)
    named, unexplained = causes_or_note(index, checks)
    verdicts = _with_remedies(_verdicts(plan, requirements, checks, header), named)
    answers = _answers(index, plan, checks, questions, asked)
    verdict, exit_code = _verdict(index, plan, checks, verdicts, waivers, answers)
    cases = edge_case_results(index, edge_cases, plan.scenarios, checks)
    return Results(
        verdict=verdict,
        exit_code=exit_code,
        to_do=to_do(verdicts, named, waivers, checks, answers, index.recording.ended),
        run=_run(index, requirements),
        requirements=verdicts,
        checks=checks,
        edge_cases=cases,
        histories=histories(index, cases, checks) if with_histories else (),
        answers=answers,
        days=timeline(index, plan),
        causes=named,
        breakdowns=breakdown_results(index.recording),
        traffic=traffic_report(index),
        form=_form(header.profile),
        notes=(*notes, *unexplained),
    )


def causes_or_note(
    index: RecordingIndex, checks: Sequence[CheckResult]
) -> tuple[tuple[Cause, ...], Sequence[str]]:
    """The likely causes, and a note if they could not be named.

    That is a mistake of ours, and no verdict may be lost for want of an explanation.
    """
    try:
        return causes(index, checks), ()
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{type(error).__name__}: {error}, {Path(where.filename).name}:{where.lineno}"
        return (), [
            f"{UNEXPLAINED}: rosterready itself broke ({failure}). The verdict does not depend on "
            "them. Please report this with the recording."
        ]


UNEXPLAINED = "No likely causes are named"
"""How the note begins."""


def _form(profile: Profile) -> tuple[OwnField, ...]:
    """The fields of the form that the vendor fills, each with what it rested on."""
    marks = profile.form_fingerprints
    return tuple(
        OwnField(field=name, text=text, fingerprint=marks.get(name, ""))
        for name, text in profile.form.items()
    )


def _answers(
    index: RecordingIndex,
    plan: Plan,
    checks: Sequence[CheckResult],
    questions: Sequence[Question],
    asked: Sequence[PlannedScenario],
) -> tuple[Answer, ...]:
    """The drafts of all answers; of a part of a rehearsal, of what it proved."""
    header = index.recording.header
    unplayed = _unplayed(asked, checks) if plan.selected else []
    drafts = Drafts(
        [*checks, *unplayed],
        facts(index),
        Kinds(index),
        header.profile,
        Counterexamples(index),
        header.attestations,
        whole=not plan.selected,
    )
    return tuple(drafts.answer(question) for question in questions)


def _verdict(
    index: RecordingIndex,
    plan: Plan,
    checks: Sequence[CheckResult],
    verdicts: Sequence[RequirementVerdict],
    waivers: Sequence[str],
    answers: Sequence[Answer],
) -> tuple[Verdict, int]:
    """The verdict of the run, and its exit code."""
    if plan.selected:
        whole = index.recording.ended == COMPLETED
        return Verdict.PARTIAL, partial_exit(_selected(plan, checks), whole=whole)
    verdict = run_verdict(
        verdicts,
        checks,
        waiver_problems=waivers,
        contradictions=[row.contradiction for row in answers if row.contradiction],
        open_answers=len(unanswered(answers)) + len(stale(answers)),
    )
    return verdict, EXIT_CODES[verdict]


def _verdicts(
    plan: Plan, requirements: RequirementSet, checks: Sequence[CheckResult], header: Header
) -> tuple[RequirementVerdict, ...]:
    rows = requirements.requirements.values()
    if plan.selected:
        named = {name for check in _selected(plan, checks) for name in verified_by(check)}
        rows = [row for row in rows if row.id in named]  # type: ignore[assignment]
        checks = _selected(plan, checks)
    return tuple(requirement_verdict(row, checks, header.attestations) for row in rows)


def _with_remedies(
    verdicts: Sequence[RequirementVerdict], named: Sequence[Cause]
) -> tuple[RequirementVerdict, ...]:
    """The same, with the remedies of what is behind each that is not met."""
    return tuple(
        replace(row, remedy=" ".join(dict.fromkeys(_remedies(row, named))))
        if row.state is RequirementState.NOT_MET
        else row
        for row in verdicts
    )


def _remedies(row: RequirementVerdict, named: Sequence[Cause]) -> Iterator[str]:
    return (cause.remedy for cause in named if row.id in cause.requirements)


def _shown(plan: Plan, checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
    """All checks, or those that `--only` meant and those that block them.

    The standing ones are judged along with any part; one that fails beside a part that holds would
    contradict the exit code.
    """
    if not plan.selected:
        return checks
    selected = _selected(plan, checks)
    meant = {check.id for check in selected}
    blocking = {name for check in selected for name in check.blocked_by}
    return tuple(
        check
        for check in checks
        if check.id in meant or not blocking.isdisjoint(finding.id for finding in check.findings)
    )


def _unplayed(asked: Sequence[PlannedScenario], checks: Sequence[CheckResult]) -> list[CheckResult]:
    """The checks of a whole rehearsal that are not among these."""
    played = {check.id for check in checks}
    return [
        CheckResult(
            id=row.id,
            feature=row.feature,
            rule=row.rule,
            name=row.name,
            line=row.line,
            requirements=row.requirements,
            outcome=Outcome.NOT_RUN,
            evidence_level=EvidenceLevel.NONE,
        )
        for row in asked
        if row.id not in played
    ]


def _selected(plan: Plan, checks: Sequence[CheckResult]) -> list[CheckResult]:
    """The checks `--only` meant; the standing ones run along, but do not count unless named."""
    meant = {row.id for row in plan.scenarios if any(bears(row, n) for n in plan.selected)}
    return [check for check in checks if check.id in meant]


def _run(index: RecordingIndex, requirements: RequirementSet) -> Run:
    recording = index.recording
    header = recording.header
    syncs = sum(1 for entry in recording.entries if isinstance(entry, Synced))
    return Run(
        app=header.profile.app,
        company=header.profile.company,
        app_version=header.profile.version,
        adapter=header.adapter,
        rosterready=header.rosterready,
        run_date=header.run_date.isoformat(),
        seed=header.seed,
        salt=header.salt,
        mode=str(header.mode),
        requirement_set=requirements.name,
        plan_hash=header.plan_hash,
        selected=header.plan.selected,
        ended=recording.ended,
        seconds=recording.seconds,
        syncs=syncs,
        config=header.config,
        profile=header.profile.digest(),
        district_salt=index.breakdowns.last_salt,
    )
