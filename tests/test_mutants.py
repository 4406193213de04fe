"""The kill matrix: what each wrong app is accused of, exactly, and that every check kills one."""

from __future__ import annotations

import kill_matrix
import pytest
from apps import MUTANTS, QUICK
from rehearsing import CATALOGUE, in_state, rehearsed

from harness.assess.assess import UNEXPLAINED
from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Verdict
from harness.catalogue.kill_matrix import load_kill_matrix
from harness.catalogue.requirements import Verification

MUSTS = {row.id for row in CATALOGUE.requirements.requirements.values() if row.level == "MUST"}


def _marked(name: str) -> object:
    return pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow], id=name)


@pytest.mark.parametrize("name", [_marked(name) for name in MUTANTS])
def test_a_mutant_is_accused_of_its_mistake_and_of_nothing_else(name: str) -> None:
    results = rehearsed(name)

    mutant = MUTANTS[name]
    assert in_state(results, RequirementState.NOT_MET) == mutant.breaks
    # A mutant may leave out the days on which a requirement shows, see `SELDOM_PLAYED`.
    asked = {key for check in results.checks for key in check.requirements}
    unproven = in_state(results, RequirementState.NOT_PROVEN)
    assert unproven & asked == mutant.blocks
    breaches = mutant.breaks & MUSTS  # a SHOULD only warns
    harmless = Verdict.INCOMPLETE if unproven else Verdict.READY_WITH_CONDITIONS
    assert results.verdict is (Verdict.NOT_READY if breaches else harmless)
    assert results.exit_code == (1 if breaches else 3 if unproven else 0)


@pytest.mark.parametrize("name", [_marked(name) for name in MUTANTS])
def test_what_a_mutant_leaves_unproven_names_its_own_findings(name: str) -> None:
    results = rehearsed(name)
    own = {finding.id for check in results.checks for finding in check.findings}

    for check in results.checks:
        assert check.outcome not in (Outcome.ERROR, Outcome.NOT_RUN), (check.id, check.reason)
        if check.outcome is Outcome.BLOCKED:
            assert check.blocked_by, check.id
            assert set(check.blocked_by) <= own, check.id


@pytest.mark.parametrize("name", [_marked(name) for name in MUTANTS])
def test_a_mutant_fails_the_checks_that_the_matrix_says(name: str) -> None:
    assert kill_matrix.failed(name) == kill_matrix.kept()[name], (
        f"python tests/kill_matrix.py {name} brings the matrix up to date"
    )


def test_the_matrix_is_about_all_checks_and_mutants_there_are() -> None:
    """Its columns are compared one by one, each with a rehearsal."""
    assert kill_matrix.FILE.read_text() == kill_matrix.text(
        kill_matrix.matrix(kill_matrix.kept())
    ), "python tests/kill_matrix.py NAME... rehearses new mutants and writes the matrix anew"


def test_every_check_is_killed_by_some_mutant() -> None:
    checks = load_kill_matrix(kill_matrix.FILE).checks

    assert [check for check, mutants in checks.items() if not mutants] == []


def test_every_requirement_verified_by_scenarios_is_broken_by_some_mutant() -> None:
    broken = frozenset().union(*(mutant.breaks for mutant in MUTANTS.values()))
    rows = CATALOGUE.requirements.requirements.values()

    assert {r.id for r in rows if r.verified is Verification.SCENARIOS} - broken == set()
    assert all(r.reason for r in rows if r.verified is not Verification.SCENARIOS)


@pytest.mark.parametrize("name", [_marked(name) for name in MUTANTS])
def test_naming_the_causes_of_what_a_mutant_does_breaks_no_rule(name: str) -> None:
    assert [note for note in rehearsed(name).notes if UNEXPLAINED in note] == []


@pytest.mark.parametrize("name", [_marked(name) for name in MUTANTS])
def test_findings_are_short_sentences_of_names(name: str) -> None:
    for check in rehearsed(name).checks:
        for finding in check.findings:
            assert len(finding.sentence) <= 160
            assert not finding.clever_id or finding.clever_id not in finding.sentence
