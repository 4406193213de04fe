"""A small hand-written upload, as a district office would export it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from harness.district.clever.rules import share
from harness.district.csv.loading import load_district
from harness.district.data_model.roster import Roster
from harness.district.sis.sis import Sis

RUN_DATE = date(2026, 9, 1)
AT = datetime(2026, 8, 31, 16, 5, tzinfo=UTC)

FILES = {
    "schools.csv": """\
School id,School name,School number,Low grade,High grade,Principal,School zip
10,Elm School,,K,5,Robin Head,10001
20,Oak School,S-20,6,8,,
""",
    "students.csv": """\
School id,Student id,Last name,First name,Grade,Gender,DOB,Race,Student email,Contact name,\
Contact relationship,Contact type,Contact email,Contact sis id,Homeroom
10,s1,Reyes,Maya,05,Female,01/06/2014,W,maya@school.example.com,Ana Reyes,Mother,Guardian,\
ana@example.net,,5B
10,s1,Reyes,Maya,05,Female,01/06/2014,W,maya@school.example.com,Tom Reyes,uncle,Emergency,,77,5B
20,s2,"Smith, Jr",Leo,6,,2013-12-24,,,Ana Reyes,Parent,,ana@example.net,,
10,s3,Nguyễn,Zoë,KG,X,,,,,,,,,
""",
    "teachers.csv": """\
School id,Teacher id,Teacher email,First name,Last name,Title
10,t1,okoye@school.example.com,Sam,Okoye,
20,t1,okoye@school.example.com,Sam,Okoye,
10,t2,,Kim,Park,Art Teacher
""",
    "sections.csv": """\
School id,Section id,Teacher id,Teacher 2 id,Name,Grade,Course name,Course number,Period,Subject,\
Term name,Term start,Term end
10,m1,t1,t2,Maths A,5,Math,M5,1,MATH,Fall,8/24/2026,12/18/2026
10,m2,t1,,Maths B,,Math,M5,2,Math,Fall,8/24/2026,12/18/2026
10,a1,t2,,Art Club,,,,,,Fall,,
20,m3,t1,,Maths C,,Math,M5,1,math,,,
""",
    "enrollments.csv": """\
School id,Section id,Student id
10,m1,s1
10,m1,s3
10,m2,s3
10,a1,s1
20,m3,s2
20,m3,s1
""",
    "staff.csv": """\
School id,Staff id,Staff email,First name,Last name,Department,Title,Role
10,e1,office@school.example.com,Ida,Office,,Secretary,
20,e2,okoye@school.example.com,Sam,Okoye,IT,,School Tech Lead
""",
}


def write(folder: Path, **replaced: str) -> Path:
    """An upload with some files written otherwise; file names without their ending."""
    for name, text in FILES.items():
        content = replaced.get(name.removesuffix(".csv"), text)
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return folder


def load(folder: Path, *, salt: str = "salt", name: str = "Small Town") -> Sis:
    return load_district(folder, salt=salt, run_date=RUN_DATE, name=name)


def shared(folder: Path, previous: Roster | None = None) -> Roster:
    return share(load(folder), at=AT, previous=previous)
