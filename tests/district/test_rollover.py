from __future__ import annotations

from dataclasses import replace

import pytest
from district.story import FIRST, RUN_DATE, Story, Tell

from harness.district.build import build_district
from harness.district.clever.rules import share
from harness.district.data_model.grades import next_grade
from harness.district.data_model.records import User
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.population.five_schools import SCHOOLS
from harness.district.rollover import roll_over
from harness.district.sis.sis import Sis
from harness.errors import PlanError

CAST = """
Maya: {student: {school: elementary, sections: [Art, Music]}}
Finn: {student: {school: elementary, grade: 5, sections: [Art]}}
Gail: {student: {school: high, grade: 12, sections: [Latin]}}
Hugo: {student: {school: high, sections: [Latin]}}
Odd: {student: {school: elementary, grade: 9, sections: [Art]}}
Idle: {student: {school: elementary}}
Art: {section: {teachers: [Mr Okoye, Ms Ito]}}
Music: {section: {teacher: Mr Okoye, course: none, term: none}}
Latin: {section: {teacher: Mr Lee, course: Classics, term: Spring}}
Classics: {course: {}}
Spring: {term: {school: high}}
Mr Okoye: {teacher: {school: elementary}}
Ms Ito: {teacher: {school: elementary}}
Mr Lee: {teacher: {school: high}}
Ana: {contact: {of: {Maya: Parent}}}
"""


@pytest.fixture
def rolled(tell: Tell) -> Story:
    story = tell(CAST)
    story.sis = roll_over(replace(story.sis, at=timestamp(FIRST)))
    story.next_day()
    return story


def students(roster: Roster) -> dict[str, User]:
    return {key: user for key, user in roster.users.items() if "student" in user["roles"]}


def test_terms_courses_and_sections_are_all_new(rolled: Story) -> None:
    before, after = rolled.rosters

    assert after.sections
    assert not set(before.sections) & set(after.sections)
    assert not set(before.courses) & set(after.courses)
    assert not set(before.terms) & set(after.terms)
    assert set(before.schools) == set(after.schools)


def test_new_terms_start_on_the_run_date(rolled: Story) -> None:
    before, after = rolled.rosters

    assert {term.get("end_date") for term in before.terms.values()} == {"2026-03-03"}
    assert {term.get("start_date") for term in after.terms.values()} == {RUN_DATE.isoformat()}


def test_pupils_go_up_a_grade_and_keep_their_id_and_their_number(rolled: Story) -> None:
    before, after = map(students, rolled.rosters)

    for key in set(before) & set(after) - {rolled.id("Odd")}:
        old, new = before[key]["roles"]["student"], after[key]["roles"]["student"]
        assert new.get("grade") == next_grade(old.get("grade", ""))
        assert new["sis_id"] == old["sis_id"]
    leavers = {key for key, user in before.items() if user["roles"]["student"]["grade"] == "12"}
    assert set(before) - set(after) == leavers
    assert leavers


def test_who_finishes_a_school_goes_to_the_next(ordinary: Sis) -> None:
    after = roll_over(ordinary)

    for person in ordinary.people.values():
        if "student" not in person.roles or not after.people[person.uid].present:
            continue
        old, new = person.roles["student"], after.people[person.uid].roles["student"]
        plan = SCHOOLS[old["school"]]
        moved = old.get("grade") == plan.high
        assert new["school"] == (plan.next if moved else old["school"])


def test_everybody_who_had_classes_has_classes_again(rolled: Story) -> None:
    before, after = rolled.rosters
    had = {key for section in before.sections.values() for key in section["students"]}
    have = {key for section in after.sections.values() for key in section["students"]}

    assert had & set(after.users) <= have
    assert rolled.id("Idle") not in have


def test_cast_members_stay_together_and_who_changes_school_finds_other_classes(
    rolled: Story,
) -> None:
    art = rolled.section("Art next year")

    assert set(rolled.names(art["students"])) == {"Maya", "Odd"}
    assert rolled.names(art["teachers"]) == ["Mr Okoye", "Ms Ito"]
    assert rolled.user("Finn")["roles"]["student"]["school"] == rolled.school("middle")
    assert len(rolled.roster.sections_of(rolled.id("Finn"))) >= 1
    assert rolled.id("Gail") not in rolled.roster.users
    assert rolled.names(rolled.section("Latin next year")["students"]) == ["Hugo"]
    latin = rolled.section("Latin next year")
    assert latin["course"] == rolled.id("Classics next year")
    assert latin["term_id"] == rolled.id("Spring next year")
    assert "course" not in rolled.section("Music next year")


def test_the_names_of_a_cast_still_mean_the_old_classes(rolled: Story) -> None:
    before, after = rolled.rosters

    assert rolled.id("Art") in before.sections
    assert rolled.id("Art") not in after.sections


def test_teachers_and_contacts_stay(rolled: Story) -> None:
    before, after = rolled.rosters

    for role in ("teacher", "staff", "district_admin"):
        assert {k for k, u in before.users.items() if role in u["roles"]} == {
            k for k, u in after.users.items() if role in u["roles"]
        }
    assert rolled.id("Ana") in after.users


def test_new_pupils_come_to_the_schools_nobody_feeds(rolled: Story) -> None:
    before, after = map(students, rolled.rosters)
    new = [after[key]["roles"]["student"] for key in set(after) - set(before)]

    assert {role["school"] for role in new} == {
        rolled.school(key) for key in ("elementary", "campus", "academy")
    }


def test_somebody_away_at_rollover_returns_into_the_new_year(tell: Tell) -> None:
    story = tell(CAST, "go: {leave: Maya}\nback: {return: Maya}")
    story.play("go")
    story.sis = roll_over(story.sis)
    story.next_day()

    story.play("back")

    assert story.user("Maya")["roles"]["student"]["grade"] == "3"
    assert story.id("Maya") in story.section("Art next year")["students"]


def test_the_common_district_stays_large_and_sound() -> None:
    sis = build_district((), seed=1, salt="a", run_date=RUN_DATE)
    before = share(sis, at=FIRST, previous=None)
    after = share(roll_over(sis), at=FIRST, previous=before)

    assert len(after.users) > 0.95 * len(before.users)
    assert len(after.sections) == len(before.sections)
    assert len(after.courses) == len(before.courses)


def test_a_reused_class_keeps_its_id_and_is_next_years(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: elementary, sections: [Art]}}
        Gail: {student: {school: elementary, grade: 5, sections: [Art]}}
        Art: {section: {teacher: Mr Okoye, reused: true}}
        Mr Okoye: {teacher: {school: elementary}}
        """
    )
    before = story.section("Art")

    story.sis = roll_over(replace(story.sis, at=timestamp(FIRST)))
    story.next_day()

    after = story.section("Art")
    assert (after["id"], after["sis_id"]) == (before["id"], before["sis_id"])
    assert after["course"] != before["course"]
    assert after["term_id"] != before["term_id"]
    assert after["students"] == [story.id("Maya")]
    assert "Art next year" not in story.sis.casts["some-case"]


NEXT = "new: {replace-teacher: {section: Music next year, by: Ms Ito}}"


def test_a_change_can_be_about_next_years_class(tell: Tell) -> None:
    story = tell(CAST, NEXT)
    story.sis = roll_over(replace(story.sis, at=timestamp(FIRST)))

    story.play("new")

    assert story.section("Music next year")["teachers"] == [story.id("Ms Ito")]


def test_next_years_class_is_not_there_before_rollover(tell: Tell) -> None:
    with pytest.raises(PlanError, match="Music next year is not there before rollover"):
        tell(CAST, NEXT).play("new")
