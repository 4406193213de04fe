"""What shows that a check can fail is told with the check, and with its requirement."""

from __future__ import annotations

from dataclasses import replace

from rehearsing import CATALOGUE

from harness.assess.results import Results
from harness.catalogue.kill_matrix import load_kill_matrix
from harness.report import html, proofs, templates
from harness.resources import REPORTS

MATRIX = load_kill_matrix(REPORTS / "kill-matrix.json")


def test_every_check_is_proven_by_an_app_that_fails_it() -> None:
    for scenario in CATALOGUE.plan().scenarios:
        proof = proofs.of_check(scenario.id)

        assert proof is not None, scenario.id
        assert proof.apps == len(MATRIX.checks[scenario.id])
        assert proof.mistakes[0] in MATRIX.mistakes.values()


def test_a_requirement_names_three_mistakes_and_counts_all() -> None:
    proof = proofs.of_requirement("R9")

    assert proof is not None
    assert len(proof.mistakes) == 3
    assert proof.others == len(MATRIX.requirements["R9"]) - 3


def test_an_app_that_fails_little_else_is_named_before_others() -> None:
    for check, apps in MATRIX.checks.items():
        if "hard-delete" in apps and len(apps) > 1:  # it fails more checks than any other app
            proof = proofs.of_check(check)
            assert proof is not None
            assert proof.mistakes[0] != MATRIX.mistakes["hard-delete"]


def test_what_the_matrix_does_not_know_has_no_proof() -> None:
    assert proofs.of_check("nobody/wrote-this") is None
    assert proofs.of_requirement("G99") is None


def test_the_report_says_what_a_check_would_fail_for(results: Results) -> None:
    known = replace(results.checks[0], id=next(iter(MATRIX.checks)))
    proof = proofs.of_check(known.id)

    page = html.render(replace(results, checks=(known,)))

    assert proof is not None
    assert f"Proven to fail for an app that {templates.html_prose(proof.mistakes[0])}" in page
