"""Every link of the catalogue leads somewhere, in both directions."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rehearsing import CATALOGUE, recorded, rehearsed

from harness import session
from harness.assess.answer import AnswerSource
from harness.assess.edit_persistence import edit_words
from harness.assess.facts import FACTS
from harness.assess.recording_index import RecordingIndex
from harness.catalogue.questions import selects
from harness.catalogue.requirements import Verification
from harness.contract.sync import Mode
from harness.plan.phrases import PHRASES, phrase_of, when
from harness.plan.plan import COMMON, NEIGHBOUR
from harness.resources import EDGE_CASES, FEATURES

pytestmark = pytest.mark.no_cover  # composed apps reach the same code

PLAN = CATALOGUE.plan()
ALL_CHECKS = {
    row.id: row for mode in (Mode.FULL, Mode.EVENTS) for row in CATALOGUE.plan(mode=mode).scenarios
}.values()
REQUIREMENTS = CATALOGUE.requirements.requirements
GROUPS = {"moving", "co-teachers", "multi-school", "roles", "leaving"}


def test_every_tag_is_a_requirement_and_every_rule_has_one() -> None:
    for row in PLAN.scenarios:
        assert row.requirements, row.id
        assert set(row.requirements) <= set(REQUIREMENTS), row.id


def test_every_requirement_is_verified_or_says_why_not() -> None:
    tagged = {name for row in PLAN.scenarios for name in row.requirements}

    for row in REQUIREMENTS.values():
        if row.verified is Verification.SCENARIOS:
            assert row.id in tagged, row.id
        else:
            assert row.reason, row.id
            assert row.id not in tagged, row.id


def test_all_requirements_of_the_guide_are_there() -> None:
    assert {f"R{number}" for number in range(1, 11)} <= set(REQUIREMENTS)


def test_every_question_leads_to_evidence_that_exists() -> None:
    for question in CATALOGUE.questions:
        for selector in question.selectors:
            assert any(selects(selector, row.id, row.requirements) for row in ALL_CHECKS), selector
        if question.comes_from == "vendor":
            assert question.needs, question.id
        else:
            assert question.clauses, question.id


def test_every_fact_an_answer_names_is_known() -> None:
    known = {*FACTS, *edit_words(RecordingIndex(recorded("demo")))}

    for question in CATALOGUE.questions:
        for clause in question.clauses:
            for text in (*clause.yes, *clause.no, *clause.unseen):
                named = set(re.findall(r"{(\w+)}", text)) - {"these", "These", "or_these"}
                assert named <= known, question.id
            assert not clause.no or "{" not in re.sub(r"{(\w+_)?[tT]hese}", "", clause.no[-1])
        assert set(re.findall(r"{(\w+)}", question.otherwise)) <= {"reasons"}, question.id


def test_every_question_is_answered_or_needs_the_vendor_for_a_reason() -> None:
    answers = rehearsed("demo").answers

    assert len(answers) == len(CATALOGUE.questions)
    for answer in answers:
        assert answer.answer or answer.reason, answer.question


@pytest.mark.no_cover
def test_at_least_25_questions_are_answered_from_behaviour_or_traffic() -> None:
    """Without a word of the vendor: neither its own answers nor its declarations are needed."""
    recording = recorded("demo")
    profile = replace(recording.header.profile, answers={}, declares={})
    silent = replace(recording, header=replace(recording.header, profile=profile))

    answers = session.judge_recording(silent, CATALOGUE, with_histories=False).answers

    seen = [a for a in answers if a.source in (AnswerSource.BEHAVIOUR, AnswerSource.TRAFFIC)]
    assert len(seen) >= 25
    assert all(a.answer for a in seen)
    assert len([a for a in seen if a.source is AnswerSource.TRAFFIC]) >= 5


def test_two_apps_that_behave_differently_get_different_drafts() -> None:
    good = {a.question: a.answer for a in rehearsed("demo").answers}
    bad = {a.question: a.answer for a in rehearsed("hard-delete").answers}

    assert good["deleted-records"] != bad["deleted-records"]
    assert good["student-changes-class"] == bad["student-changes-class"]


def test_at_least_sixteen_edge_cases_in_the_five_groups() -> None:
    grouped = [case for case in CATALOGUE.edge_cases.values() if case.group in GROUPS]

    assert {case.group for case in grouped} == GROUPS
    assert len(grouped) >= 16


def test_every_edge_case_is_used_and_every_change_placed() -> None:
    assert set(PLAN.edge_cases) == set(CATALOGUE.edge_cases)
    for case in CATALOGUE.edge_cases.values():
        placed = {change.change for change in PLAN.changes if change.edge_case == case.id}
        assert placed == set(case.cast.changes), case.id


def test_every_edge_case_says_who_asks_for_it() -> None:
    """Exactly the requirements its scenarios verify, and questions and anti-patterns that exist."""
    questions = {question.id: question for question in CATALOGUE.questions}
    for case in CATALOGUE.edge_cases.values():
        rows = [row for row in PLAN.scenarios if row.edge_case == case.id]
        verified = {name for row in rows for name in row.requirements}
        named = {name for name in case.asked_by if name[0] in "RGEDT"}
        assert named == verified, case.id
        for name in set(case.asked_by) - named:
            if name.startswith("q:"):
                question = questions[name.removeprefix("q:")]
                evidence = [
                    row.id
                    for row in rows
                    if any(selects(one, row.id, row.requirements) for one in question.selectors)
                ]
                assert evidence, (case.id, name)
            else:
                assert name in CATALOGUE.anti_patterns, (case.id, name)


def test_edge_cases_name_the_questions_their_checks_answer() -> None:
    for question in CATALOGUE.questions:
        for row in PLAN.scenarios:
            if row.edge_case and row.id in question.selectors:
                asked_by = CATALOGUE.edge_cases[row.edge_case].asked_by
                assert f"q:{question.id}" in asked_by, (row.edge_case, question.id)


def test_every_anti_pattern_is_asked_for_or_says_why_not() -> None:
    asked = {name for case in CATALOGUE.edge_cases.values() for name in case.asked_by}
    checks = {row.id for row in PLAN.scenarios}

    for row in CATALOGUE.anti_patterns.values():
        assert (row.id in asked) is not bool(row.reason), row.id
        for check in re.findall(r"[a-z-]+/[a-z0-9-]+", row.reason):
            assert check in checks, row.id


def test_casts_are_small() -> None:
    for case in CATALOGUE.edge_cases.values():
        generated = {name for group in case.cast.groups.values() for name in group}
        assert len(case.cast.members.keys() - generated) <= 16, case.id


def test_every_phrase_is_used_by_some_scenario() -> None:
    used = set()
    for row in PLAN.scenarios:
        keyword = "Given"
        for step in row.steps:
            word, text = step.split(" ", 1)
            keyword = keyword if word in ("And", "But") else word
            found = phrase_of(keyword, text)
            assert found is not None, step
            used.add(found[0])

    assert [phrase.pattern for phrase in PHRASES if phrase not in used] == []


def test_no_step_is_two_phrases_at_once() -> None:
    """What it means would depend on their order."""
    for row in PLAN.scenarios:
        keyword = "Given"
        for step in row.steps:
            word, text = step.split(" ", 1)
            keyword = keyword if word in ("And", "But") else word
            matching = [
                phrase.pattern
                for phrase in PHRASES
                if phrase is not when.CHANGE
                and keyword in phrase.keywords
                and phrase.groups(text) is not None
            ]
            assert len(matching) <= 1, (step, matching)


def test_no_change_of_an_edge_case_has_the_words_of_a_phrase() -> None:
    """It would never happen: a change is what is no other phrase."""
    for case in CATALOGUE.edge_cases.values():
        for change in case.cast.changes:
            found = phrase_of("When", f"on midyear {change}")
            assert found is not None, change
            assert found[0] is when.CHANGE, (case.id, change)


def test_every_scenario_of_the_files_is_judged() -> None:
    written = sum(
        len(re.findall(r"^\s*Scenario:", file.read_text(), flags=re.MULTILINE))
        for file in FEATURES.glob("*.feature")
    )
    checks = rehearsed("demo").checks

    assert len(checks) == len({check.id for check in checks}) == written


def test_data_folders_hold_data_only() -> None:
    for folder in (FEATURES, EDGE_CASES):
        assert {file.suffix for file in folder.iterdir()} <= {".feature", ".yaml", ".md"}


def test_titles_state_what_is() -> None:
    for case in CATALOGUE.edge_cases.values():
        assert "should" not in case.title.lower()
        assert "test that" not in case.title.lower()
    for row in PLAN.scenarios:
        assert "should" not in row.name.lower(), row.id


def test_the_requirement_set_is_dated_and_hashed() -> None:
    name = CATALOGUE.requirements.name

    assert re.fullmatch(r"\d{4}-\d\d-\d\d\+[0-9a-f]{12}", name)
    assert rehearsed("demo").run.requirement_set == name
    assert replace(CATALOGUE.requirements, digest="0" * 12).name != name


def test_everybody_is_looked_for_in_small_districts_after_their_first_sync() -> None:
    """In those that every app plays whose lists are read in full syncs."""
    first = {(days[0], name) for name, days in PLAN.days.items() if name != COMMON}
    sought = {
        (day, NEIGHBOUR if "Given the neighbour district" in row.steps else row.district)
        for row in PLAN.scenarios
        for day in row.days
        if row.requirements == ("R2",) and any("holds every user" in step for step in row.steps)
    }

    assert first <= sought
