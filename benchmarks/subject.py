"""What is served: a district of students, one page of it, one of them."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from harness.district.data_model.records import User
from harness.district.data_model.roster import Roster
from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Request
from harness.simulator.simulator import Simulator

AT = datetime(2026, 9, 1, 6, tzinfo=UTC)
CLIENT = OAuthClient(id="benchmark", secret="not-a-real-secret")
DISTRICT = "d" * 24
SCHOOL = "5c" + "0" * 22
SIZE = 3000


def identity(number: int) -> str:
    """The Clever id of a student."""
    return f"f0{number:022x}"


def student(number: int) -> User:
    """A student of about 0.8 kB, as large as recorded ones."""
    name = f"{number:08d}"
    return {
        "created": "2026-08-01T08:00:00.000Z",
        "district": DISTRICT,
        "email": f"student.{name}@example.com",
        "last_modified": "2026-08-20T08:00:00.000Z",
        "name": {"first": f"First{name}", "last": f"Last{name}", "middle": "M"},
        "id": identity(number),
        "roles": {
            "student": {
                "credentials": {"district_username": f"student{name}"},
                "dob": "11/16/2014",
                "ell_status": "N",
                "enrollments": [],
                "ext": {"gifted_status": ""},
                "frl_status": "Free",
                "gender": "X",
                "grade": "5",
                "graduation_year": "",
                "hispanic_ethnicity": "N",
                "iep_status": "N",
                "location": {"address": "1 Main Street", "city": "Town", "state": "NY", "zip": "1"},
                "race": "Two or More Races",
                "school": SCHOOL,
                "schools": [SCHOOL],
                "sis_id": name,
                "state_id": name,
                "student_number": name,
                "email": f"student.{name}@example.com",
            }
        },
    }  # fmt: skip


def roster(size: int = SIZE) -> Roster:
    """A district of so many students."""
    return Roster(
        district={
            "id": DISTRICT,
            "name": "Benchmark Schools",
            "sis_type": "sftp",
            "state": "running",
            "error": "",
            "launch_date": "2026-08-01",
            "last_sync": "2026-09-01T06:00:00.000Z",
            "portal_url": "https://clever.com/in/benchmark",
            "login_methods": ["Clever Passwords"],
            "district_contact": {
                "district": DISTRICT,
                "email": "office@example.org",
                "id": "dc" + "0" * 22,
                "name": {"first": "Ada", "last": "Office"},
                "title": "",
            },
        },
        schools={},
        terms={},
        courses={},
        sections={},
        users={identity(number): student(number) for number in range(size)},
    )


def simulator(size: int = SIZE) -> Simulator:
    """A Clever that shares the district; a thousand requests take it a minute."""
    requests = itertools.count()
    made = Simulator(clients=[CLIENT], now=lambda: next(requests) * 0.06)
    made.publish(roster(size), at=AT)
    return made


def body(made: Simulator, target: str) -> bytes:
    """The body of one answer."""
    path, _, query = target.partition("?")
    bearer = f"Bearer {made.token(DISTRICT)}".encode()
    return made.handle(Request("GET", path, query, [(b"authorization", bearer)])).body
