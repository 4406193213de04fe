"""The plan follows from the scenarios alone, and what cannot be compiled says where and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.catalogue.edge_cases import load_edge_cases
from harness.contract.archiving import Archiving
from harness.contract.sync import Mode
from harness.errors import DocumentError, PlanError, UsageError
from harness.plan.compile import compile_plan
from harness.plan.faults import FAULT_DAYS
from harness.plan.plan import (
    ARCHIVES_LATER,
    COMMON,
    KILLED_MIDWAY,
    LONG_LISTS,
    NEIGHBOUR,
    SYNCED_TWICE,
    Day,
    OldAccount,
    Plan,
)
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


def compiled(folder: Path, feature: str = FEATURE, case: str = CASE) -> Plan:
    features, cases = folder / "features", folder / "edge_cases"
    for made in (features, cases):
        made.mkdir(exist_ok=True)
    (features / "leaving.feature").write_text(feature)
    (cases / "moves-away.yaml").write_text(case)
    return compile_plan(features, load_edge_cases(cases))


def test_a_change_happens_on_the_day_its_when_says(tmp_path: Path) -> None:
    plan = compiled(tmp_path)

    assert [(c.change, c.day) for c in plan.changes] == [("Maya leaves", "departures")]
    assert plan.days[COMMON] == ("first-share", "departures")


def test_moving_the_when_line_moves_the_change(tmp_path: Path) -> None:
    plan = compiled(tmp_path, FEATURE.replace("on departures Maya", "on midyear Maya"))

    assert [(c.change, c.day) for c in plan.changes] == [("Maya leaves", "midyear")]


def test_an_edge_case_without_scenarios_is_not_in_play(tmp_path: Path) -> None:
    standing = """\
Feature: Standing
  @G1
  Rule: A sync runs to its end
    Scenario: Every sync completes
      Given the whole district
      When the days first-share and quiet pass
      Then every sync completed
"""
    assert compiled(tmp_path).edge_cases == ("moves-away",)
    assert compiled(tmp_path, standing).edge_cases == ()


def test_requirements_come_from_the_tags_of_the_rule(tmp_path: Path) -> None:
    assert compiled(tmp_path).scenarios[0].requirements == ("R6",)


@pytest.mark.parametrize(
    ("written", "instead", "line", "words", "hint"),
    [
        ("on departures", "on depatures", 7, "the days are before, first-share", "departures"),
        ("Maya leaves", "Mia leaves", 7, 'it has "Maya leaves"', "Maya leaves"),
        ("holds Maya", "holds Maia", 6, "which has Maya, Leo, Art, Mr Okoye", "Maya"),
        ('"moves-away"', '"moves-awy"', 5, 'no edge case "moves-awy"', "moves-away"),
        ("is archived, not lost", "ought to be archived", 8, "no phrase for", ""),
    ],
    ids=["day", "change", "person", "edge case", "phrase"],
)
def test_a_misspelt_word_names_file_line_and_what_exists(
    tmp_path: Path, written: str, instead: str, line: int, words: str, hint: str
) -> None:
    with pytest.raises(PlanError) as caught:
        compiled(tmp_path, FEATURE.replace(written, instead, 1 if line != 7 else -1))

    assert f"leaving.feature:{line}: " in caught.value.message
    assert words in caught.value.message
    assert hint in caught.value.hint


BEFORE = """\
Feature: Matching
  @R4
  Rule: People are matched
    Scenario: A child had an account
      Given the edge case "moves-away"
      And on before Maya has an account with the same student number
      And on before a namesake of Leo has an account
      When on departures Maya leaves
      Then Maya is archived, not lost
"""


def test_accounts_from_before_are_acts_of_a_day_without_a_sync(tmp_path: Path) -> None:
    plan = compiled(tmp_path, BEFORE)

    assert [(a.person, a.account) for a in plan.on("before")[1]] == [
        ("Maya", OldAccount.NUMBER),
        ("Leo", OldAccount.NAME),
    ]
    assert plan.days[COMMON] == ("departures",)
    assert plan.syncs == 1
    assert plan.scenarios[0].days == ("before", "departures")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("on before Maya has", "on midyear Maya has"),
        ("And on before a namesake of Leo has an account", "And on before Leo finishes a lesson"),
        ("When on departures Maya leaves", "When on before Maya leaves"),
        ("When on departures Maya leaves", "When the days before and departures pass"),
    ],
    ids=["an account later", "a lesson", "a change", "days that pass"],
)
def test_before_clever_there_are_accounts_and_nothing_else(
    tmp_path: Path, written: str, instead: str
) -> None:
    with pytest.raises(PlanError, match='on "before" accounts exist, and nothing else'):
        compiled(tmp_path, BEFORE.replace(written, instead))


HAND = """\
Feature: By hand
  @D1
  Rule: What is declared happens
    Scenario: A student is added
      Given the edge case "moves-away"
      When on midyear Maya is manually added to Art
      And on departures Maya leaves
      Then "add-student" is as the vendor declares
"""


def test_what_is_done_by_hand_is_an_act_of_its_day(tmp_path: Path) -> None:
    plan = compiled(tmp_path, HAND)

    [act] = plan.acts
    assert (act.person, act.act) == ("Maya", "is manually added to Art")
    assert (act.day, act.edit, act.section) == ("midyear", "add-student", "Art")
    assert plan.days[COMMON] == ("midyear", "departures")


@pytest.mark.parametrize(
    ("written", "instead", "words"),
    [
        ("added to Art", "sent to Art", 'no change "Maya is manually sent to Art"'),
        ("added to Art", "added to Arts", 'nobody is called "Arts"'),
        ("Maya is manually added", "Mia is manually added", 'nobody is called "Mia"'),
        ('"add-student"', '"add-pupil"', 'nothing that can be declared is called "add-pupil"'),
    ],
)
def test_what_cannot_be_done_or_declared_is_refused(
    tmp_path: Path, written: str, instead: str, words: str
) -> None:
    with pytest.raises(PlanError) as caught:
        compiled(tmp_path, HAND.replace(written, instead))

    assert words in caught.value.message


def test_a_change_on_two_days_names_both_scenarios(tmp_path: Path) -> None:
    again = (
        FEATURE
        + """
    Scenario: A child moves away twice
      Given the edge case "moves-away"
      When on midyear Maya leaves
      Then Maya is archived, not lost
"""
    )
    with pytest.raises(PlanError, match=r"leaving\.feature:10: .*leaving\.feature:4.*on one day"):
        compiled(tmp_path, again)


def test_a_change_that_no_scenario_places_is_refused(tmp_path: Path) -> None:
    case = CASE + "  Leo leaves: {leave: Leo}\n"

    with pytest.raises(DocumentError, match=r"moves-away\.yaml.*changes\.Leo leaves"):
        compiled(tmp_path, case=case)


def test_a_scenario_without_a_then_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="has no Then"):
        compiled(tmp_path, FEATURE.replace("      Then Maya is archived, not lost\n", ""))


def test_two_scenarios_of_one_name_are_refused(tmp_path: Path) -> None:
    scenario = FEATURE[FEATURE.index("    Scenario:") :]

    with pytest.raises(PlanError, match="silently drop"):
        compiled(tmp_path, FEATURE + scenario)


def test_what_is_not_gherkin_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"leaving\.feature:7: not Gherkin"):
        compiled(tmp_path, FEATURE.replace("      When on", "      Whn on"))


SHIPPED = shipped()


@pytest.fixture(scope="module")
def whole() -> Plan:
    """The plan of everything we ship."""
    return SHIPPED.plan()


def test_the_number_of_syncs_does_not_depend_on_the_edge_cases(whole: Plan) -> None:
    calm = SHIPPED.plan(["standing"])
    one_per_group = {case.group: name for name, case in SHIPPED.edge_cases.items()}
    for name in {*one_per_group.values(), "R6", "co-teachers"} - {"students-arrive-in-trouble"}:
        part = SHIPPED.plan([name])

        assert part.days[COMMON] == calm.days[COMMON], name
        assert part.days[NEIGHBOUR] == calm.days[NEIGHBOUR], name
    everybody = (r for r in whole.scenarios if not (r.follows_events or r.archives_later))
    apart = {row.district for row in everybody if row.district}
    assert whole.days.keys() == {COMMON, NEIGHBOUR, *apart}
    assert whole.days[LONG_LISTS] == (Day.QUIET,)  # which few apps are asked to sync
    assert whole.days[SYNCED_TWICE] == (Day.RECOVERY, Day.QUIET)  # as are these
    assert len(whole.days[KILLED_MIDWAY]) == 7  # only where something can kill the app
    assert whole.syncs == sum(len(days) for days in whole.days.values()) - 10 == 62


def test_an_app_that_archives_later_plays_as_many_absences_as_it_declares(whole: Plan) -> None:
    for archiving, syncs in (
        (Archiving(after_absences=2), 5),
        (Archiving(after_absences=3), 5),
        (Archiving(after_absences=10), 12),
        (Archiving(after_days=60), 5),
    ):
        plan = SHIPPED.plan(archiving=archiving)

        assert len(plan.days[ARCHIVES_LATER]) == syncs
        assert {n: days for n, days in plan.days.items() if n != ARCHIVES_LATER} == whole.days


def test_nothing_happens_to_the_casts_of_districts_that_another_mode_plays(whole: Plan) -> None:
    followed = SHIPPED.plan(mode=Mode.EVENTS)

    for plan, told in ((whole, set()), (followed, {"events-break-off"})):
        changes, _ = plan.on(Day.MIDYEAR)
        _, acts = plan.on(Day.FIRST_SHARE)
        assert {one.edge_case for one in changes} & {"events-break-off"} == told
        assert {one.edge_case for one in acts} & {"events-break-off"} == told


def test_a_small_district_is_played_with_its_own_edge_cases_only(whole: Plan) -> None:
    away = SHIPPED.plan(["student-away-for-a-year"])

    assert whole.home("student-away-for-a-year") == "summer"
    assert set(away.days) == {COMMON, NEIGHBOUR, "summer"}
    only_moves = {Day.MIDYEAR}  # another edge case asks for this day
    assert set(away.days["summer"]) == set(whole.days["summer"]) - only_moves
    assert {row.edge_case for row in away.scenarios} == {"", "student-away-for-a-year"}


def test_a_cast_lives_in_one_district(tmp_path: Path) -> None:
    again = (
        FEATURE
        + """
    Scenario: A child moves away elsewhere
      Given the district "apart"
      And the edge case "moves-away"
      When on midyear nothing changes
      Then Maya is archived, not lost
"""
    )
    with pytest.raises(PlanError, match=r'in the district "apart" here and in "common"'):
        compiled(tmp_path, again)


def test_days_of_trouble_are_played_only_because_scenarios_name_them(whole: Plan) -> None:
    part = SHIPPED.plan(["standing"])

    with_faults = {*FAULT_DAYS, Day.RECOVERY}
    assert with_faults <= {*whole.days[COMMON]}
    assert part.days[COMMON] == tuple(day for day in whole.days[COMMON] if day not in with_faults)


def test_only_keeps_the_named_and_the_standing_scenarios(whole: Plan) -> None:
    part = SHIPPED.plan(["student-returns"])

    assert part.edge_cases == ("student-returns",)
    assert {row.edge_case for row in part.scenarios} == {"", "student-returns"}
    assert len(part.scenarios) < len(whole.scenarios)


def test_only_of_an_unknown_name_says_what_is_meant() -> None:
    with pytest.raises(UsageError) as caught:
        SHIPPED.plan(["student-retruns"])

    assert "--only student-retruns" in caught.value.message
    assert "student-returns" in caught.value.hint


def test_every_shipped_edge_case_is_in_play(whole: Plan) -> None:
    assert set(whole.edge_cases) == set(SHIPPED.edge_cases)
