"""Any district is loaded from Clever's files."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from district.csv import upload

from harness.district.clever.event_payloads import previous_attributes
from harness.district.clever.events import events_between
from harness.district.clever.invariants import broken_invariants
from harness.district.clever.rules import share
from harness.district.data_model.records import Kind, User
from harness.district.data_model.roster import Roster


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    return upload.shared(upload.write(tmp_path))


def _user(roster: Roster, last: str, first: str = "") -> User:
    (found,) = (
        user
        for user in roster.users.values()
        if user["name"].get("last") == last and first in ("", user["name"].get("first"))
    )
    return found


def _named(roster: Roster, ids: list[str]) -> list[str]:
    return sorted(roster.users[clever_id]["name"].get("last", "") for clever_id in ids)


def test_a_loaded_district_is_one_that_clever_could_share(roster: Roster) -> None:
    assert broken_invariants(roster) == ()
    assert roster.district["name"] == "Small Town"
    assert roster.district["sis_type"] == "sftp"
    counts = {kind: len(roster.of(kind)) for kind in Kind}
    assert counts == {
        Kind.DISTRICTS: 1,
        Kind.SCHOOLS: 2,
        Kind.TERMS: 2,
        Kind.COURSES: 2,
        Kind.SECTIONS: 4,
        Kind.USERS: 8,
    }


def test_a_student_is_normalised_as_clever_does(roster: Roster) -> None:
    maya = _user(roster, "Reyes", "Maya")

    student = maya["roles"]["student"]
    assert (student["grade"], student["gender"], student["dob"]) == ("5", "F", "1/6/2014")
    assert student["race"] == "Caucasian"
    assert student["ext"] == {"Homeroom": "5B"}
    assert maya["email"] == student["email"] == "maya@school.example.com"


def test_a_name_with_a_comma_and_one_with_accents_are_read_whole(roster: Roster) -> None:
    assert _user(roster, "Smith, Jr")["name"]["first"] == "Leo"
    assert _user(roster, "Nguyễn")["name"]["first"] == "Zoë"


def test_schools_follow_from_classes(roster: Roster) -> None:
    schools = {school["sis_id"]: school["id"] for school in roster.schools.values()}
    maya = _user(roster, "Reyes", "Maya")["roles"]["student"]

    assert maya["school"] == schools["10"]
    assert set(maya["schools"]) == {schools["10"], schools["20"]}
    assert roster.schools[schools["10"]]["low_grade"] == "Kindergarten"
    assert roster.schools[schools["10"]]["school_number"] == "10"
    assert roster.schools[schools["20"]]["school_number"] == "S-20"


def test_a_class_has_its_teachers_in_their_order(roster: Roster) -> None:
    (section,) = (row for row in roster.sections.values() if row["sis_id"] == "m1")

    assert [roster.users[uid]["name"]["last"] for uid in section["teachers"]] == ["Okoye", "Park"]
    assert section["name"] == "Math - Okoye - 1"
    assert _named(roster, section["students"]) == ["Nguyễn", "Reyes"]


def test_a_class_without_a_course_keeps_its_own_name_and_takes_the_grade_of_most(
    roster: Roster,
) -> None:
    (section,) = (row for row in roster.sections.values() if row["sis_id"] == "a1")

    assert section["name"] == "Art Club"
    assert section["grade"] == "5"
    assert "course" not in section


def test_courses_and_terms_belong_to_a_school(roster: Roster) -> None:
    by_number = {section["sis_id"]: section for section in roster.sections.values()}

    assert by_number["m1"]["course"] == by_number["m2"]["course"]
    assert by_number["m1"]["course"] != by_number["m3"]["course"]
    assert by_number["m1"]["term_id"] != by_number["a1"]["term_id"]
    assert "term_id" not in by_number["m3"]
    undated = roster.terms[by_number["a1"]["term_id"]]
    assert set(undated) == {"id", "district", "name"}


def test_a_contact_of_two_students_is_one_person(roster: Roster) -> None:
    ana = _user(roster, "Ana Reyes")

    relations = ana["roles"]["contact"]["student_relationships"]
    assert _named(roster, [row["student"] for row in relations]) == ["Reyes", "Smith, Jr"]
    assert [(row["relationship"], row["type"]) for row in relations] == [
        ("Parent", "Parent/Guardian"),
        ("Parent", ""),
    ]
    tom = _user(roster, "Tom Reyes")["roles"]["contact"]
    assert tom["sis_id"] == "77"
    assert tom["student_relationships"][0]["relationship"] == "Aunt/Uncle"


def test_staff_with_the_address_of_a_teacher_are_one_person_with_two_roles(roster: Roster) -> None:
    okoye = _user(roster, "Okoye")

    assert sorted(okoye["roles"]) == ["staff", "teacher"]
    assert okoye["roles"]["staff"]["roles"] == ["SchoolTechLead"]
    assert len(okoye["roles"]["teacher"]["schools"]) == 2
    assert _user(roster, "Office")["roles"]["staff"]["roles"] == ["PortalOnly"]


def test_ids_follow_from_salt_and_numbers_alone(tmp_path: Path) -> None:
    folder = upload.write(tmp_path)
    first = share(upload.load(folder), at=upload.AT, previous=None)
    renamed = upload.FILES["students.csv"].replace("Zoë", "Zoe")
    again = share(
        upload.load(upload.write(tmp_path, students=renamed)), at=upload.AT, previous=None
    )
    salted = share(upload.load(folder, salt="other"), at=upload.AT, previous=None)

    assert list(first.users) == list(again.users)
    assert list(first.sections) == list(again.sections)
    assert not set(first.users) & set(salted.users)


def test_a_contact_without_a_number_changes_id_with_the_address(tmp_path: Path) -> None:
    before = upload.shared(upload.write(tmp_path))
    moved = upload.FILES["students.csv"].replace("ana@example.net", "ana@example.org")
    named = moved.replace("Tom Reyes", "Thomas Reyes")

    after = upload.shared(upload.write(tmp_path, students=named))

    assert _user(before, "Ana Reyes")["id"] != _user(after, "Ana Reyes")["id"]
    assert _user(before, "Tom Reyes")["id"] == _user(after, "Thomas Reyes")["id"]


def test_two_uploads_give_the_events_of_a_sync(tmp_path: Path) -> None:
    before = upload.shared(upload.write(tmp_path))
    students = upload.FILES["students.csv"].replace(",Zoë,KG", ",Zoë,1")
    enrollments = upload.FILES["enrollments.csv"].replace("10,m2,s3\n", "")

    after = upload.shared(
        upload.write(tmp_path, students=students, enrollments=enrollments), previous=before
    )

    events = events_between(before, after, at=upload.AT)
    types_and_ids = {
        (event.type, cast(dict[str, str], event.record).get("sis_id", "")) for event in events
    }
    assert types_and_ids == {("users.updated", ""), ("sections.deleted", "m2")}
    (moved,) = (event for event in events if event.type == "users.updated")
    assert moved.before is not None
    assert previous_attributes(moved.kind, moved.before, moved.record) == {
        "roles": {"student": {"grade": "Kindergarten"}}
    }


def test_a_new_column_in_which_nothing_stands_changes_nobody(tmp_path: Path) -> None:
    before = upload.shared(upload.write(tmp_path))
    wider = {
        name.removesuffix(".csv"): "".join(
            f"{line},{added if not number else ''}\n"
            for number, line in enumerate(text.splitlines())
        )
        for (name, text), added in zip(
            upload.FILES.items(), ("Nces id", "Middle name", "ext.x", "Wing", "X", "Y"), strict=True
        )
    }

    after = upload.shared(upload.write(tmp_path, **wider), previous=before)

    assert events_between(before, after, at=upload.AT) == ()


def test_a_byte_order_mark_and_other_line_ends_are_fine(tmp_path: Path) -> None:
    plain = upload.shared(upload.write(tmp_path))
    for name, text in upload.FILES.items():
        marked = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        (tmp_path / name).write_bytes(marked)

    assert upload.shared(tmp_path) == plain


def test_headers_and_file_names_are_read_in_any_casing(tmp_path: Path) -> None:
    plain = upload.shared(upload.write(tmp_path))
    for name, text in upload.FILES.items():
        header, _, rest = text.partition("\n")
        (tmp_path / name).unlink()
        own = header.replace(" ", "_").upper().replace("HOMEROOM", "ext.Homeroom")
        (tmp_path / name.capitalize()).write_text(f"{own}\n\n{rest}\n", encoding="utf-8")

    assert upload.shared(tmp_path) == plain


def test_staff_may_be_missing(tmp_path: Path) -> None:
    upload.write(tmp_path)
    (tmp_path / "staff.csv").unlink()

    assert not any("staff" in user["roles"] for user in upload.shared(tmp_path).users.values())


def test_the_folder_names_the_district_when_nobody_else_does(tmp_path: Path) -> None:
    folder = tmp_path / "North Valley"
    folder.mkdir()

    roster = share(upload.load(upload.write(folder), name=""), at=upload.AT, previous=None)

    assert roster.district["name"] == "North Valley"
    assert roster.district["portal_url"] == "https://clever.com/in/northvalley"
