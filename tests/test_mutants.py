"""The kill matrix: what each wrong app is accused of, exactly, and that every check kills one."""

from __future__ import annotations

import following_kills
import lifeless_kills
import particular_kills
import pytest
import rostering_kills
import trouble_kills
from rehearsing import CATALOGUE, in_state, rehearsed, with_outcome

from harness.assess.results import Outcome, RequirementState, Verdict
from harness.catalogue.requirements import Verification
from harness.demo.catalogue import MUTANTS

NOT_MET: dict[str, set[str]] = {
    "first-page-only": {"R2"},
    "drops-admins": {"R2", "G3"},
    "drops-people-without-classes": {"R2", "R6", "R9"},
    "drops-people-without-email": {"R7"},
    "primary-teacher-only": {"R9"},
    "co-teacher-cap-of-two": {"R9"},
    "one-school-per-student": {"G2"},
    "one-school-per-employee": {"G2"},
    "one-role-per-user": {"G3"},
    "merges-colleagues": {"R1", "R2", "G3"},
    "drops-contact-relationships": {"G4"},
    "one-relationship-per-contact": {"G4"},
    "asks-an-old-version": {"R3"},
    "keeps-the-token": {"G1"},
    "merges-namesakes": {"R1", "R2", "G2"},
    "cuts-long-names": {"R2", "R5"},
    "joins-by-school": {"R5", "R9"},
    "restores-people-without-classes": {"R9"},
    "restores-empty-classes": {"R9"},
    "leaves-work-in-the-browser": {"R8"},
    "misreads-the-term": {"R1", "R2", "R5", "R6"},
    "misses-the-second-class": {"R5", "R9"},
    "keyed-on-email": {"R1", "R2"},
    "keyed-on-sis-id": {"R1", "R2", "R4"},
    "matches-by-name": {"R4"},
    "doubles-matched-accounts": {"R4", "D1"},
    "wipes-own-groups": {"D1", "D2"},
    "wipes-own-users": {"D1", "D2"},
    "declares-lasting-edits": {"D1"},
    "claims-another-version": {"D1"},
    "claims-all-user-types": {"R2", "G3", "D1"},
    "claims-daily-sync": {"R5", "D1"},
    "claims-archiving": {"R6", "D1"},
    "claims-restoring": {"R6", "D1"},
    "claims-co-teachers": {"R9", "D1"},
    "claims-several-schools": {"G2", "D1"},
    "claims-kept-progress": {"R8", "D1"},
    "merges-across-roles": {"R4"},
    "loses-work-on-match": {"R4"},
    "keyed-on-name": {"R1", "R2", "R6"},
    "not-idempotent": {"R1", "G5"},
    "rebuilds-classes": {"R6", "G5"},
    "new-account-on-return": {"R1", "R6"},
    "hard-delete": {"R6", "R8"},
    "never-archives": {"R6"},
    "forgets-terms-and-courses": {"R6"},
    "never-restores": {"R6"},
    "never-restores-terms-and-courses": {"R6"},
    "crosses-districts": {"G6"},
    "takes-the-first-token": {"G6"},
    "closes-classes-of-a-missing-term": {"R6", "R7"},
    "never-updates": {"R5"},
    "keeps-old-class": {"R5", "R9", "D1"},
    "never-takes-roles-away": {"G2", "G3"},
    "one-class-per-student": {"R9", "R5"},
    "keeps-to-its-night": {"R10"},
    "history-tied-to-section": {"R8"},
    "forgets-work-of-archived": {"R8"},
    "dies-on-travellers": {"G1"},
    "dies-when-two-things-meet": {"G1"},
    "dies-one-time-in-three": {"G1"},
    "swallows-and-says-ok": {"G1"},
    "stops-at-missing-email": {"G1"},
    "stops-at-missing-first-name": {"G1"},
    "ignores-deleted-events": {"R6", "E1"},
    "ignores-updated-sections": {"R5", "R9", "E1"},
    "follows-people-and-classes-only": {"R5", "R6", "E1"},
    "creates-for-every-created": {"R1", "R6", "E1"},
    "applies-events-by-type": {"E1"},
    "goes-on-after-a-gap": {"R5", "R6", "E1"},
    "takes-its-cursor-too-late": {"E1"},
    "trips-over-unknown-records": {"G1"},
    "stops-after-a-gap": {"G1", "E1"},
    "never-reads-again": {"E2"},
    **following_kills.NOT_MET,
    **lifeless_kills.NOT_MET,
    **rostering_kills.NOT_MET,
    **particular_kills.NOT_MET,
    **trouble_kills.NOT_MET,
}
"""Mutant → the requirements it does not meet; each other one is met, or blocked by its findings."""

MUSTS = {row.id for row in CATALOGUE.requirements.requirements.values() if row.level == "MUST"}

QUICK = ("first-page-only", "hard-delete", "keyed-on-email", "primary-teacher-only")
"""Run by default; the whole matrix is slow and runs in CI."""

_ELSEWHERE = {name for name, entry in MUTANTS.items() if entry.needs}


def _marked(name: str) -> object:
    return pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow], id=name)


@pytest.mark.parametrize("name", [_marked(name) for name in NOT_MET])
def test_a_mutant_is_accused_of_its_mistake_and_of_nothing_else(name: str) -> None:
    results = rehearsed(f"demo:{name}")

    assert in_state(results, RequirementState.NOT_MET) == NOT_MET[name]
    breaches = NOT_MET[name] & MUSTS
    hidden = in_state(results, RequirementState.NOT_PROVEN)  # by a SHOULD, which only warns
    harmless = Verdict.INCOMPLETE if hidden else Verdict.READY_WITH_CONDITIONS
    assert results.verdict is (Verdict.NOT_READY if breaches else harmless)
    assert results.exit_code == (1 if breaches else 3 if hidden else 0)


@pytest.mark.parametrize("name", [_marked(name) for name in NOT_MET])
def test_what_a_mutant_leaves_unproven_names_its_own_findings(name: str) -> None:
    results = rehearsed(f"demo:{name}")
    own = {finding.id for check in results.checks for finding in check.findings}

    for check in results.checks:
        assert check.outcome not in (Outcome.ERROR, Outcome.NOT_RUN), (check.id, check.reason)
        if check.outcome is Outcome.BLOCKED:
            assert check.blocked_by, check.id
            assert set(check.blocked_by) <= own, check.id


def test_every_mutant_is_in_the_matrix_or_says_what_it_waits_for() -> None:
    assert set(NOT_MET) | _ELSEWHERE == set(MUTANTS)
    assert not set(NOT_MET) & _ELSEWHERE


@pytest.mark.slow
@pytest.mark.asks_all
def test_every_check_is_killed_by_some_mutant() -> None:
    killed = {
        check
        for name in NOT_MET
        for check in with_outcome(rehearsed(f"demo:{name}"), Outcome.FAIL, Outcome.WARN)
    }

    assert {row.id for row in CATALOGUE.plan().scenarios} - killed == set()


def test_every_requirement_verified_by_scenarios_is_broken_by_some_mutant() -> None:
    broken = set().union(*NOT_MET.values())
    rows = CATALOGUE.requirements.requirements.values()

    assert {r.id for r in rows if r.verified is Verification.SCENARIOS} - broken == set()
    assert all(r.reason for r in rows if r.verified is not Verification.SCENARIOS)


@pytest.mark.parametrize("name", [_marked(name) for name in NOT_MET])
def test_findings_are_short_sentences_of_names(name: str) -> None:
    for check in rehearsed(f"demo:{name}").checks:
        for finding in check.findings:
            assert len(finding.sentence) <= 140
            assert not finding.clever_id or finding.clever_id not in finding.sentence
