"""What a district shares survives the way into Clever's files and back, but for what is listed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from district.csv import upload
from district.csv.facts import differences, facts

from harness.catalogue.edge_cases import EdgeCase
from harness.district.clever.invariants import broken_invariants
from harness.district.clever.rules import share
from harness.district.csv.columns import FILES
from harness.district.csv.loading import load_district
from harness.district.csv.writing import write_district
from harness.district.data_model.raw import AS_IT_IS
from harness.district.data_model.roster import Roster
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.plan.calendar import build_calendar
from harness.plan.calendar_day import CalendarDay
from harness.plan.plan import COMMON, Day
from harness.session import shipped

pytestmark = pytest.mark.no_cover  # other tests reach the same code

RUN_DATE = date(2026, 9, 1)
SIZE = replace(FIVE_SMALL_SCHOOLS, students=40, contacts=20)
"""With ordinary contacts enough for some to be two people to Clever."""
SEEN = ("created", "last_modified")
PEOPLE = ("student", "teacher", "staff", "contact", "contact of a name")

LOST = {
    # District admins are in no file.
    "district admin lost",
    "teacher.roles.district_admin (gone)",
    "staff.roles.district_admin (gone)",
    # When Clever first saw a record.
    *(f"{sort}.{name} (other)" for sort in ("school", "section", *PEOPLE) for name in SEEN),
    # Ids of Clever's own: those of records are left out by `facts`.
    "contact.roles.contact.legacy_id (other)",
    "contact of a name.roles.contact.legacy_id (other)",
    "staff.roles.staff.legacy_id (other)",
    "teacher.roles.teacher.legacy_id (other)",
    "teacher.roles.staff.legacy_id (other)",
    # Who is not shared is in no file, though a class names them.
    "section.students (other)",
    "section.teacher (gone)",
    "section.teachers (other)",
    "section.name (other)",
    # staff.csv has no middle names; a teacher who is staff too has one from teachers.csv.
    "staff.name.middle (other)",
    # Clever knows a contact who has nothing but a name by what they are to whom, so that somebody
    # who is not the same to two students is two contacts.
    "contact of a name.roles.contact.student_relationships (other)",
    # A column that one student has something in is a column of all.
    "student.roles.student.ext.locker (absent)",
    # The district itself is in no file.
    *(f"district.{name} (other)" for name in ("id", "name", "portal_url", "login_methods")),
    *(f"district.district_contact.{name} (other)" for name in ("id", "district")),
    *(f"district.district_contact.name.{name} (other)" for name in ("first", "last")),
}


def _days(edge_cases: Mapping[str, EdgeCase]) -> list[CalendarDay]:
    plan = shipped().plan()
    calendar = build_calendar(plan, edge_cases, seed=5, salt="files", run_date=RUN_DATE, size=SIZE)
    shown: dict[int, CalendarDay] = {id(day.roster.users): day for day in calendar.of(COMMON)}
    return list(shown.values())


def _sayable(case: EdgeCase) -> EdgeCase:
    """An edge case without what Clever sends otherwise than a SIS can say it."""
    members = {name: replace(one, raw=AS_IT_IS) for name, one in case.cast.members.items()}
    return replace(case, cast=replace(case.cast, members=members))


def _and_back(day: CalendarDay, folder: Path) -> Roster:
    write_district(day.roster, folder)
    sis = load_district(folder, salt="another", run_date=RUN_DATE)
    return share(sis, at=day.at, previous=None)


@pytest.fixture(scope="module")
def days() -> list[CalendarDay]:
    return _days({name: _sayable(case) for name, case in shipped().edge_cases.items()})


@pytest.mark.slow
@pytest.mark.exhaustive
def test_every_day_of_the_school_year_comes_back_but_for_what_no_file_carries(
    days: list[CalendarDay], tmp_path: Path
) -> None:
    assert len(days) > 4
    lost: set[str] = set()
    for day in days:
        if day.day == Day.BEFORE:
            continue  # nothing is shared yet
        back = _and_back(day, tmp_path / day.day)

        here = differences(facts(day.roster), facts(back))
        assert here <= LOST, day.day
        lost |= here

    assert lost == LOST


def test_what_comes_back_is_what_clever_would_share(
    days: list[CalendarDay], tmp_path: Path
) -> None:
    back = _and_back(days[0], tmp_path)

    addresses = {user.get("email", "") for user in back.users.values()}
    assert broken_invariants(back, shared_emails=addresses) == ()


def test_a_null_is_an_empty_cell(tmp_path: Path) -> None:
    first = _days(shipped().edge_cases)[0]
    assert None in (user.get("email") for user in first.roster.users.values())

    write_district(first.roster, tmp_path)

    with (tmp_path / "students.csv").open(encoding="utf-8", newline="") as file:
        students = list(csv.DictReader(file))
    assert "" in {row["Student_email"] for row in students}
    assert "None" not in {row[column] for row in students for column in ("Student_email", "DOB")}


def test_files_come_back_line_by_line(days: list[CalendarDay], tmp_path: Path) -> None:
    back = _and_back(days[0], tmp_path / "first")
    write_district(back, tmp_path / "second")

    for file in FILES:
        first, second = (
            sorted((tmp_path / which / file.name).read_text(encoding="utf-8").splitlines())
            for which in ("first", "second")
        )
        assert first == second, file.name


def test_files_are_written_as_the_instructions_ask(days: list[CalendarDay], tmp_path: Path) -> None:
    written = write_district(days[0].roster, tmp_path / "new" / "folder")

    assert [path.name for path in written] == [file.name for file in FILES]
    for path, file in zip(written, FILES, strict=True):
        raw = path.read_bytes()
        assert raw.count(b"\n") == raw.count(b"\r\n") > 1
        assert not raw.startswith(b"\xef\xbb\xbf")
        header = next(csv.reader(raw.decode("utf-8").splitlines()))
        assert header[: len(file.columns)] == list(file.columns)
        assert all(column.startswith("ext.") for column in header[len(file.columns) :])


def test_an_upload_survives_too(tmp_path: Path) -> None:
    before = upload.shared(upload.write(tmp_path))

    write_district(before, tmp_path)
    after = upload.shared(tmp_path)

    assert differences(facts(before), facts(after)) == set()
    assert list(after.users) == list(before.users)
