"""A hand-made district of two schools, small enough to know by heart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from harness.district.data_model.records import Course, District, School, Section, Term, User
from harness.district.data_model.roster import Roster
from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Request, Response
from harness.simulator.simulator import Simulator

DAY = datetime(2026, 8, 20, 6, 30, tzinfo=UTC)
MADE = "2026-08-01T08:00:00.000Z"
CLIENT = OAuthClient(
    id="app-one", secret="not-a-real-secret", redirect_uris=("http://localhost/cb",)
)


def number(prefix: str, index: int) -> str:
    """A Clever id: 24 hexadecimal digits."""
    return f"{prefix}{index:0{24 - len(prefix)}x}"


DISTRICT = number("d", 1)
ELM, OAK = number("5c", 1), number("5c", 2)
FALL, SPRING = number("7e", 1), number("7e", 2)
ART, MATH = number("c0", 1), number("c0", 2)
ART_1, MATH_1, MATH_2 = number("5e", 1), number("5e", 2), number("5e", 3)
MAYA, LEO, IRIS = number("a0", 1), number("a0", 2), number("a0", 3)
OKOYE, PARK, ADMIN = number("b0", 1), number("b0", 2), number("b0", 3)
AUNT = number("b1", 1)


def district(identity: str = DISTRICT) -> District:
    return {
        "id": identity,
        "name": "Small Town Schools",
        "sis_type": "sftp",
        "state": "running",
        "error": "",
        "launch_date": "2026-08-01",
        "last_sync": MADE,
        "portal_url": "https://clever.com/in/small-town",
        "login_methods": ["Clever Passwords"],
        "district_contact": {
            "district": identity,
            "email": "office@example.org",
            "id": number("dc", 1),
            "name": {"first": "Ada", "last": "Office"},
            "title": "",
        },
        "lms_type": "",
        "lms_state": "",
    }


def school(identity: str, name: str, owner: str = DISTRICT) -> School:
    return {
        "created": MADE,
        "district": owner,
        "ext": {},
        "high_grade": "8",
        "last_modified": MADE,
        "location": {"address": "1 Main St", "city": "Small Town", "state": "NY", "zip": "10001"},
        "low_grade": "Kindergarten",
        "name": name,
        "phone": "",
        "principal": {"name": "Robin Head", "email": "robin@example.org"},
        "school_number": identity[-2:],
        "sis_id": identity[-4:],
        "state_id": "",
        "id": identity,
    }


def student(
    identity: str, first: str, schools: list[str], email: str = "", owner: str = DISTRICT
) -> User:
    return {
        "created": MADE,
        "district": owner,
        "email": email,
        "last_modified": MADE,
        "name": {"first": first, "middle": "", "last": "Tester"},
        "id": identity,
        "roles": {
            "student": {
                "credentials": {"district_username": first.lower()},
                "dob": "1/6/2014",
                "enrollments": [],
                "ext": {},
                "gender": "X",
                "grade": "5",
                "graduation_year": "",
                "hispanic_ethnicity": "",
                "location": {"address": "", "city": "", "state": "", "zip": "10001"},
                "race": "",
                "ell_status": "N",
                "frl_status": "Other",
                "iep_status": "N",
                "home_language": "Zulu",
                "home_language_code": "zul",
                "gifted_status": "Y",
                "section_504_status": "N",
                "disability": {"disability_status": "N"},
                "preferred_name": {"first": first, "middle": "", "last": "T"},
                "school": schools[0],
                "schools": schools,
                "sis_id": identity[-6:],
                "state_id": "",
                "student_number": identity[-6:],
                "email": email,
            }
        },
        "lms_status": {"synced_in_lms": False},
    }


def teacher(identity: str, last: str, schools: list[str], *, staff: bool = False) -> User:
    user: User = {
        "created": MADE,
        "district": DISTRICT,
        "email": f"{last.lower()}@example.org",
        "last_modified": MADE,
        "name": {"first": "Sam", "middle": "", "last": last},
        "id": identity,
        "roles": {
            "teacher": {
                "credentials": {"district_username": last.lower()},
                "ext": {},
                "school": schools[0],
                "schools": schools,
                "sis_id": identity[-4:],
                "state_id": "",
                "teacher_number": identity[-4:],
                "title": "Teacher",
                "legacy_id": number("e0", int(identity[-4:], 16)),
            }
        },
    }
    if staff:
        user["roles"]["staff"] = {
            "legacy_id": number("e1", 1),
            "roles": [],
            "schools": [OAK],
            "staff_id": "77",
            "title": "Librarian",
            "department": "",
        }
    return user


def admin() -> User:
    return {
        "created": MADE,
        "district": DISTRICT,
        "email": "admin@example.org",
        "last_modified": MADE,
        "name": {"first": "Kim", "middle": "", "last": "Admin"},
        "id": ADMIN,
        "roles": {"district_admin": {"legacy_id": number("e2", 1), "title": "IT"}},
    }


def contact(identity: str, name: str, child: str) -> User:
    return {
        "created": MADE,
        "district": DISTRICT,
        "email": "aunt@example.net",
        "last_modified": MADE,
        "name": {"last": name},
        "id": identity,
        "roles": {
            "contact": {
                "phone": "",
                "phone_type": "Other",
                "sis_id": "",
                "student_relationships": [
                    {"relationship": "Aunt/Uncle", "student": child, "type": "Family"}
                ],
                "legacy_id": number("e3", 1),
            }
        },
    }


def section(
    identity: str,
    name: str,
    *,
    school_id: str,
    students: list[str],
    teachers: list[str],
    course: str = "",
    term: str = "",
) -> Section:
    found: Section = {
        "created": MADE,
        "district": DISTRICT,
        "ext": {},
        "grade": "5",
        "last_modified": MADE,
        "name": name,
        "period": "",
        "school": school_id,
        "section_number": "",
        "sis_id": identity[-4:],
        "students": students,
        "subject": "",
        "teacher": teachers[0],
        "teachers": teachers,
        "id": identity,
        "lms_status": {"synced_in_lms": False},
    }
    if course:
        found["course"] = course
    if term:
        found["term_id"] = term
    return found


def term(identity: str, name: str) -> Term:
    return {
        "district": DISTRICT,
        "end_date": "2026-12-20",
        "name": name,
        "start_date": "2026-08-01",
        "id": identity,
    }


def course(identity: str, name: str) -> Course:
    return {"district": DISTRICT, "name": name, "number": identity[-1], "id": identity}


def roster() -> Roster:
    """Two schools, two terms, two courses, three sections, seven people."""
    return Roster(
        district=district(),
        schools={ELM: school(ELM, "Elm School"), OAK: school(OAK, "Oak School")},
        terms={FALL: term(FALL, "Fall"), SPRING: term(SPRING, "Spring")},
        courses={ART: course(ART, "Art"), MATH: course(MATH, "Math")},
        sections={
            ART_1: section(
                ART_1, "Art - Okoye - 1", school_id=ELM, students=[MAYA, LEO],
                teachers=[OKOYE], course=ART, term=FALL,
            ),
            MATH_1: section(
                MATH_1, "Math - Park - 2", school_id=ELM, students=[MAYA],
                teachers=[PARK, OKOYE], course=MATH, term=FALL,
            ),
            MATH_2: section(
                MATH_2, "Math - Park - 3", school_id=OAK, students=[MAYA, IRIS], teachers=[PARK]
            ),
        },
        users={
            MAYA: student(MAYA, "Maya", [ELM, OAK], "maya@example.com"),
            LEO: student(LEO, "Leo", [ELM]),
            IRIS: student(IRIS, "Iris", [OAK], "iris@example.com"),
            OKOYE: teacher(OKOYE, "Okoye", [ELM]),
            PARK: teacher(PARK, "Park", [ELM, OAK], staff=True),
            ADMIN: admin(),
            AUNT: contact(AUNT, "Ana Tester", MAYA),
        },
    )  # fmt: skip


def crowd(size: int, *, owner: str = DISTRICT, prefix: str = "f0") -> Roster:
    """A district of one school and many students."""
    elm = number(f"{prefix}5c", 1)
    people = [number(prefix, index) for index in range(1, size + 1)]
    return Roster(
        district=district(owner),
        schools={elm: school(elm, "Elm School", owner)},
        terms={},
        courses={},
        sections={},
        users={one: student(one, f"Pupil{one[-4:]}", [elm], owner=owner) for one in people},
    )


def without(whole: Roster, user: str) -> Roster:
    """The roster after one person left."""
    return replace(whole, users={one: who for one, who in whole.users.items() if one != user})


class Caller:
    """An app's side of the conversation, without sockets."""

    def __init__(self, simulator: Simulator, token: str = "") -> None:
        self.simulator = simulator
        self.token = token

    def get(self, target: str, method: str = "GET", **headers: str) -> Response:
        """The answer to one request with the token."""
        path, _, query = target.partition("?")
        sent = [(name.replace("_", "-").encode(), said.encode()) for name, said in headers.items()]
        if self.token and "authorization" not in headers:
            sent.append((b"authorization", f"Bearer {self.token}".encode()))
        return self.simulator.handle(Request(method, path, query, sent))
