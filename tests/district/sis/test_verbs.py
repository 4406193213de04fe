from __future__ import annotations

import pytest
from district.story import RUN_DATE, ReadCase, Tell

from harness.district.build import build_district
from harness.district.casts.changes import apply_change
from harness.district.population.sizes import SMALL
from harness.errors import DocumentError, PlanError

CLASSES = """
Maya: {student: {school: elementary, sections: [Art]}}
Leo: {student: {school: elementary, sections: [Art, Music]}}
Art: {section: {teacher: Mr Okoye}}
Music: {section: {teachers: [Ms Lindgren, Mr Boyd]}}
Mr Okoye: {teacher: {school: elementary}}
Ms Lindgren: {teacher: {school: elementary}}
Mr Boyd: {teacher: {school: elementary}}
"""
FAMILY = """
Maya: {student: {school: elementary, sections: [Art]}}
Leo: {student: {school: elementary, sections: [Art]}}
Art: {section: {teacher: Mr Okoye}}
Mr Okoye: {teacher: {school: elementary}}
Ana: {contact: {of: {Maya: Parent, Leo: Aunt/Uncle}}}
"""


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


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("{return: Maya}", "Maya is there already"),
        ("[{leave: Maya}, {leave: Maya}]", "Maya is not there"),
        ("{share: Maya}", "Maya is shared already"),
        ("[{unshare: Maya}, {unshare: Maya}]", "Maya is not shared"),
        ("{enroll: {student: Maya, in: Art}}", "Maya is in Art already"),
        ("[{leave: Music}, {enroll: {student: Maya, in: Music}}]", "Music is not there"),
        ("{drop: {student: Maya, from: Music}}", "Maya is not in Music"),
        ("{co-teach: {section: Music, with: Mr Boyd}}", "Mr Boyd teaches Music already"),
        ("{stop-teaching: {section: Art, teacher: Mr Boyd}}", "Mr Boyd does not teach Art"),
        ("{replace-teacher: {section: Art, by: Mr Okoye}}", "the primary teacher of Art already"),
        ("{promote-teacher: {section: Music, teacher: Ms Lindgren}}", "the primary teacher of"),
        ("{gain-role: {person: Mr Boyd, teacher: {school: high}}}", "has the role teacher already"),
        ("{lose-role: {person: Mr Boyd, role: staff}}", "Mr Boyd has no role staff"),
        ("{lose-role: {person: Mr Boyd, role: teacher}}", "the only role of Mr Boyd; say leave"),
        ("{new-email: {who: Maya, same-as: Maya}}", "Maya has this address already"),
        ("{edit: {who: Mr Boyd, role: staff, fields: {title: x}}}", "Mr Boyd has no role staff"),
        ("{reschool: {who: Mr Boyd, role: staff, schools: [high]}}", "no role staff with schools"),
    ],
)
def test_a_change_that_does_not_fit_names_file_line_and_reason(
    tell: Tell, step: str, reason: str
) -> None:
    story = tell(CLASSES, f"it happens: {step}")

    with pytest.raises(PlanError) as caught:
        story.play("it happens")

    assert reason in str(caught.value)
    assert "some-case.yaml:" in str(caught.value)
    assert "at changes.it happens" in str(caught.value)


def test_a_person_who_is_no_teacher_does_not_teach(tell: Tell) -> None:
    story = tell(
        CLASSES + "Ms Moreau: {staff: {schools: [elementary]}}",
        "it happens: {co-teach: {section: Art, with: Ms Moreau}}",
    )

    with pytest.raises(PlanError, match="Ms Moreau is not a teacher"):
        story.play("it happens")


def test_what_is_not_in_a_small_district_cannot_leave_it_nor_be_gone_to(
    read_case: ReadCase,
) -> None:
    case = read_case(
        "Maya: {student: {school: middle}}\nMr Lee: {teacher: {school: middle}}",
        """
        close: {unshare: high}
        go: {transfer: {student: Maya, to: high}}
        work: {reschool: {who: Mr Lee, role: teacher, schools: [high]}}
        """,
    )
    sis = build_district((case.cast,), seed=1, salt="a", run_date=RUN_DATE, size=SMALL)

    for change, reason in (
        ("close", "high is not in this district"),
        ("go", 'this district has no school "high"'),
        ("work", 'this district has no school "high"'),
    ):
        with pytest.raises(PlanError, match=reason):
            apply_change(sis, case.cast, change)


def test_a_section_has_a_name_of_its_own_only_without_a_course(tell: Tell) -> None:
    cast = CLASSES.replace("{teacher: Mr Okoye}", "{teacher: Mr Okoye, course: none}")
    changes = "call: [{rename: {who: Art, name: Art 2}}, {rename: {who: Music, name: Choir}}]"
    story = tell(cast, changes)

    story.play("call")

    assert story.section("Art")["name"] == "Art 2"
    assert story.section("Music")["name"].startswith("Music - ")


def test_a_contact_stops_being_one_only_of_their_own_student(tell: Tell) -> None:
    story = tell(
        CLASSES + "Ana: {contact: {of: {Maya: Parent}}}",
        "less: {unrelate: {contact: Ana, student: Leo}}",
    )

    with pytest.raises(PlanError, match="Ana is not a contact of Leo"):
        story.play("less")


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


SCHEDULE = """
Maya: {student: {school: high, sections: [Art]}}
Art: {section: {teacher: Mr Okoye, course: Crafts, term: Spring}}
Music: {section: {teacher: Mr Okoye, course: Songs, term: Summer}}
Leo: {student: {school: high, sections: [Music]}}
Mr Okoye: {teacher: {school: high}}
Crafts: {course: {}}
Songs: {course: {}}
Spring: {term: {school: high}}
Summer: {term: {school: high}}
"""


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


def test_a_school_has_other_grades(tell: Tell) -> None:
    story = tell(SCHEDULE, "grow: {edit: {who: campus, fields: {low_grade: '4'}}}")

    roster = story.play("grow")

    assert roster.schools[story.school("campus")]["low_grade"] == "4"


def test_the_period_of_a_class_is_in_its_name(tell: Tell) -> None:
    story = tell(SCHEDULE, "move: {edit: {who: Art, fields: {period: '9'}}}")

    story.play("move")

    assert story.section("Art")["name"] == "Crafts - Okoye - 9"
    assert story.section("Art")["period"] == "9"


def test_a_class_of_a_size_is_filled_with_ordinary_students_of_its_school(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Choir]}}
        Choir: {section: {teacher: Mr Okoye, size: 9}}
        Mr Okoye: {teacher: {school: high}}
        """
    )

    students = story.section("Choir")["students"]

    assert len(students) == 9
    assert story.id("Maya") in students
    for student in students:
        assert story.school("high") in story.roster.users[student]["roles"]["student"]["schools"]
