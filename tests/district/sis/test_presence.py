from __future__ import annotations

import pytest
from district.story import CLASSES, Tell

from harness.errors import DocumentError, PlanError


def test_a_student_who_leaves_and_returns_is_the_same_record_in_the_same_class(tell: Tell) -> None:
    story = tell(CLASSES, "go: {leave: Maya}\nback: {return: Maya}")
    before, section = story.user("Maya"), story.section("Art")

    away = story.play("go")
    story.play("back")

    assert before["id"] not in away.users
    assert story.user("Maya") == {**before, "last_modified": story.user("Maya")["last_modified"]}
    assert story.user("Maya")["created"] == before["created"]
    assert story.section("Art")["students"] == section["students"]


@pytest.mark.parametrize(("days", "same"), [(290, True), (310, False)])
def test_after_three_hundred_days_somebody_is_new_to_clever(
    tell: Tell, days: int, same: bool
) -> None:
    story = tell(CLASSES, "go: {leave: Maya}\nback: {return: Maya}")
    before = story.user("Maya")

    story.play("go")
    story.later = days
    story.play("back")

    after = story.user("Maya")
    assert (after["id"] == before["id"]) is same
    assert (after["created"] == before["created"]) is same
    assert after["roles"]["student"]["sis_id"] == before["roles"]["student"]["sis_id"]
    assert before["id"] in story.roster.users or not same
    assert story.section("Art")["students"].count(after["id"]) == 1


def test_the_clever_id_of_somebody_away_is_still_known(tell: Tell) -> None:
    story = tell(CLASSES, "go: {leave: Maya}")
    known = story.id("Maya")

    story.play("go")

    assert story.sis.cast_ids()["some-case"]["Maya"] == known


def test_unsharing_and_sharing_again_gives_the_same_record(tell: Tell) -> None:
    story = tell(CLASSES, "hide: {unshare: Maya}\nshow: {share: Maya}")
    before = story.user("Maya")

    hidden = story.play("hide")
    story.play("show")

    assert before["id"] not in hidden.users
    assert before["id"] not in hidden.sections[story.id("Art")]["students"]
    assert story.user("Maya")["created"] == before["created"]


@pytest.mark.parametrize("away", ["leave", "unshare"])
def test_a_section_goes_with_its_course_and_comes_back_with_it(tell: Tell, away: str) -> None:
    back = {"leave": "return", "unshare": "share"}[away]
    story = tell(CLASSES, f"go: {{{away}: Art}}\nback: {{{back}: Art}}")
    course = story.section("Art")["course"]

    gone = story.play("go")
    story.play("back")

    assert story.id("Art") not in gone.sections
    assert course not in gone.courses
    assert story.section("Art")["course"] == course


def test_a_course_or_a_term_that_leaves_takes_only_the_link_off_its_sections(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: Mr Okoye, course: Crafts, term: Spring}}
        Mr Okoye: {teacher: {school: high}}
        Crafts: {course: {name: Arts and Crafts}}
        Spring: {term: {school: high}}
        """,
        "go: [{leave: Crafts}, {leave: Spring}]\nback: [{return: Spring}, {return: Crafts}]",
    )
    course, term = story.id("Crafts"), story.id("Spring")

    gone = story.play("go")
    without = story.section("Art")
    story.play("back")

    assert course not in gone.courses
    assert term not in gone.terms
    assert "course" not in without
    assert "term_id" not in without
    assert (story.section("Art")["course"], story.section("Art")["term_id"]) == (course, term)


def test_who_is_created_anew_has_the_same_id(tell: Tell) -> None:
    story = tell(CLASSES, "anew: {create-anew: Maya}")
    maya = story.user("Maya")

    roster = story.play("anew")

    assert roster.users[maya["id"]]["created"] > maya["created"]
    assert story.id("Maya") == maya["id"]


def test_somebody_who_arrives_is_new_and_somebody_unshared_from_the_start_is_old(
    tell: Tell,
) -> None:
    story = tell(
        """
        Maya: {student: {school: elementary, sections: [Art]}, away: true}
        Leo: {student: {school: elementary, sections: [Art]}, unshared: true}
        Art: {section: {teacher: Mr Okoye}}
        Mr Okoye: {teacher: {school: elementary}}
        """,
        "come: [{arrive: Maya}, {share: Leo}]",
    )
    assert not {story.id("Maya"), story.id("Leo"), story.id("Art")} & set(story.roster.users)

    story.play("come")

    assert story.user("Leo")["created"] < story.user("Maya")["created"]
    assert story.user("Maya")["created"] == story.user("Maya")["last_modified"]
    assert len(story.section("Art")["students"]) == 2


def test_who_is_still_listed_is_named_by_classes_and_not_shared(tell: Tell) -> None:
    story = tell(CLASSES, "hide: [{unshare: {who: Maya, still-listed: true}}]\nshow: {share: Maya}")
    art = story.section("Art")

    story.play("hide")

    assert story.id("Maya") not in story.roster.users
    assert story.section("Art") is art
    story.play("show")
    assert story.id("Maya") in story.roster.users
    assert story.section("Art") is art


def test_a_teacher_who_is_still_listed_stays_primary(tell: Tell) -> None:
    story = tell(CLASSES, "hide: {unshare: {who: Mr Okoye, still-listed: true}}")

    story.play("hide")

    art = story.section("Art")
    assert story.id("Mr Okoye") not in story.roster.users
    assert art["teacher"] == art["teachers"][0] == story.id("Mr Okoye")


def test_a_class_whose_only_student_is_still_listed_is_not_shared(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}, unshared: true, still-listed: true}
        Art: {section: {teacher: Mr Okoye}}
        Mr Okoye: {teacher: {school: high}}
        """
    )

    assert story.id("Art") not in story.roster.sections


def test_only_people_who_are_not_shared_are_still_listed(tell: Tell) -> None:
    with pytest.raises(DocumentError, match="only people who are not shared"):
        tell("Maya: {student: {school: high}, still-listed: true}")
    story = tell(CLASSES, "hide: {unshare: {who: Art, still-listed: true}}")
    with pytest.raises(PlanError, match="Art is not a person"):
        story.play("hide")
