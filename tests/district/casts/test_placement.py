from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from district.story import RUN_DATE, ReadCase, Tell

from harness.district.build import build_district, refuse_equal_ids
from harness.district.casts.place import place
from harness.district.clever.rules import share
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS, SMALL
from harness.district.sis.sis import Sis
from harness.errors import DocumentError

AT = datetime(2026, 9, 1, tzinfo=UTC)


def test_names_follow_from_what_the_cast_is_called(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high}}
        Anna Bell: {student: {school: high}}
        Zoe: {student: {school: high}, name: {first: Thomas, middle: AAAA, last: Watsica}}
        Mr Okoye: {teacher: {school: high}}
        Dr. Ruiz-Soto: {staff: {schools: [high]}}
        Ana: {contact: {of: {Anna Bell: Parent}}}
        Maya's mother: {contact: {of: {Maya: Parent}}}
        Ms Silva: {contact: {of: {Maya: Other}}}
        Jo March: {contact: {of: {Maya: Other}}}
        """
    )

    def name(who: str) -> tuple[str, str]:
        row = story.user(who)["name"]
        return row.get("first", ""), row.get("last", "")

    assert name("Maya")[0] == "Maya"
    assert name("Maya")[1]
    assert name("Anna Bell") == ("Anna", "Bell")
    assert story.user("Zoe")["name"] == {"first": "Thomas", "middle": "AAAA", "last": "Watsica"}
    assert name("Mr Okoye")[1] == "Okoye"
    assert name("Mr Okoye")[0]
    assert name("Dr. Ruiz-Soto")[1] == "Ruiz-Soto"
    assert name("Ana") == ("", "Ana Bell")
    assert name("Maya's mother")[1].endswith(f" {name('Maya')[1]}")
    assert name("Ms Silva")[1].endswith(" Silva")
    assert name("Jo March")[1] == "Jo March"


def test_addresses_are_the_districts_own_unless_the_edge_case_says_otherwise(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high}}
        Leo: {student: {school: high, email: none}}
        Ines: {student: {school: high}, email: 'seth_schoen.{domain}'}
        Omar: {student: {school: high}, email: 'o"hara'}
        Ruth: {student: {school: high}, email: ruth@example.org}
        """
    )
    domain = story.sis.domain

    assert story.user("Maya")["email"].startswith("maya.")
    assert story.user("Maya")["email"].endswith(f"@{domain}")
    assert story.user("Leo")["email"] == ""
    assert story.user("Ines")["email"] == f"seth_schoen.{domain}"
    assert story.user("Omar")["email"] == f'o"hara@{domain}'
    assert story.user("Ruth")["email"] == "ruth@example.org"


def test_fields_are_set_as_on_the_wire(tell: Tell) -> None:
    story = tell(
        """
        Maya:
          student:
            school: high
            sections: [Art]
            fields: {gender: X, dob: "", sis_id: "007", credentials: {district_username: ""},
                     race: null}
        Art: {section: {teacher: Mr Lee, subject: math, fields: {period: "", name: "581"}}}
        Mr Lee: {teacher: {school: high}}
        """
    )
    role = story.user("Maya")["roles"]["student"]

    assert (role["gender"], role["dob"], role["sis_id"]) == ("X", "", "007")
    assert role["credentials"] == {"district_username": ""}
    assert "race" not in role
    assert story.section("Art")["name"] == "581"
    assert story.section("Art")["subject"] == "math"


def test_one_person_in_several_roles_is_one_user_with_schools_for_each(tell: Tell) -> None:
    story = tell(
        """
        Ms Rivera:
          teacher: {school: elementary}
          staff: {schools: [middle, campus]}
          district_admin: {}
        """
    )
    roles = story.user("Ms Rivera")["roles"]

    assert set(roles) == {"teacher", "staff", "district_admin"}
    assert roles["teacher"]["schools"] == [story.school("elementary")]
    assert roles["staff"]["schools"] == [story.school("middle"), story.school("campus")]
    legacy = {
        roles["teacher"]["legacy_id"],
        roles["staff"]["legacy_id"],
        roles["district_admin"]["legacy_id"],
    }
    assert len(legacy | {story.id("Ms Rivera")}) == 4


def test_a_class_without_teacher_is_at_the_school_it_names(tell: Tell) -> None:
    story = tell(
        """
        Maya: {student: {school: high, sections: [Art]}}
        Art: {section: {teacher: none, school: academy}}
        """
    )

    assert story.section("Art")["school"] == story.school("academy")
    assert story.section("Art")["teachers"] == []


def test_whole_districts_can_be_small(read_case: ReadCase) -> None:
    cast = read_case("Maya: {student: {school: high}}").cast

    sis = build_district((cast,), seed=1, salt="a", run_date=RUN_DATE, size=FIVE_SMALL_SCHOOLS)

    assert sis.clever_id("some-case", "Maya")


@pytest.mark.parametrize(
    "member",
    [
        "Maya: {student: {school: high}}",
        "Maya: {section: {teacher: none, school: high}}",
        "Maya: {term: {school: high}}",
    ],
)
def test_a_cast_whose_school_the_district_has_not_is_refused(
    read_case: ReadCase, member: str
) -> None:
    sis = build_district((), seed=1, salt="a", run_date=RUN_DATE, size=SMALL)

    with pytest.raises(DocumentError, match=r'some-case\.yaml at cast.Maya: .* no school "high"'):
        place(sis, read_case(member).cast)


def test_two_members_in_one_place_are_refused(read_case: ReadCase, ordinary: Sis) -> None:
    sis = place(ordinary, read_case("Maya: {student: {school: high}}").cast)
    maya = sis.people["some-case/Maya"]
    refuse_equal_ids(sis)

    with pytest.raises(DocumentError, match='"other/Ann" would have the Clever id of "some-case'):
        refuse_equal_ids(sis.put(replace(maya, uid="other/Ann")))


@pytest.mark.parametrize("salt", ["a", "b", "c"])
def test_members_can_stand_at_the_ends_of_clevers_lists(read_case: ReadCase, salt: str) -> None:
    cast = """
    Aaron: {student: {school: high, sections: [Art]}, place: first}
    Dr Zwick: {district_admin: {}, place: last}
    Art: {section: {teacher: Ms Ito, course: Crafts}, place: last}
    Crafts: {course: {}, place: last}
    Spring: {term: {school: high}, place: first}
    Ms Ito: {teacher: {school: high}}
    """
    case = read_case(cast)
    sis = build_district([case.cast], seed=1, salt=salt, run_date=RUN_DATE)
    roster = share(sis, at=AT, previous=None)
    who = sis.cast_ids()["some-case"]

    assert next(iter(roster.users)) == who["Aaron"]
    assert list(roster.users)[-1] == who["Dr Zwick"]
    assert list(roster.sections)[-1] == who["Art"]
    assert list(roster.courses)[-1] == who["Crafts"]


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
