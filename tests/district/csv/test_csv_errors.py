"""A bad file is refused with the file, the line, the column, what was found and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from district.csv import upload

from harness.errors import DocumentError

STUDENT = "10,s3,Nguyễn,Zoë,KG,X,,,,,,,,,\n"
GRADES = "expected a grade: InfantToddler, Preschool"

CASES = [
    # file, what is replaced, by what, line, column, words of the message
    ("students", "KG,X", "13th,X", 5, "Grade", 'found "13th", ' + GRADES),
    ("students", "KG,X", "KG,Q", 5, "Gender", 'found "Q", expected a gender: M, F, X'),
    ("students", "2013-12-24", "2013-02-30", 4, "DOB", "expected a date that exists"),
    ("students", "2013-12-24", "24.12.2013", 4, "DOB", "expected a date such as 8/21/2026"),
    ("students", ",uncle,", ",Neighbour,", 3, "Contact_relationship", "expected a relationship"),
    ("students", "20,s2", "30,s2", 4, "School_id", '"30" is not in schools.csv'),
    ("students", STUDENT, STUDENT * 2, 6, "Student_id", '"s3" is on line 5 already'),
    ("students", "Maya,05,Female,01/06/2014,W,maya@school.example.com,Tom",
     "Mia,05,Female,01/06/2014,W,maya@school.example.com,Tom",
     3, "First_name", 'found "Mia" for Student_id "s1", but line 2 has "Maya"'),
    ("students", "Ana Reyes,Mother", ",Mother", 2, "Contact_name", "is empty, expected a value"),
    ("students", "20,s2", "20,", 4, "Student_id", "is empty, expected a value"),
    ("students", "Nguyễn,Zoë", ",Zoë", 5, "Last_name", "is empty, expected a value"),
    ("students", "Leo,6", "Leo,6,", 4, "", "has 16 values, expected 15"),
    ("students", '"Smith, Jr"', 'Smith, Jr', 4, "", "has 16 values, expected 15"),
    ("students", "Student email,", "Student emial,", 1, "", 'has a column "Student emial"'),
    ("students", "Grade,Gender", "Grade,GRADE", 1, "", "has the column Grade twice"),
    ("students", "Homeroom", "", 1, "", "has a column without a name"),
    ("students", "Student id", "Number", 1, "", "has no column Student_id; there is School_id"),
    ("schools", "20,Oak", "10,Oak", 3, "School_id", '"10" is on line 2 already'),
    ("schools", ",K,5", ",K,Five", 2, "High_grade", 'found "Five", ' + GRADES),
    ("schools", "Oak School", "", 3, "School_name", "is empty, expected a value"),
    ("teachers", "20,t1", "10,t1", 3, "Teacher_id", '"t1" is on line 2 already'),
    ("teachers", "20,t1,okoye", "20,t1,sam", 3, "Teacher_email", "but line 2 has"),
    ("teachers", "10,t2", "99,t2", 4, "School_id", '"99" is not in schools.csv'),
    ("sections", "m2,t1", "m2,t9", 3, "Teacher_id", '"t9" is not in teachers.csv'),
    ("sections", "t1,t2", "t1,t8", 2, "Teacher_2_id", '"t8" is not in teachers.csv'),
    ("sections", "t1,t2", "t1,t1", 2, "Teacher_2_id", '"t1" teaches the class in another column'),
    ("sections", "10,m2", "10,m1", 3, "Section_id", '"m1" is on line 2 already'),
    ("sections", "20,m3", "21,m3", 5, "School_id", '"21" is not in schools.csv'),
    ("sections", "MATH", "Maths", 2, "Subject", 'found "Maths", expected a subject: english/'),
    ("sections", "8/24/2026,12/18/2026\n10,m2", "13/24/2026,12/18/2026\n10,m2",
     2, "Term_start", "expected a date that exists"),
    ("sections", "8/24/2026,12/18/2026\n10,m2", "8/24/2027,12/18/2026\n10,m2",
     2, "Term_end", '"12/18/2026" is before Term_start'),
    ("sections", "Teacher 2 id", "Teacher 11 id", 1, "", "Did you mean Teacher_10_id?"),
    ("enrollments", "20,m3,s2", "20,m3,s9", 6, "Student_id", '"s9" is not in students.csv'),
    ("enrollments", "20,m3,s2", "20,m9,s2", 6, "Section_id", '"m9" is not in sections.csv'),
    ("enrollments", "20,m3,s2", "10,m3,s2", 6, "School_id", 'expected "20"'),
    ("enrollments", "20,m3,s2", "20,m3,s1", 7, "Student_id", 'is in "m3" on line 6 already'),
    ("staff", "School Tech Lead", "Boss", 3, "Role", "expected a role: PortalOnly"),
    ("staff", "20,e2", ",e2", 3, "School_id", "is empty, expected a value"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "column", "words"), CASES)
def test_a_mistake_is_named_where_it_is(
    tmp_path: Path, file: str, old: str, new: str, line: int, column: str, words: str
) -> None:
    text = upload.FILES[f"{file}.csv"]
    assert old in text
    upload.write(tmp_path, **{file: text.replace(old, new, 1)})

    with pytest.raises(DocumentError) as refused:
        upload.load(tmp_path)

    said = f"{refused.value.message} {refused.value.hint}"
    assert (Path(refused.value.file).name, refused.value.line) == (f"{file}.csv", line), said
    assert refused.value.key == column
    assert words in said
    assert said.startswith(str(tmp_path))


def test_a_missing_file_is_named_with_what_is_there(tmp_path: Path) -> None:
    upload.write(tmp_path)
    (tmp_path / "teachers.csv").unlink()

    with pytest.raises(DocumentError, match=r"has no teachers\.csv; there is enrollments\.csv, "):
        upload.load(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nowhere: cannot be read as a folder"):
        upload.load(tmp_path / "nowhere")


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    upload.write(tmp_path, schools="\n\n")

    with pytest.raises(DocumentError, match=r"schools\.csv: is empty"):
        upload.load(tmp_path)


@pytest.mark.parametrize(
    ("raw", "line", "found"),
    [
        ("School id,School name\n10,\xc9cole\n".encode("latin-1"), 2, "byte 0xc9"),
        ("School id,School name\n10,Elm\n".encode("utf-16"), 1, "UTF-16"),
    ],
)
def test_another_encoding_is_named_with_its_line(
    tmp_path: Path, raw: bytes, line: int, found: str
) -> None:
    upload.write(tmp_path)
    (tmp_path / "schools.csv").write_bytes(raw)

    with pytest.raises(DocumentError, match=f"is not UTF-8 \\(found {found}\\)") as refused:
        upload.load(tmp_path)

    assert refused.value.line == line
    assert "Save the file as UTF-8" in refused.value.hint


def test_a_quote_that_is_never_closed_is_named_where_it_opens(tmp_path: Path) -> None:
    text = upload.FILES["teachers.csv"].replace("10,t2,,Kim", '10,t2,,"Kim')
    upload.write(tmp_path, teachers=text)

    with pytest.raises(DocumentError, match="is no CSV from here on") as refused:
        upload.load(tmp_path)

    assert refused.value.line == 4


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = upload.FILES["schools.csv"].replace("Elm School", '"Elm\nSchool"').replace("6,8", "6,x")
    upload.write(tmp_path, schools="\n" + text)

    with pytest.raises(DocumentError) as refused:
        upload.load(tmp_path)

    assert refused.value.line == 5


def test_a_sixth_contact_of_a_student_is_refused(tmp_path: Path) -> None:
    head, _, rest = upload.FILES["students.csv"].partition("\n")
    line = "10,s4,Many,Ada,5,,,,,Contact {},Parent,,,c{},\n"
    upload.write(
        tmp_path, students=f"{head}\n{rest}" + "".join(line.format(n, n) for n in range(6))
    )

    with pytest.raises(DocumentError, match='contact number 6 of student "s4"') as refused:
        upload.load(tmp_path)

    assert refused.value.line == 11


def test_one_contact_number_is_one_contact(tmp_path: Path) -> None:
    text = upload.FILES["students.csv"].replace(
        "Leo,6,,2013-12-24,,,Ana Reyes,Parent,,ana@example.net,,",
        "Leo,6,,2013-12-24,,,Ana Reyes,Parent,,ana@example.net,77,",
    )
    upload.write(tmp_path, students=text)

    with pytest.raises(DocumentError) as refused:
        upload.load(tmp_path)

    assert refused.value.key == "Contact_name"
    assert 'for Contact_sis_id "77", but line 3 has "Tom Reyes"' in refused.value.message
