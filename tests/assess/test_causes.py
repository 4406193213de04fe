"""Findings of one pattern are named as one likely cause, and two causes are told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from apps import MUTANTS, QUICK
from rehearsing import CATALOGUE, recorded, rehearse, rehearsed

from harness import session
from harness.assess.assess import UNEXPLAINED, causes_or_note
from harness.assess.causes import causes
from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex

pytestmark = pytest.mark.no_cover  # composed apps reach the same code

NAMED_OTHERWISE = {
    "closes-classes-on-the-last-day": "archives-what-is-shared",
    "creates-again-what-it-met": "diverges-after-events",
    "drops-people-without-a-school": "role-left-out",
    "knows-latin-letters": "odd-value:name.first",
    "limits-a-trial-district": "in-common:new+no-school",
    "needs-letters": "odd-value:name.first",
    "needs-term-dates": "odd-value:end_date",
    "reads-nothing-with-an-old-token": "failure-as-empty",
    "refuses-spaces": "odd-value:name.first",
    "restores-as-it-left": "restores-without:school",
}
"""Mutant → what is named first, though another cause was written with it. It should only shrink."""


def _marked(name: str) -> object:
    return pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow], id=name)


@pytest.mark.parametrize("name", [_marked(name) for name in MUTANTS])
def test_the_first_cause_is_the_one_written_with_the_mistake(name: str) -> None:
    named = [cause.id for cause in rehearsed(name).causes]

    assert named[0] == NAMED_OTHERWISE.get(name, MUTANTS[name].cause)


def test_every_mutant_has_an_expected_cause_and_few_are_named_otherwise() -> None:
    assert [name for name, mutant in MUTANTS.items() if not mutant.cause] == []
    assert NAMED_OTHERWISE.keys() <= MUTANTS.keys()
    assert len(NAMED_OTHERWISE) <= len(MUTANTS) / 20


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.asks_all
def test_at_most_one_finding_in_twenty_fits_no_pattern() -> None:
    found = {name: rehearsed(name).causes for name in MUTANTS}
    unknown = {
        name: sum(cause.findings for cause in named if cause.id == "unknown")
        for name, named in found.items()
    }

    everything = sum(cause.findings for named in found.values() for cause in named)
    assert sum(unknown.values()) <= everything / 20, {n: k for n, k in unknown.items() if k}


@pytest.mark.parametrize("name", [_marked(name) for name in MUTANTS])
def test_the_list_of_what_to_do_begins_with_the_causes(name: str) -> None:
    results = rehearsed(name)
    failing = {c.id for c in results.checks if c.outcome in (Outcome.FAIL, Outcome.WARN)}
    named = {cause.to_do for cause in results.causes if failing.intersection(cause.checks)}

    assert named == set(results.to_do[: len(named)])
    assert all(cause.remedy and cause.checks for cause in results.causes)
    assert not [line for line in results.to_do if ": not met." in line]


@pytest.mark.slow
def test_two_causes_at_once_are_told_apart(tmp_path: Path) -> None:
    showing = ["two-teachers-share-a-class", "student-returns", "student-unshared"]
    recording = rehearse("python:assess.two_mistakes:TwoMistakes", tmp_path, only=showing)

    found = session.judge_recording(recording, CATALOGUE, with_histories=False).causes

    assert {cause.id for cause in found[:2]} == {
        MUTANTS[name].cause for name in ("primary-teacher-only", "hard-delete")
    }


def odd_check() -> CheckResult:
    """A check with two findings that fit no pattern."""
    odd = Finding(
        check="standing/odd",
        requirement="R9",
        day="midyear",
        district="common",
        finding_kind=FindingKind.STUDENT,
        kind="sections",
        clever_id="0" * 24,
        name="Art",
        sentence="Clever has 2 students in Art on midyear, your app 1: Maya missing.",
        expected="Maya and Leo",
        found="Leo",
    )
    return CheckResult(
        id="standing/odd",
        feature="standing.feature",
        rule="",
        name="odd",
        line=1,
        requirements=("R9",),
        outcome=Outcome.FAIL,
        evidence_level=EvidenceLevel.OBSERVED,
        findings=(odd, replace(odd, clever_id="1" * 24)),
    )


def test_an_unknown_pattern_says_so() -> None:
    [cause] = causes(RecordingIndex(recorded("demo")), [odd_check()])

    assert cause.sentence.startswith("2 findings fit no known pattern: Clever has 2 students")
    assert cause.requirements == ("R9",)


def test_a_flawless_app_has_no_causes() -> None:
    assert rehearsed("demo").causes == ()


def test_a_verdict_is_not_lost_if_naming_its_causes_breaks() -> None:
    """That would be a mistake of ours: here there is nothing to look anything up in."""
    named, notes = causes_or_note(cast(RecordingIndex, object()), [odd_check()])

    assert named == ()
    assert UNEXPLAINED in notes[0]
    assert "AttributeError" in notes[0]
