"""What was renamed keeps its old name in `features/formerly.yaml`, and is found by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.catalogue.edge_cases import read_edge_case
from harness.errors import DocumentError
from harness.plan.compile import compile_plan
from harness.plan.formerly import Formerly, load_formerly
from harness.plan.plan import DAYS, Incident, Plan
from harness.resources import FEATURES
from harness.session import shipped

CASE = """
id: moves-away
group: leaving
title: A child moves away
why: Children move.
provenance: synthetic
cast:
  Maya: {student: {school: elementary, sections: [Art]}}
  Leo: {student: {school: elementary, sections: [Art]}}
  Art: {section: {teacher: Mr Okoye}}
  Mr Okoye: {teacher: {school: elementary}}
changes:
  Maya leaves: {leave: Maya}
"""

FEATURE = """\
Feature: Leaving
  @R6
  Rule: What disappears is archived
    Scenario: A child moves away
      Given the edge case "moves-away"
      And on first-share the app holds Maya as active
      When on departures Maya leaves
      Then Maya is archived, not lost
"""

OURS = load_formerly(FEATURES)


def selecting(folder: Path, name: str, formerly: str) -> Plan:
    (folder / "leaving.feature").write_text(FEATURE)
    (folder / "moves-away.yaml").write_text(CASE)
    (folder / "formerly.yaml").write_text(formerly)
    case = read_edge_case(folder / "moves-away.yaml")
    return compile_plan(folder, {case.id: case}, only=[name])


@pytest.mark.parametrize(
    ("name", "formerly"),
    [
        ("a-child-goes", "edge_cases: {a-child-goes: moves-away}"),
        ("leaving/a-child-goes", "scenarios: {leaving/a-child-goes: leaving/a-child-moves-away}"),
        ("gone", "features: {gone: leaving}"),
        ("gone.feature", "features: {gone: leaving}"),
        ("gone/a-child-moves-away", "features: {gone: leaving}"),
    ],
)
def test_a_former_name_selects_what_has_another_name_now(
    tmp_path: Path, name: str, formerly: str
) -> None:
    assert [row.name for row in selecting(tmp_path, name, formerly).scenarios] == [
        "A child moves away"
    ]


def test_a_former_name_leads_to_the_name_of_today_at_once(tmp_path: Path) -> None:
    """A name that was given up twice is entered twice, lest anybody follow a chain."""
    with pytest.raises(DocumentError, match='"leaving/b" is a former name itself'):
        selecting(tmp_path, "R6", "scenarios: {leaving/a: leaving/b, leaving/b: leaving/c}")


def test_a_folder_without_the_file_has_renamed_nothing(tmp_path: Path) -> None:
    assert load_formerly(tmp_path) == Formerly()
    assert not load_formerly(tmp_path)


def test_our_own_former_names_lead_to_what_exists_and_are_used_by_nothing() -> None:
    cases, plan = shipped().edge_cases, shipped().plan()
    stems = {file.stem for file in FEATURES.glob("*.feature")}
    known: dict[str, set[str]] = {
        "scenarios": {row.id for row in plan.scenarios},
        "features": stems,
        "edge_cases": set(cases),
        "days": set(DAYS),
        "districts": {row.district for row in plan.scenarios if row.district},
        "incidents": set(Incident),
    }
    for table, names in known.items():
        renamed = getattr(OURS, table)
        assert set(renamed.values()) <= names, table
        assert not names & set(renamed), table
    for edge_case, changes in OURS.changes.items():
        assert set(changes.values()) <= set(cases[edge_case].cast.changes), edge_case
        assert not set(changes) & set(cases[edge_case].cast.changes), edge_case
    for edge_case, cast in OURS.cast.items():
        assert set(cast.values()) <= set(cases[edge_case].cast.members), edge_case
        assert not set(cast) & set(cases[edge_case].cast.members), edge_case


def test_the_guide_names_every_table() -> None:
    guide = (FEATURES / "README.md").read_text()

    assert set(Formerly.__slots__) <= set(re.findall(r"`([a-z_]+)`", guide))
