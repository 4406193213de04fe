from __future__ import annotations

from collections.abc import Mapping

import pytest
from district.story import Tell

from harness.district.data_model.raw import AS_IT_IS, Raw, as_sent
from harness.district.data_model.records import Kind, roles_of, schools_of


def test_a_value_is_left_out_null_or_another_one() -> None:
    record = {"id": "a", "name": {"first": "Nia", "middle": "", "last": "Bo"}, "email": "n@b"}
    raw = Raw(absent=("name.middle",), nulls=("email",), values={"hair": "red"})

    assert as_sent(record, raw) == {
        "id": "a",
        "name": {"first": "Nia", "last": "Bo"},
        "email": None,
        "hair": "red",
    }
    assert record["email"] == "n@b"
    assert as_sent(record, AS_IT_IS) is record


def test_the_first_entry_of_a_list_is_sent_twice() -> None:
    record = {"id": "a", "roles": {"teacher": {"schools": ["x", "y"]}}}

    sent = as_sent(record, Raw(twice=("roles.teacher.schools",)))

    assert sent == {"id": "a", "roles": {"teacher": {"schools": ["x", "y", "x"]}}}
    assert as_sent({"students": ["n"]}, Raw(twice=("students",))) == {"students": ["n", "n"]}


def test_the_address_in_a_students_role_has_the_form_of_the_users(tell: Tell) -> None:
    story = tell(
        """
        Nia: {student: {school: high}, raw: {absent: [email]}}
        Zoe: {student: {school: high}, raw: {nulls: [email, roles.student.dob]}}
        """
    )

    nia, zoe = story.user("Nia"), story.user("Zoe")
    assert "email" not in nia
    assert "email" not in nia["roles"]["student"]
    student: Mapping[str, object] = {**zoe["roles"]["student"]}
    assert {**zoe}["email"] is None
    assert (student["email"], student["dob"]) == (None, None)


def test_classes_courses_terms_and_schools_are_sent_as_the_cast_says(tell: Tell) -> None:
    story = tell(
        """
        Nia: {student: {school: high, sections: [Art]}}
        Art:
          section: {teacher: Ms Ito, course: Crafts, term: Spring}
          raw: {absent: [period], nulls: [subject]}
        Ms Ito: {teacher: {school: high}}
        Crafts: {course: {}, raw: {nulls: [number]}}
        Spring: {term: {school: high}, raw: {absent: [start_date], nulls: [end_date]}}
        The Academy: {school: {key: academy}, raw: {absent: [phone], nulls: [location]}}
        """
    )

    assert "period" not in story.section("Art")
    assert story.section("Art")["subject"] is None
    roster = story.roster
    assert roster.courses[story.id("Crafts")]["number"] is None
    assert "start_date" not in roster.terms[story.id("Spring")]
    academy = roster.schools[story.id("The Academy")]
    assert academy["name"] == "Alder Academy"
    assert academy["location"] is None


def test_a_role_that_is_null_is_no_role(tell: Tell) -> None:
    story = tell(
        """
        Nia: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: Ms Ito}}
        Ms Ito: {teacher: {school: high}, raw: {nulls: [roles.staff, roles.contact]}}
        """
    )

    ito = story.user("Ms Ito")
    assert set(ito["roles"]) == {"teacher", "staff", "contact"}
    assert list(roles_of(ito)) == ["teacher"]
    assert schools_of(ito) == (story.school("high"),)


def test_what_is_raw_stays_so_and_changes_nothing_from_day_to_day(tell: Tell) -> None:
    story = tell("Nia: {student: {school: high}, raw: {values: {roles.student.hair: red}}}")

    before, after = story.roster, story.next_day()

    assert all(
        before.of(kind)[key] is row
        for kind in Kind
        for key, row in after.of(kind).items()
        if kind is not Kind.DISTRICTS
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("{absent: [emial]}", 'at cast.Nia.raw.absent: Clever has no "emial" here; did you mean'),
        ("{nulls: [roles.student.hair]}", 'Clever has no "roles.student.hair" here'),
        ("{lacking: [email]}", "at cast.Nia.raw.lacking: unknown key"),
    ],
)
def test_a_path_that_clever_does_not_know_is_named(tell: Tell, raw: str, message: str) -> None:
    with pytest.raises(Exception, match=message.replace(".", r"\.")):
        tell(f"Nia: {{student: {{school: high}}, raw: {raw}}}")
