from __future__ import annotations

from district.story import Story, Tell

from harness.district.data_model.grades import next_grade


def teacher_of(story: Story, name: str) -> tuple[str, list[str]]:
    role = story.user(name)["roles"]["teacher"]
    return role["school"], role["schools"]


def student_of(story: Story, name: str) -> tuple[str, list[str]]:
    role = story.user(name)["roles"]["student"]
    return role["school"], role["schools"]


def test_an_unchanged_record_is_the_same_object_the_next_day(tell: Tell) -> None:
    story = tell("Maya: {student: {school: high}}")
    first = story.roster

    second = story.next_day()

    for kept, again in (
        (first.users, second.users),
        (first.sections, second.sections),
        (first.courses, second.courses),
        (first.terms, second.terms),
        (first.schools, second.schools),
    ):
        assert all(again[key] is record for key, record in kept.items())
    assert first.district["last_sync"] < second.district["last_sync"]


def test_only_what_changed_is_modified_later(tell: Tell) -> None:
    story = tell("Maya: {student: {school: high}}", "go: {rename: {who: Maya, first: May}}")
    before = story.roster

    after = story.play("go")

    changed = [key for key, user in after.users.items() if user is not before.users[key]]
    assert changed == [story.id("Maya")]
    assert story.user("Maya")["last_modified"] == after.district["last_sync"]
    assert story.user("Maya")["created"] == before.users[story.id("Maya")]["created"]


def test_the_primary_school_has_most_sections(tell: Tell) -> None:
    story = tell(
        """
        Mira: {student: {school: middle, sections: [Band, Latin, Greek]}}
        Band: {section: {teacher: Ms Petrov}}
        Latin: {section: {teacher: Mr Adair}}
        Greek: {section: {teacher: Mr Adair}}
        Ms Petrov: {teacher: {school: middle}}
        Mr Adair: {teacher: {school: academy}}
        """,
        "less: {drop: {student: Mira, from: [Latin, Greek]}}",
    )
    middle, academy = story.school("middle"), story.school("academy")

    assert student_of(story, "Mira") == (academy, sorted([middle, academy]))
    story.play("less")
    assert student_of(story, "Mira") == (middle, [middle])


def test_of_two_schools_with_as_many_sections_the_one_with_more_students_is_primary(
    tell: Tell,
) -> None:
    story = tell(
        """
        Mira: {student: {school: middle, sections: [Band, Latin]}}
        Gail: {student: {school: academy, sections: [Latin]}}
        Band: {section: {teacher: Ms Petrov}}
        Latin: {section: {teacher: Mr Adair}}
        Ms Petrov: {teacher: {school: middle}}
        Mr Adair: {teacher: {school: academy}}
        """,
        "less: {unshare: Gail}",
    )

    assert student_of(story, "Mira")[0] == story.school("academy")
    story.play("less")
    assert student_of(story, "Mira")[0] == story.school("middle")


def test_without_sections_the_school_of_the_sis_counts(tell: Tell) -> None:
    story = tell("Maya: {student: {school: campus}}\nMr Lee: {teacher: {schools: [high, academy]}}")

    assert student_of(story, "Maya") == (story.school("campus"), [story.school("campus")])
    assert teacher_of(story, "Mr Lee")[0] == story.school("high")


def test_a_teacher_is_also_at_the_schools_of_their_sections(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {school: high, teacher: Mr Lee}}
        Mr Lee: {teacher: {school: campus}}
        """
    )

    schools = sorted([story.school("campus"), story.school("high")])
    assert teacher_of(story, "Mr Lee") == (story.school("high"), schools)


def test_a_section_vanishes_with_its_last_student_and_takes_its_course_and_term(
    tell: Tell,
) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: Mr Lee, course: Crafts, term: Spring}}
        Mr Lee: {teacher: {school: high}}
        Crafts: {course: {}}
        Spring: {term: {school: high, starts: -30, ends: 60}}
        """,
        "empty: {drop: {student: Maya, from: Art}}\nfull: {enroll: {student: Maya, in: Art}}",
    )
    ids = story.id("Art"), story.id("Crafts"), story.id("Spring")

    def shared() -> tuple[bool, bool, bool]:
        roster = story.roster
        return ids[0] in roster.sections, ids[1] in roster.courses, ids[2] in roster.terms

    assert shared() == (True, True, True)
    story.play("empty")
    assert shared() == (False, False, False)
    assert "teacher" in story.user("Mr Lee")["roles"]
    story.play("full")
    assert shared() == (True, True, True)


def test_term_days_hang_on_the_run_date(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: Mr Lee, term: Spring}}
        Mr Lee: {teacher: {school: high}}
        Spring: {term: {school: high, name: Y1, starts: -30, ends: 60}}
        """
    )

    term = story.roster.terms[story.id("Spring")]
    assert (term.get("name"), term.get("start_date"), term.get("end_date")) == (
        "Y1",
        "2026-01-31",
        "2026-05-01",
    )
    others = {row.get("end_date") for key, row in story.roster.terms.items() if key != term["id"]}
    assert others == {"2026-03-03"}


def test_a_section_is_named_after_course_teacher_and_period(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art, Club]}}
        Art: {section: {teacher: Mr Lee, course: Crafts, fields: {period: "3"}}}
        Club: {section: {teacher: Mr Lee, course: none, term: none}}
        Mr Lee: {teacher: {school: high}}
        Crafts: {course: {name: Arts and Crafts}}
        """
    )

    assert story.section("Art")["name"].startswith("Arts and Crafts - Lee")
    assert story.section("Club")["name"] == "Club"
    assert not {"course", "term_id"} & set(story.section("Club"))


def test_the_grade_of_a_section_is_that_of_most_members(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: elementary, grade: 3, sections: [Art, Choir]}}
        Leo: {student: {school: elementary, grade: 4, sections: [Art, Choir]}}
        Ines: {student: {school: elementary, grade: 4, sections: [Art, Choir]}}
        Art: {section: {teacher: Mr Lee}}
        Choir: {section: {teacher: Mr Lee, fields: {grade: "1"}}}
        Mr Lee: {teacher: {school: elementary}}
        """
    )

    assert story.section("Art").get("grade") == "4"
    assert story.section("Choir").get("grade") == "1"


def test_employees_with_one_address_are_one_user_and_split_into_the_old_ones(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: Mr Keller}}
        Mr Keller: {teacher: {school: high}}
        Principal Keller: {staff: {schools: [campus]}}
        """,
        """
        merge: {new-email: {who: Principal Keller, same-as: Mr Keller}}
        split: {new-email: Principal Keller}
        """,
    )
    apart = story.id("Mr Keller"), story.id("Principal Keller")

    merged = story.play("merge")

    assert story.id("Mr Keller") == story.id("Principal Keller")
    assert not set(apart) & set(merged.users)
    assert set(story.user("Mr Keller")["roles"]) == {"teacher", "staff"}
    assert story.section("Art")["teacher"] == story.id("Mr Keller")
    story.play("split")
    assert (story.id("Mr Keller"), story.id("Principal Keller")) == apart


def test_a_student_or_contact_is_never_merged_with_an_employee(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high}}
        Ana: {contact: {of: {Maya: Parent}}, email: ana.lee}
        Ms Lee: {teacher: {school: high}}
        """
    )

    assert story.id("Ana") != story.id("Ms Lee")
    assert story.user("Ana")["email"] == f"ana.lee@{story.sis.domain}"


def test_a_school_that_is_not_shared_takes_its_sections_and_people_along(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: campus, sections: [Art]}}
        Art: {section: {teacher: Mr Lee}}
        Mr Lee: {teacher: {school: campus}}
        Mira: {student: {school: campus, sections: [Latin]}}
        Latin: {section: {school: high, teacher: Ms Ito}}
        Ms Ito: {teacher: {schools: [campus, high]}, staff: {schools: [campus]}}
        Ana: {contact: {of: {Maya: Parent}}}
        """,
        "close: {unshare: campus}\nopen: {share: campus}",
    )
    first, campus = story.roster, story.school("campus")

    closed = story.play("close")

    assert campus not in closed.schools
    assert not {story.id(name) for name in ("Maya", "Mr Lee", "Ana")} & set(closed.users)
    assert student_of(story, "Mira") == (story.school("high"), [story.school("high")])
    assert set(story.user("Ms Ito")["roles"]) == {"teacher"}
    opened = story.play("open")
    assert set(opened.users) == set(first.users)
    assert set(opened.sections) == set(first.sections)


def test_two_people_with_the_same_role_and_address_are_one_user_with_the_schools_of_both(
    tell: Tell,
) -> None:
    story = tell(
        """
        Maya: {student: {school: campus, sections: [Art]}}
        Art: {section: {teacher: Mr Lee}}
        Ms Lee: {teacher: {school: high}, staff: {schools: [high]}, email: lee}
        Mr Lee: {teacher: {school: campus}, staff: {schools: [middle]}, email: lee}
        """
    )

    roles = story.user("Ms Lee")["roles"]

    assert story.id("Ms Lee") == story.id("Mr Lee")
    assert roles["teacher"]["school"] == story.school("campus")
    assert roles["teacher"]["schools"] == sorted([story.school("campus"), story.school("high")])
    assert roles["staff"]["schools"] == sorted([story.school("middle"), story.school("high")])


def test_a_grade_without_order_stays() -> None:
    assert next_grade("Ungraded") == "Ungraded"
    assert next_grade("") == ""
    assert (next_grade("Kindergarten"), next_grade("12")) == ("1", None)
