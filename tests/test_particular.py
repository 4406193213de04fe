"""Each edge case about identity, names, values and paging is failed by an app that is well else."""

from __future__ import annotations

import pytest
from particular_kills import NOT_MET
from rehearsing import CATALOGUE, rehearsed, with_outcome

from harness.assess.results import Outcome

GROUPS = ("identity", "names", "paging", "values")
CASES = [case.id for case in CATALOGUE.edge_cases.values() if case.group in GROUPS]
MUTANTS = (
    *NOT_MET,
    "keyed-on-email",
    "keyed-on-sis-id",
    "never-updates",
    "merges-colleagues",
    "merges-namesakes",
)
ROWS = [row for row in CATALOGUE.plan().scenarios if row.edge_case in CASES]


@pytest.mark.slow
@pytest.mark.asks_all
@pytest.mark.parametrize("edge_case", CASES)
def test_an_edge_case_is_failed_by_an_app_that_passes_most_of_its_siblings(edge_case: str) -> None:
    """At least four in five of the scenarios of all other edge cases of these groups."""
    own = {row.id for row in ROWS if row.edge_case == edge_case}
    others = {row.id for row in ROWS} - own

    def fails_it_alone(mutant: str) -> bool:
        results = rehearsed(f"demo:{mutant}")
        failed = with_outcome(results, Outcome.FAIL, Outcome.WARN)
        passed = with_outcome(results, Outcome.PASS)
        return bool(failed & own) and len(passed & others) >= 0.8 * len(others)

    assert any(map(fails_it_alone, MUTANTS))


def test_at_most_twenty_edge_cases_are_about_text_alone() -> None:
    assert sum(case.group == "names" for case in CATALOGUE.edge_cases.values()) <= 20
