from __future__ import annotations

import pytest
from demo.pretend_clever import PretendClever, Rehearsal, Shared

from harness.demo.adapter import DemoAdapter


@pytest.fixture
def lakeside() -> Shared:
    """A district with one of everything a sync can stumble over."""
    district = Shared("lakeside")
    district.put("schools", "north", name="North School")
    district.put("schools", "south", name="South School")
    district.put("terms", "fall", name="Fall", start_date="2026-08-01", end_date="2026-12-20")
    district.put("courses", "reading", name="Reading", number="R1")
    for student in ("leo", "maya", "noor"):
        district.student(student, "north", grade="4")
    district.student("zoe", "south", "north")
    for teacher in ("amy", "ben", "cy"):
        district.teacher(teacher, "north")
    district.person(
        "dee",
        email="dee@example.org",
        teacher={"schools": ["north"], "school": "north", "sis_id": "t-dee"},
        staff={"schools": ["north", "south"], "staff_id": "f-dee", "roles": []},
    )
    district.person("ada", email="ada@example.org", district_admin={"title": ""})
    district.put(
        "users",
        "carl",
        name={"last": "Carl Contact"},
        email="",
        roles={
            "contact": {
                "sis_id": "",
                "student_relationships": [
                    {"student": "maya", "relationship": "Parent", "type": ""},
                    {"student": "leo", "relationship": "Aunt/Uncle", "type": ""},
                    {"student": "not-shared", "relationship": "Parent", "type": ""},
                ],
            }
        },
    )
    more = {"course": "reading", "term_id": "fall"}
    district.section("art", "north", ["amy", "ben", "dee"], ["leo", "maya", "not-shared"], **more)
    district.section("math", "south", ["cy"], ["maya", "noor", "zoe"])
    return district


@pytest.fixture
def clever(lakeside: Shared) -> PretendClever:
    return PretendClever(lakeside)


@pytest.fixture
def rehearsal(clever: PretendClever) -> Rehearsal:
    """The reference app beside the district."""
    return Rehearsal(DemoAdapter, clever)
