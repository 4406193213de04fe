from __future__ import annotations

import datetime as dt
from collections import Counter

import orjson
import pytest
from district.story import FIRST, RUN_DATE, ReadCase

from harness.district.build import build_district, build_neighbour
from harness.district.clever.rules import share
from harness.district.data_model.records import Kind, User
from harness.district.data_model.roster import Roster
from harness.district.sis.sis import Sis


def rostered(sis: Sis) -> Roster:
    return share(sis, at=FIRST, previous=None)


def common(seed: int = 1, salt: str = "a", run_date: dt.date = RUN_DATE) -> Roster:
    return rostered(build_district((), seed=seed, salt=salt, run_date=run_date))


def written(roster: Roster) -> bytes:
    return orjson.dumps({kind.value: list(roster.of(kind).values()) for kind in Kind})


def of_role(roster: Roster, role: str) -> list[User]:
    return [user for user in roster.users.values() if role in user["roles"]]


def sis_ids(roster: Roster, role: str) -> set[str]:
    found = set()
    for user in of_role(roster, role):
        roles = user["roles"]
        found.add(roles["student"]["sis_id"] if role == "student" else roles["teacher"]["sis_id"])
    return found


@pytest.fixture(scope="module")
def roster() -> Roster:
    return common()


def test_the_same_seed_and_salt_give_the_same_bytes(roster: Roster) -> None:
    assert written(common()) == written(roster)


def test_another_salt_gives_the_same_people_with_other_ids_numbers_and_addresses(
    roster: Roster,
) -> None:
    other = common(salt="b")

    def names(of: Roster) -> list[tuple[str, ...]]:
        return [(*map(str, user["name"].values()),) for user in of.users.values()]

    assert names(other) == names(roster)
    for kind in Kind:
        assert not set(other.of(kind)) & set(roster.of(kind))
    for role in ("student", "teacher"):
        assert not sis_ids(other, role) & sis_ids(roster, role)
    emails = {user["email"] for user in roster.users.values()}
    assert {user["email"] for user in other.users.values()} & emails == {""}


def test_another_seed_gives_other_people(roster: Roster) -> None:
    other = common(seed=2)

    same = sum(
        mine["name"] == yours["name"]
        for mine, yours in zip(roster.users.values(), other.users.values(), strict=True)
    )
    assert same < 0.05 * len(roster.users)


def test_every_kind_needs_pages_and_no_record_is_much_of_its_kind(roster: Roster) -> None:
    roles = Counter(role for user in roster.users.values() for role in user["roles"])

    assert roles == {
        "student": 600,
        "contact": 300,
        "teacher": 45,
        "staff": 10,
        "district_admin": 3,
    }
    for kind in (Kind.USERS, Kind.SECTIONS, Kind.COURSES):
        assert len(roster.of(kind)) > 100
    for kind in (Kind.USERS, Kind.SECTIONS, Kind.COURSES, Kind.TERMS):
        assert len(roster.of(kind)) >= 40


def test_ids_ascend_through_the_blocks_of_roles(roster: Roster) -> None:
    order = [next(iter(user["roles"])) for user in roster.users.values()]

    assert list(roster.users) == sorted(roster.users)
    assert list(dict.fromkeys(order)) == [
        "student",
        "teacher",
        "contact",
        "staff",
        "district_admin",
    ]


def test_two_schools_can_be_told_apart_by_their_ids_only(roster: Roster) -> None:
    by_place: dict[tuple[object, ...], list[str]] = {}
    for school in roster.schools.values():
        principal = school.get("principal", {})
        key = (school.get("phone"), principal.get("name"), str(school.get("location")))
        by_place.setdefault(key, []).append(school["name"])

    assert ["Marlow Beach Middle School", "Marlow Beach Middle School Campus 2"] in list(
        by_place.values()
    )


def test_optional_values_are_missing_at_a_natural_rate(roster: Roster) -> None:
    students = [user["roles"]["student"] for user in of_role(roster, "student")]
    contacts = [user["roles"]["contact"] for user in of_role(roster, "contact")]

    def rate(values: list[str]) -> float:
        return sum(value == "" for value in values) / len(values)

    assert 0.01 < rate([role.get("email", "") for role in students]) < 0.06
    assert 0.01 < rate([role.get("dob", "") for role in students]) < 0.08
    assert 0.5 < rate([role.get("graduation_year", "") for role in students]) < 0.9
    assert 0.01 < rate([role["credentials"]["district_username"] for role in students]) < 0.08
    assert 0.2 < rate([role["phone"] for role in contacts]) < 0.6
    assert 0.2 < rate([role["sis_id"] for role in contacts]) < 0.6
    assert rate([row.get("section_number", "") for row in roster.sections.values()]) > 0.5


def test_records_have_the_habits_of_the_wire(roster: Roster) -> None:
    student = of_role(roster, "student")[3]
    contact = of_role(roster, "contact")[0]
    dobs = [user["roles"]["student"].get("dob", "") for user in of_role(roster, "student")]

    assert student["roles"]["student"].get("email") == student.get("email")
    assert student["roles"]["student"]["sis_id"] == student["roles"]["student"]["student_number"]
    assert "legacy_id" not in student["roles"]["student"]
    assert list(contact["name"]) == ["last"]
    assert " " in contact["name"]["last"]
    assert any(len(dob) == len("1/2/2015") for dob in dobs)
    assert not any(dob.startswith("0") or "/0" in dob for dob in dobs)


def test_nobody_ordinary_shares_an_address_or_a_username(roster: Roster) -> None:
    emails = Counter(user["email"] for user in roster.users.values() if user["email"])
    usernames = Counter(
        name
        for user in of_role(roster, "student")
        if (name := user["roles"]["student"]["credentials"]["district_username"])
    )

    assert max(emails.values()) == 1
    assert max(usernames.values()) == 1
    assert all(".example." in email for email in emails)


def test_names_have_marks_and_repeat(roster: Roster) -> None:
    names = [user["name"] for user in of_role(roster, "student")]

    assert any("'" in name.get("last", "") for name in names)
    assert any(not name.get("last", "").isascii() for name in names)
    assert Counter((name.get("first"), name.get("last")) for name in names).most_common(1)[0][1] > 1


def test_classes_are_of_a_size_and_some_have_several_teachers(roster: Roster) -> None:
    sizes = [len(section["students"]) for section in roster.sections.values()]
    teachers = Counter(len(section["teachers"]) for section in roster.sections.values())
    schools = Counter(
        len(user["roles"]["student"]["schools"]) for user in of_role(roster, "student")
    )
    taught = {uid for section in roster.sections.values() for uid in section["teachers"]}

    assert min(sizes) >= 5
    assert max(sizes) <= 30
    assert set(teachers) == {1, 2, 3}
    assert schools[2] > 20
    assert any(user["id"] not in taught for user in of_role(roster, "teacher"))


def test_the_ordinary_do_not_depend_on_the_casts_nor_casts_on_each_other(
    read_case: ReadCase, roster: Roster
) -> None:
    cast = """
    Maya: {student: {school: elementary, sections: [Art]}}
    Art: {section: {teacher: Mr Okoye}}
    Mr Okoye: {teacher: {school: elementary}}
    """
    one, two = read_case(cast, name="one").cast, read_case(cast, name="two").cast

    alone = build_district([one], seed=1, salt="a", run_date=RUN_DATE)
    both = build_district([two, one], seed=1, salt="a", run_date=RUN_DATE)

    assert alone.cast_ids()["one"] == both.cast_ids()["one"]
    ids = [value for row in both.cast_ids().values() for value in row.values()]
    assert len(set(ids)) == len(ids)
    shared = rostered(both)
    for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS):
        for key, record in roster.of(kind).items():
            assert shared.of(kind)[key] == record
    for key, user in rostered(alone).users.items():
        assert shared.users[key] == user


def test_casts_lie_on_all_pages(read_case: ReadCase) -> None:
    cast = "\n".join(f"Pupil{number}: {{student: {{school: high}}}}" for number in range(60))
    sis = build_district([read_case(cast).cast], seed=1, salt="a", run_date=RUN_DATE)
    users = list(rostered(sis).users)

    pages = Counter(users.index(key) // 100 for key in sis.cast_ids()["some-case"].values())

    assert {0, 1, 2, 3, 4, 5} <= set(pages)


def test_the_neighbour_has_the_same_numbers_and_nothing_else_in_common(roster: Roster) -> None:
    neighbour = rostered(build_neighbour(seed=1, salt="a", run_date=RUN_DATE))

    assert len(neighbour.users) == 100, "one full page, and no further one"
    assert len(neighbour.schools) == 2
    assert sis_ids(neighbour, "student") < sis_ids(roster, "student")
    assert sis_ids(neighbour, "teacher") < sis_ids(roster, "teacher")
    for kind in (Kind.SECTIONS, Kind.SCHOOLS):
        numbers = {row["sis_id"] for row in roster.of(kind).values()}  # type: ignore[typeddict-item]
        assert {row["sis_id"] for row in neighbour.of(kind).values()} < numbers  # type: ignore[typeddict-item]
    for kind in Kind:
        assert not set(neighbour.of(kind)) & set(roster.of(kind))
    emails = {user["email"] for user in roster.users.values()}
    assert {user["email"] for user in neighbour.users.values()} & emails <= {""}


@pytest.mark.parametrize("days", [-400, 400])
def test_a_shifted_run_date_moves_times_and_nothing_else(roster: Roster, days: int) -> None:
    other = common(run_date=RUN_DATE + dt.timedelta(days=days))

    assert list(other.users) == list(roster.users)
    for key, section in roster.sections.items():
        assert other.sections[key]["students"] == section["students"]
    assert {user["created"] for user in other.users.values()} != {
        user["created"] for user in roster.users.values()
    }
