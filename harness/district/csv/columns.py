"""The files and columns of Clever's SFTP instructions.

Five files belong together, staff.csv may be missing. Headers are matched whatever their casing and
with blanks for underscores, since districts write them either way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EXTENSION = "ext."
"""Before the name of a field of the district's own, in what we write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One CSV file."""

    name: str
    columns: tuple[str, ...]
    """What is read and written, in the order of the instructions."""
    required: tuple[str, ...]
    """Columns without which there is no record."""
    ignored: tuple[str, ...] = ()
    """Columns of the instructions that no record of the API shows."""
    optional: bool = False
    """Whether a district can do without the file."""


def normal(header: str) -> str:
    """A header as it is compared."""
    return re.sub(r"[\s_]+", "_", header.strip()).lower()


SCHOOLS = File(
    name="schools.csv",
    columns=(
        "School_id",
        "School_name",
        "School_number",
        "State_id",
        "Low_grade",
        "High_grade",
        "Principal",
        "Principal_email",
        "School_address",
        "School_city",
        "School_state",
        "School_zip",
        "School_phone",
    ),
    required=("School_id", "School_name"),
    ignored=("Nces_id", "Mdr_number"),
)
CONTACT = (
    "Contact_relationship",
    "Contact_type",
    "Contact_name",
    "Contact_phone",
    "Contact_phone_type",
    "Contact_email",
    "Contact_sis_id",
)
"""One contact a row: a student with several has a row for each."""
STUDENTS = File(
    name="students.csv",
    columns=(
        "School_id",
        "Student_id",
        "Student_number",
        "State_id",
        "Last_name",
        "Middle_name",
        "First_name",
        "Grade",
        "Gender",
        "Graduation_year",
        "DOB",
        "Race",
        "Hispanic_Latino",
        "Home_language",
        "Ell_status",
        "Frl_status",
        "IEP_status",
        "Student_street",
        "Student_city",
        "Student_state",
        "Student_zip",
        "Student_email",
        *CONTACT,
        "Username",
        # What v3.1 of the API added; the instructions we know are older than these.
        "Home_language_code",
        "Gifted_status",
        "Section_504_status",
        "Disability_status",
        "Disability_type",
        "Disability_code",
        "Preferred_first_name",
        "Preferred_middle_name",
        "Preferred_last_name",
    ),
    required=("School_id", "Student_id", "Last_name", "First_name"),
    ignored=("Password", "Unweighted_gpa", "Weighted_gpa"),
)
TEACHERS = File(
    name="teachers.csv",
    columns=(
        "School_id",
        "Teacher_id",
        "Teacher_number",
        "State_teacher_id",
        "Teacher_email",
        "First_name",
        "Middle_name",
        "Last_name",
        "Title",
        "Username",
    ),
    required=("School_id", "Teacher_id", "First_name", "Last_name"),
    ignored=("Password",),
)
CO_TEACHERS = tuple(f"Teacher_{number}_id" for number in range(2, 11))
SECTIONS = File(
    name="sections.csv",
    columns=(
        "School_id",
        "Section_id",
        "Teacher_id",
        *CO_TEACHERS,
        "Name",
        "Section_number",
        "Grade",
        "Course_name",
        "Course_number",
        "Period",
        "Subject",
        "Term_name",
        "Term_start",
        "Term_end",
    ),
    required=("School_id", "Section_id", "Teacher_id"),
    ignored=("Course_description",),
)
ENROLLMENTS = File(
    name="enrollments.csv",
    columns=("School_id", "Section_id", "Student_id"),
    required=("School_id", "Section_id", "Student_id"),
)
STAFF = File(
    name="staff.csv",
    columns=(
        "School_id",
        "Staff_id",
        "Staff_email",
        "First_name",
        "Last_name",
        "Department",
        "Title",
        "Username",
        "Role",
    ),
    required=("School_id", "Staff_id", "First_name", "Last_name"),
    ignored=("Password",),
    optional=True,
)

FILES = (SCHOOLS, STUDENTS, TEACHERS, SECTIONS, ENROLLMENTS, STAFF)
MAX_CONTACTS = 5
"""How many contacts of one student Clever takes."""
