"""Cells: one shared record as what stands in a line of its file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from harness.district.csv import values
from harness.district.csv.columns import CONTACT, EXTENSION
from harness.district.data_model.records import (
    ContactRelationship,
    School,
    StaffRole,
    StudentRole,
    TeacherRole,
    Term,
    User,
)

Cells = dict[str, str]
"""Column → what stands in it; the rest is empty."""


def of_school(school: School) -> Cells:
    location, principal = school.get("location", {}), school.get("principal", {})
    return {
        "School_id": school["sis_id"],
        "School_name": school["name"],
        "School_number": school["school_number"],
        "State_id": school.get("state_id", ""),
        "Low_grade": school.get("low_grade", ""),
        "High_grade": school.get("high_grade", ""),
        "Principal": principal.get("name", ""),
        "Principal_email": principal.get("email", ""),
        "School_address": location.get("address", ""),
        "School_city": location.get("city", ""),
        "School_state": location.get("state", ""),
        "School_zip": location.get("zip", ""),
        "School_phone": school.get("phone", ""),
        **of_extension(school.get("ext")),
    }


def _accepted(parse: values.Parser, value: str | None) -> str:
    """A value as the files take it; one that Clever sends and its files do not know is left out."""
    try:
        return parse(value) if value else ""
    except ValueError:
        return ""


def of_student(user: User, role: StudentRole) -> Cells:
    location, disability = role.get("location", {}), role.get("disability", {})
    preferred = role.get("preferred_name", {})
    return {
        "Student_id": role["sis_id"],
        "Student_number": role.get("student_number", ""),
        "State_id": role.get("state_id", ""),
        **_name(user),
        "Grade": _accepted(values.grade, role.get("grade", "")),
        "Gender": _accepted(values.gender, role.get("gender", "")),
        "Graduation_year": role.get("graduation_year", ""),
        "DOB": role.get("dob", ""),
        "Race": _accepted(values.race, role.get("race", "")),
        "Hispanic_Latino": _accepted(values.yes_or_no, role.get("hispanic_ethnicity", "")),
        "Home_language": role.get("home_language", ""),
        "Ell_status": _accepted(values.yes_or_no, role.get("ell_status", "")),
        "Frl_status": _accepted(values.lunch, role.get("frl_status", "")),
        "IEP_status": _accepted(values.yes_or_no, role.get("iep_status", "")),
        "Student_street": location.get("address", ""),
        "Student_city": location.get("city", ""),
        "Student_state": location.get("state", ""),
        "Student_zip": location.get("zip", ""),
        "Student_email": user.get("email", ""),
        "Username": role.get("credentials", {}).get("district_username", ""),
        "Home_language_code": role.get("home_language_code", ""),
        "Gifted_status": role.get("gifted_status", ""),
        "Section_504_status": role.get("section_504_status", ""),
        "Disability_status": disability.get("disability_status", ""),
        "Disability_type": disability.get("disability_type", ""),
        "Disability_code": disability.get("disability_code", ""),
        "Preferred_first_name": preferred.get("first", ""),
        "Preferred_middle_name": preferred.get("middle", ""),
        "Preferred_last_name": preferred.get("last", ""),
        **of_extension(role.get("ext")),
    }


def of_contact(user: User, relation: ContactRelationship) -> Cells:
    role = user["roles"]["contact"]
    contents = (
        relation["relationship"],
        relation["type"],
        user["name"].get("last", ""),
        role["phone"],
        role["phone_type"],
        user.get("email", ""),
        role["sis_id"],
    )
    return dict(zip(CONTACT, contents, strict=True))


def of_teacher(user: User, role: TeacherRole) -> Cells:
    return {
        "Teacher_id": role["sis_id"],
        "Teacher_number": role.get("teacher_number", ""),
        "State_teacher_id": role.get("state_id", ""),
        "Teacher_email": user.get("email", ""),
        **_name(user),
        "Title": role.get("title", ""),
        "Username": role.get("credentials", {}).get("district_username", ""),
        **of_extension(role.get("ext")),
    }


def of_staff(user: User, role: StaffRole) -> Cells:
    return {
        "Staff_id": role["staff_id"],
        "Staff_email": user.get("email", ""),
        "First_name": user["name"].get("first", ""),
        "Last_name": user["name"].get("last", ""),
        "Department": role.get("department", ""),
        "Title": role.get("title", ""),
        "Username": role.get("credentials", {}).get("district_username", ""),
        "Role": role["roles"][0] if role["roles"] else "",
        **of_extension(role.get("ext")),
    }


def of_term(term: Term) -> Cells:
    return {
        "Term_name": term.get("name", ""),
        "Term_start": _day(term.get("start_date", "")),
        "Term_end": _day(term.get("end_date", "")),
    }


def of_extension(fields: Mapping[str, str] | None) -> Cells:
    """The district's own fields, under headers that cannot be taken for Clever's."""
    return {f"{EXTENSION}{name}": content for name, content in (fields or {}).items()}


def _name(user: User) -> Cells:
    name = user["name"]
    return {
        "First_name": name.get("first", ""),
        "Middle_name": name.get("middle", ""),
        "Last_name": name.get("last", ""),
    }


def _day(iso: str) -> str:
    return values.written(date.fromisoformat(iso)) if iso else ""
