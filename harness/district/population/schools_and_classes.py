"""Schools and classes: the ordinary schools, terms, courses and classes of a district."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from harness.district.data_model.grades import grades_between
from harness.district.data_model.ids import Block, hashed
from harness.district.data_model.records import District, DistrictContact, Name, Principal, School
from harness.district.population.enrollment import periods_of
from harness.district.population.five_schools import SCHOOLS
from harness.district.population.layout import Layout
from harness.district.sis.entries import CourseEntry, SchoolEntry, SectionEntry, TermEntry

COURSES = (
    ("math", "Math"),
    ("science", "Science"),
    ("english/language arts", "English"),
    ("social studies", "History"),
    ("arts and music", "Music"),
    ("PE and health", "PE"),
    ("language", "Spanish"),
    ("technology and engineering", "Computing"),
    ("homeroom/advisory", "Advisory"),
    ("other", "Enrichment"),
)
"""Clever's subject, and what schools call it."""
TERMS = (
    ("Y1", 300),
    ("S2", 150),
    ("T3", 100),
    ("Q4", 75),
    ("Y1", 290),
    ("S2 Block A", 140),
    ("S2 Block B", 70),
    ("H2", 160),
)
"""Name and length in days. Names repeat, as in Certification ISD."""


def district_record(layout: Layout) -> District:
    district_id = layout.ids.clever_id(Block.DISTRICT, 1)
    random = layout.maker.random("district contact")
    contact = DistrictContact(
        district=district_id,
        email=f"clever.contact@{layout.domain}",
        id=layout.ids.clever_id(Block.DISTRICT, 2),
        name=Name(first=layout.maker.names.draw_first(random), last="Okafor"),
        title="",
    )
    return District(
        id=district_id,
        name=f"#DEMO {layout.town} ISD - Rehearsal",
        sis_type="sftp",
        state="running",
        error="",
        launch_date=(layout.run_date - timedelta(days=180)).isoformat(),
        last_sync="",
        portal_url=f"https://clever.com/in/{layout.domain.split('.')[0]}",
        login_methods=["Clever Badges", "Clever Passwords"],
        district_contact=contact,
        lms_type="",
        lms_state="",
    )


def school_entries(layout: Layout) -> Iterator[SchoolEntry]:
    for number, key in enumerate((*layout.schools, *layout.empty_schools)):
        plan = SCHOOLS[key]
        mark = hashed(layout.ids.salt, "school", number)
        sis_id = f"{10 + mark % 90}{'KMQRX'[number]}{100 + (mark >> 8) % 900}"
        random = layout.maker.random(f"principal {plan.principal}")
        name = f"{layout.maker.names.draw_first(random)} {layout.maker.names.draw_last(random)}"
        created = layout.maker.created(number, Block.SCHOOL)
        record = School(
            id=layout.ids.clever_id(Block.SCHOOL, number + 7),
            district=layout.ids.clever_id(Block.DISTRICT, 1),
            name=plan.name if layout.town == "Marlow" else plan.name.replace("Marlow", layout.town),
            sis_id=sis_id,
            school_number=sis_id,
            created=created,
            last_modified=created,
            state_id=str(400 + number),
            low_grade=plan.low,
            high_grade=plan.high,
            phone=plan.phone,
            location=plan.location,
            principal=Principal(name=name, email=f"{plan.principal}.office@{layout.domain}"),
            ext={"charter_school": ("N", "N", "", "", "Y")[number]},
        )
        yield SchoolEntry(
            uid=key, id=record["id"], record=record, low=plan.low, high=plan.high,
            next=plan.next,
        )  # fmt: skip


def term_entries(layout: Layout) -> Iterator[TermEntry]:
    for number, uid, school, position in layout.numbered(Block.TERM):
        name, length = TERMS[number // len(layout.schools) % len(TERMS)]
        end = layout.run_date + timedelta(days=1)
        yield TermEntry(
            uid=uid,
            id=layout.ids.clever_id(Block.TERM, position),
            school=school,
            name=name,
            start=end - timedelta(days=length),
            end=end,
        )


def course_entries(layout: Layout) -> Iterator[CourseEntry]:
    for number, uid, school, position in layout.numbered(Block.COURSE):
        place = number // len(layout.schools)
        grades = grades_between(SCHOOLS[school].low, SCHOOLS[school].high)
        grade = grades[place % len(grades)]
        yield CourseEntry(
            uid=uid,
            id=layout.ids.clever_id(Block.COURSE, position),
            name=f"{_grade_words(grade)} {COURSES[place % len(COURSES)][1]}",
            number=str(100 + place) if layout.maker.complete or place % 9 else "",
        )


def section_entries(layout: Layout) -> Iterator[SectionEntry]:
    """Classes with a course and a term; `with_ordinary_enrollments` adds their students."""
    per_school = layout.per_school(Block.SECTION)
    courses, complete = layout.per_school(Block.COURSE), layout.maker.complete
    terms = layout.per_school(Block.TERM)
    for number, uid, school, position in layout.numbered(Block.SECTION):
        place, turn = number // len(layout.schools), number % len(layout.schools)
        subject, label = COURSES[place % courses % len(COURSES)]
        period = place % periods_of(per_school) + 1
        yield SectionEntry(
            uid=uid,
            id=layout.ids.clever_id(Block.SECTION, position),
            school=school,
            sis_id=layout.ids.sis_id(Block.SECTION, position),
            created=layout.maker.created(position, Block.SECTION),
            source_name=f"{label} {place + 1}",
            course=_uid(layout, Block.COURSE, place % courses, turn),
            term=_uid(layout, Block.TERM, place % terms, turn),
            teachers=_teachers_of(layout, place, turn),
            students=(),
            subject=subject if complete or place % 9 else "",
            period=str(period) if complete or place % 11 else "",
            number=str(place % 3 + 1) if complete or place % 5 == 0 else "",
            classroom=("A1", "A2", "B1", "")[place % 4],
        )


def _uid(layout: Layout, block: Block, place: int, turn: int) -> str:
    return f"{block} {place * len(layout.schools) + turn}"


def _teachers_of(layout: Layout, place: int, turn: int) -> tuple[str, ...]:
    """Mostly one; some classes have co-teachers, and two schools a teacher without a class."""
    per_school = layout.per_school(Block.TEACHER)
    teaching = per_school - 1 if turn in (0, 3) and per_school > 3 else per_school
    many = 3 if place % 16 == 9 else 2 if place % 10 == 3 else 1
    return tuple(
        f"{Block.TEACHER} {(place + extra * 2) % teaching * len(layout.schools) + turn}"
        for extra in range(min(many, teaching))
    )


def _grade_words(grade: str) -> str:
    return f"Grade {grade}" if grade.isdigit() else grade.replace("Transitional", "Transitional ")
