"""A school is the one thing that several casts speak of."""

from __future__ import annotations

from datetime import date

from harness.catalogue.edge_cases import load_edge_cases
from harness.district.build import build_district
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.resources import EDGE_CASES

CASES = load_edge_cases(EDGE_CASES)
WITHOUT_DETAILS, RENAMED = CASES["school-details-missing"].cast, CASES["school-renamed"].cast


def test_what_one_cast_makes_of_a_school_stays_when_another_speaks_of_it() -> None:
    for casts in ((WITHOUT_DETAILS, RENAMED), (RENAMED, WITHOUT_DETAILS)):
        sis = build_district(
            casts, seed=1, salt="shared", run_date=date(2026, 9, 1), size=FIVE_SMALL_SCHOOLS
        )

        assert sis.schools["academy"].raw == WITHOUT_DETAILS.members["Alder Academy"].raw
