"""The first day of the served school year, known without compiling the plan of all its days.

Compiling takes a third of the time until Clever is up, and all it has to say of the first day is
which casts live in a small district of their own. The plan must agree when it is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from harness.district.build import build_district, build_neighbour
from harness.district.casts.cast_file import read_cast
from harness.district.clever.rules import share
from harness.district.data_model.timestamps import timestamp
from harness.district.sis.sis import Sis
from harness.errors import PlanError
from harness.plan.calendar_day import DatedRoster
from harness.plan.plan import COMMON, NEIGHBOUR, Day, Plan
from harness.plan.school_calendar import district_time

_SCENARIO = re.compile(r"^\s*Scenario:", re.MULTILINE)
_DISTRICT = re.compile(r'^\s*(?:Given|And) the district "([^"]*)"', re.MULTILINE)
_EDGE_CASE = re.compile(r'^\s*(?:Given|And) the edge case "([^"]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDay:
    """The two districts that are served, as they begin the year."""

    cases: Mapping[str, tuple[str, ...]]
    """The edge cases whose casts live in each district, by id."""
    sis: Mapping[str, Sis]
    shared: Mapping[str, DatedRoster]

    def refuse_other_plan(self, plan: Plan) -> None:
        """Raises PlanError when the plan has other casts in the districts, or a first day apart."""
        common = {case for case in plan.edge_cases if plan.home(case) == COMMON}
        changed = [change for change in plan.changes if change.day == Day.FIRST_SHARE]
        if common != set(self.cases[COMMON]) or changed:
            raise PlanError("the plan has another first day than the one that is served")


def homes(features: Path) -> Mapping[str, str]:
    """Edge case → the small district in which scenarios say its cast lives."""
    districts: dict[str, str] = {}
    for file in sorted(features.glob("*.feature")):
        for scenario in _SCENARIO.split(file.read_text(encoding="utf-8")):
            district = _DISTRICT.search(scenario)
            if district is not None:
                districts |= dict.fromkeys(_EDGE_CASE.findall(scenario), district[1])
    return districts


def first_day(
    edge_cases: Path, features: Path, *, seed: int, salt: str, run_date: date
) -> FirstDay:
    """What the common district and its neighbour share first; of edge cases, only casts are read.

    Raises DocumentError.
    """
    elsewhere = homes(features)
    files = [file for file in sorted(edge_cases.glob("*.yaml")) if file.stem not in elsewhere]
    casts = [read_cast(file) for file in files]
    sis = {
        COMMON: build_district(casts, seed=seed, salt=salt, run_date=run_date),
        NEIGHBOUR: build_neighbour(seed=seed, salt=salt, run_date=run_date),
    }
    at = district_time(Day.FIRST_SHARE, run_date)
    return FirstDay(
        cases={COMMON: tuple(file.stem for file in files), NEIGHBOUR: ()},
        sis=sis,
        shared={
            name: (share(replace(begun, at=timestamp(at)), at=at, previous=None), at)
            for name, begun in sis.items()
        },
    )
