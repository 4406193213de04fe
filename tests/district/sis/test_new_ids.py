from __future__ import annotations

from district.story import CLASSES, Tell


def test_a_new_sis_id_makes_somebody_new(tell: Tell) -> None:
    story = tell(CLASSES, "new: [{new-sis-id: Maya}, {new-sis-id: Mr Okoye}, {new-sis-id: Art}]")
    names = ("Maya", "Mr Okoye", "Art")
    before = {name: story.id(name) for name in names}
    maya, art = story.user("Maya"), story.section("Art")

    roster = story.play("new")

    assert all(story.id(name) != before[name] for name in names)
    assert not set(before.values()) & (set(roster.users) | set(roster.sections))
    assert story.user("Maya")["roles"]["student"]["sis_id"] != maya["roles"]["student"]["sis_id"]
    assert story.section("Art")["sis_id"] != art["sis_id"]
    assert story.section("Art")["teacher"] == story.id("Mr Okoye")
    assert story.user("Maya")["created"] > maya["created"]


def test_courses_terms_and_schools_are_new_with_a_new_number(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: Mr Okoye, course: Crafts, term: Spring}}
        Mr Okoye: {teacher: {school: high}}
        Crafts: {course: {}, away: true}
        Spring: {term: {school: high}}
        """,
        "new: [{new-sis-id: Spring}, {new-sis-id: high}]\ncome: {arrive: Crafts}",
    )
    term, school = story.id("Spring"), story.school("high")
    number = story.roster.schools[school]["sis_id"]
    assert "course" not in story.section("Art")

    story.play("come")
    roster = story.play("new")

    assert story.section("Art")["course"] == story.id("Crafts")
    assert story.section("Art")["term_id"] == story.id("Spring") != term
    assert story.section("Art")["school"] == story.school("high") != school
    assert story.user("Maya")["roles"]["student"]["school"] == story.school("high")
    assert school not in roster.schools
    assert roster.schools[story.school("high")]["sis_id"] != number


def test_employees_with_new_numbers_have_new_numbers_in_each_role(tell: Tell) -> None:
    story = tell(
        "Ms Ito: {teacher: {school: high}, staff: {schools: [high]}}", "new: {new-sis-id: Ms Ito}"
    )
    before = story.user("Ms Ito")["roles"]

    story.play("new")

    after = story.user("Ms Ito")["roles"]
    assert after["teacher"]["sis_id"] != before["teacher"]["sis_id"]
    assert after["staff"]["staff_id"] != before["staff"]["staff_id"]
    assert after["staff"]["legacy_id"] != before["staff"]["legacy_id"]
