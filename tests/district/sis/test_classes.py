from __future__ import annotations

import pytest
from district.story import CLASSES, SCHEDULE, Tell

from harness.errors import PlanError


def test_enrolling_dropping_and_moving_change_the_members_of_a_class_only(tell: Tell) -> None:
    story = tell(
        CLASSES,
        """
        more: {enroll: {student: Maya, in: [Music]}}
        less: {drop: {student: Maya, from: Music}}
        other: {move: {student: Maya, from: Art, to: Music}}
        """,
    )
    maya = story.user("Maya")

    story.play("more")
    assert set(story.names(story.section("Music")["students"])) == {"Leo", "Maya"}
    story.play("less")
    assert story.names(story.section("Music")["students"]) == ["Leo"]
    story.play("other")
    assert story.names(story.section("Art")["students"]) == ["Leo"]
    assert set(story.names(story.section("Music")["students"])) == {"Leo", "Maya"}
    assert story.user("Maya") is maya


def test_teachers_join_leave_swap_and_take_over(tell: Tell) -> None:
    story = tell(
        CLASSES,
        """
        join: {co-teach: {section: Art, with: Mr Boyd}}
        lead: {promote-teacher: {section: Art, teacher: Mr Boyd}}
        take: {replace-teacher: {section: Art, by: Ms Lindgren}}
        end: {stop-teaching: {section: Art, teacher: Ms Lindgren}}
        """,
    )

    def teachers() -> list[str]:
        section = story.section("Art")
        assert section["teacher"] == section["teachers"][0]
        return story.names(section["teachers"])

    story.play("join")
    assert teachers() == ["Mr Okoye", "Mr Boyd"]
    assert " - Okoye - " in story.section("Art")["name"]
    story.play("lead")
    assert teachers() == ["Mr Boyd", "Mr Okoye"]
    assert " - Boyd - " in story.section("Art")["name"]
    story.play("take")
    assert teachers() == ["Ms Lindgren", "Mr Okoye"]
    story.play("end")
    assert teachers() == ["Mr Okoye"]


def test_a_class_without_any_teacher_has_no_primary_one(tell: Tell) -> None:
    story = tell(CLASSES, "go: {leave: Mr Okoye}")

    story.play("go")

    assert story.section("Art")["teachers"] == []
    assert "teacher" not in story.section("Art")


def test_a_section_has_a_name_of_its_own_only_without_a_course(tell: Tell) -> None:
    cast = CLASSES.replace("{teacher: Mr Okoye}", "{teacher: Mr Okoye, course: none}")
    changes = "call: [{rename: {who: Art, name: Art 2}}, {rename: {who: Music, name: Choir}}]"
    story = tell(cast, changes)

    story.play("call")

    assert story.section("Art")["name"] == "Art 2"
    assert story.section("Music")["name"].startswith("Music - ")


def test_a_class_gets_another_course_and_term_and_stays_the_same_class(tell: Tell) -> None:
    story = tell(SCHEDULE, "swap: {reschedule: {section: Art, course: Songs, term: none}}")
    before = story.section("Art")
    crafts = story.id("Crafts")

    roster = story.play("swap")

    assert story.section("Art")["id"] == before["id"]
    assert story.section("Art")["course"] == story.id("Songs")
    assert story.section("Art")["name"].startswith("Songs - Okoye")
    assert "term_id" not in story.section("Art")
    assert crafts not in roster.courses


def test_a_class_that_moves_to_another_school_leaves_the_term_of_the_old_one(tell: Tell) -> None:
    story = tell(SCHEDULE, "move: {reschedule: {section: Art, school: middle}}")
    old = story.section("Art")["term_id"]

    story.play("move")

    assert story.section("Art").get("term_id") != old


def test_a_class_that_is_not_rescheduled_is_refused(tell: Tell) -> None:
    story = tell(SCHEDULE, "swap: {reschedule: {section: Art, course: Crafts}}")

    with pytest.raises(PlanError, match="nothing changes for Art"):
        story.play("swap")


def test_a_term_on_other_days_is_another_term(tell: Tell) -> None:
    story = tell(SCHEDULE, "later: {redate: {term: Spring, ends: 30}}")
    old = story.id("Spring")
    start = story.roster.terms[old].get("start_date")

    roster = story.play("later")

    assert old not in roster.terms
    assert story.section("Art")["term_id"] == story.id("Spring")
    assert roster.terms[story.id("Spring")].get("start_date") == start
    assert roster.terms[story.id("Spring")].get("end_date") == "2026-04-01"
    with pytest.raises(PlanError, match="Spring has these days already"):
        story.play("later")


def test_the_period_of_a_class_is_in_its_name(tell: Tell) -> None:
    story = tell(SCHEDULE, "move: {edit: {who: Art, fields: {period: '9'}}}")

    story.play("move")

    assert story.section("Art")["name"] == "Crafts - Okoye - 9"
    assert story.section("Art")["period"] == "9"
