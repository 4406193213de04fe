from __future__ import annotations

import pytest
from district.story import CLASSES, FAMILY, SCHEDULE, Tell

from harness.errors import PlanError


def test_a_transfer_changes_school_classes_and_if_wanted_the_address(tell: Tell) -> None:
    story = tell(
        """
        Lena: {student: {school: middle, sections: [Science]}}
        Omar: {student: {school: middle, sections: [Science]}}
        Kofi: {student: {school: campus, sections: [Biology]}}
        Science: {section: {teacher: Ms Park}}
        Biology: {section: {teacher: Mr Duarte}}
        Ms Park: {teacher: {school: middle}}
        Mr Duarte: {teacher: {school: campus}}
        """,
        """
        go: {transfer: {student: Lena, to: campus, sections: [Biology], new-email: true}}
        back: {transfer: {student: Lena, to: middle, sections: [Science], grade: 7}}
        """,
    )
    before = story.user("Lena")

    story.play("go")
    after = story.user("Lena")

    assert after["roles"]["student"]["school"] == story.school("campus")
    assert after["roles"]["student"]["schools"] == [story.school("campus")]
    assert after["email"] != before["email"]
    assert after["roles"]["student"]["email"] == after["email"]
    assert story.names(story.section("Science")["students"]) == ["Omar"]
    story.play("back")
    assert story.user("Lena")["roles"]["student"]["grade"] == "7"
    assert story.user("Lena")["email"] == after["email"]


def test_roles_are_gained_and_lost_within_one_user(tell: Tell) -> None:
    story = tell(
        CLASSES,
        """
        more: {gain-role: {person: Mr Boyd, staff: {schools: [campus, high]}}}
        less: {lose-role: {person: Mr Boyd, role: teacher}}
        """,
    )
    before = story.id("Mr Boyd")

    story.play("more")
    roles = story.user("Mr Boyd")["roles"]
    assert set(roles) == {"teacher", "staff"}
    assert roles["staff"]["schools"] == [story.school("campus"), story.school("high")]
    story.play("less")
    assert set(story.user("Mr Boyd")["roles"]) == {"staff"}
    assert story.names(story.section("Music")["teachers"]) == ["Ms Lindgren"]
    assert story.id("Mr Boyd") == before


def test_an_employee_works_at_other_schools_in_one_role(tell: Tell) -> None:
    story = tell(
        """
        Ms Moreau: {staff: {schools: [elementary, middle]}, teacher: {school: academy}}
        """,
        """
        staff: {reschool: {who: Ms Moreau, role: staff, schools: [high]}}
        teacher: {reschool: {who: Ms Moreau, role: teacher, schools: [campus, high]}}
        """,
    )

    story.play("staff", "teacher")

    roles = story.user("Ms Moreau")["roles"]
    assert roles["staff"]["schools"] == [story.school("high")]
    assert roles["teacher"]["school"] == story.school("campus")
    assert roles["teacher"]["schools"] == [story.school("campus"), story.school("high")]


def test_names_change_and_the_class_of_a_teacher_is_renamed(tell: Tell) -> None:
    story = tell(
        CLASSES,
        "marry: [{rename: {who: Mr Okoye, last: Brook}}, {rename: {who: Maya, first: May}}]",
    )
    ids = story.id("Mr Okoye"), story.id("Maya")

    story.play("marry")

    assert story.user("Maya")["name"]["first"] == "May"
    assert story.user("Mr Okoye")["name"]["last"] == "Brook"
    assert " - Brook - " in story.section("Art")["name"]
    assert (story.id("Mr Okoye"), story.id("Maya")) == ids


def test_courses_and_terms_with_another_name_have_another_id(tell: Tell) -> None:
    """Clever builds both from section data: another name is another course or term."""
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: Mr Okoye, course: Crafts, term: Spring}}
        Mr Okoye: {teacher: {school: high}}
        Crafts: {course: {}}
        Spring: {term: {school: high}}
        """,
        "go: [{rename: {who: Crafts, name: Arts}}, {rename: {who: Spring, name: S2}}]",
    )
    before = story.id("Crafts"), story.id("Spring")

    roster = story.play("go")

    assert before[0] not in roster.courses
    assert before[1] not in roster.terms
    assert roster.courses[story.id("Crafts")].get("name") == "Arts"
    assert roster.terms[story.section("Art")["term_id"]].get("name") == "S2"


def test_a_school_with_another_name_is_the_same_school(tell: Tell) -> None:
    story = tell(CLASSES, "go: {rename: {who: elementary, name: Fig Lane School}}")
    before = story.school("elementary")

    roster = story.play("go")

    assert roster.schools[before]["name"] == "Fig Lane School"


def test_addresses_change_to_a_new_one_a_given_one_or_none(tell: Tell) -> None:
    story = tell(
        CLASSES,
        """
        new: {new-email: Maya}
        given: {new-email: {who: Maya, to: maya}}
        none: {new-email: {who: Maya, to: none}}
        """,
    )
    first, domain = story.user("Maya")["email"], story.sis.domain

    story.play("new")
    second = story.user("Maya")["email"]
    story.play("given")
    third = story.user("Maya")["email"]
    story.play("none")

    assert len({first, second, third}) == 3
    assert second.endswith(f"@{domain}")
    assert third == f"maya@{domain}"
    assert story.user("Maya")["email"] == ""


def test_a_contact_without_a_sis_id_is_another_one_when_the_address_changes(tell: Tell) -> None:
    cast = FAMILY.replace("}}}", "}, fields: {sis_id: ''}}}")
    story = tell(cast, "new: {new-email: Ana}\ncall: {rename: {who: Ana, last: Ana Moss}}")
    first = story.user("Ana")

    story.play("new")
    second = story.user("Ana")
    story.play("call")
    third = story.user("Ana")

    assert len({first["id"], second["id"], third["id"]}) == 3
    assert second["created"] > first["created"]
    assert first["id"] not in story.roster.users
    assert third["name"] == {"last": "Ana Moss"}


def test_a_contact_with_a_sis_id_stays_the_same(tell: Tell) -> None:
    cast = FAMILY.replace("}}}", "}, fields: {sis_id: '17'}}}")
    story = tell(cast, "new: {new-email: Ana}")
    before = story.id("Ana")

    story.play("new")

    assert story.id("Ana") == before


def test_contacts_are_related_and_unrelated_and_gone_without_a_student(tell: Tell) -> None:
    story = tell(
        FAMILY,
        """
        less: {unrelate: {contact: Ana, student: Leo}}
        change: {relate: {contact: Ana, student: Maya, as: Grandparent}}
        none: {unrelate: {contact: Ana, student: Maya}}
        """,
    )

    def related() -> dict[str, str]:
        rows = story.user("Ana")["roles"]["contact"]["student_relationships"]
        return {story.names([row["student"]])[0]: row["relationship"] for row in rows}

    assert related() == {"Maya": "Parent", "Leo": "Aunt/Uncle"}
    story.play("less", "change")
    assert related() == {"Maya": "Grandparent"}
    gone = story.play("none")
    assert story.id("Ana") not in gone.users


def test_a_contact_is_shared_with_the_first_of_their_students(tell: Tell) -> None:
    story = tell(FAMILY, "one: {unshare: Maya}\nboth: {leave: Leo}")

    story.play("one")
    rows = story.user("Ana")["roles"]["contact"]["student_relationships"]
    assert [row["student"] for row in rows] == [story.id("Leo")]
    assert story.id("Ana") not in story.play("both").users


def test_fields_are_edited_and_left_out(tell: Tell) -> None:
    story = tell(
        CLASSES,
        """
        maya: {edit: {who: Maya, fields: {gender: X, dob: "", race: null}}}
        art: {edit: {who: Art, fields: {subject: math, grade: null}}}
        """,
    )

    story.play("maya", "art")

    role = story.user("Maya")["roles"]["student"]
    assert (role["gender"], role["dob"]) == ("X", "")
    assert "race" not in role
    assert story.section("Art")["subject"] == "math"
    assert "grade" not in story.section("Art")


def test_a_contact_stops_being_one_only_of_their_own_student(tell: Tell) -> None:
    story = tell(
        CLASSES + "Ana: {contact: {of: {Maya: Parent}}}",
        "less: {unrelate: {contact: Ana, student: Leo}}",
    )

    with pytest.raises(PlanError, match="Ana is not a contact of Leo"):
        story.play("less")


def test_a_school_has_other_grades(tell: Tell) -> None:
    story = tell(SCHEDULE, "grow: {edit: {who: campus, fields: {low_grade: '4'}}}")

    roster = story.play("grow")

    assert roster.schools[story.school("campus")]["low_grade"] == "4"
