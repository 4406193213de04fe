"""Person maker: a person with every optional field, as a function of seed, salt and place.

Rates of empty values and the habits (unpadded dates of birth, contacts whose whole name is in
`last`, "" for what is not set) are those of recorded responses of Certification ISD.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from harness.district.data_model.enums import RACES
from harness.district.data_model.grades import GRADES
from harness.district.data_model.ids import Block, Ids, hashed
from harness.district.data_model.records import (
    ContactRole,
    Credentials,
    Disability,
    DistrictAdminRole,
    Location,
    Name,
    StaffRole,
    StudentRole,
    TeacherRole,
)
from harness.district.data_model.timestamps import timestamp
from harness.district.population.names import NamePool, name_pool
from harness.district.sis.addresses import address_of, slug
from harness.district.sis.sis import Sis

CREATED_DAYS_AGO = 400
"""When Clever first saw what is there at the beginning: before any sync, early ones included."""

_LANGUAGES = (
    ("English", "eng"),
    ("English", "eng"),
    ("English", "eng"),
    ("Spanish", "spa"),
    ("Spanish", "spa"),
    ("Arabic", "ara"),
    ("Vietnamese", "vie"),
    ("Tagalog", "tgl"),
    ("", ""),
)
_BEFORE_SCHOOL = GRADES[: GRADES.index("1")]
_DISABILITIES = (("Autism", "aut"), ("Hearing impairment", "hi"), ("Visual impairment", "vi"))
_STAFF = (
    ("Principal", "Administration", "SchoolTechLead"),
    ("Technology Coordinator", "IT", "SchoolTechLead"),
    ("Librarian", "Library", "PortalOnly"),
    ("Counselor", "", "PortalOnly"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMaker:
    """Makes the people of one district; fields follow from (seed, uid) or (salt, position)."""

    ids: Ids
    seed: int
    run_date: date
    domain: str
    names: NamePool
    complete: bool = False
    """Whether every optional value is there and usual: for casts, who lack what they are about."""

    @classmethod
    def of_district(cls, sis: Sis, *, complete: bool = False) -> PersonMaker:
        """The maker of further people for a district."""
        return cls(
            ids=sis.ids,
            seed=sis.seed,
            run_date=sis.run_date,
            domain=sis.domain,
            names=name_pool(sis.seed),
            complete=complete,
        )

    def random(self, uid: str) -> Random:
        """The dice of one record; names and structure come from here, so the salt is left out."""
        return Random(hashed(self.seed, self.ids.district, uid))

    def address(self, name: Name, *, tag: str = "") -> str:
        """An e-mail address of the district; `tag` keeps people of one name apart."""
        return address_of(name, self.domain, tag=tag)

    def name(self, random: Random) -> Name:
        return Name(
            first=self.names.draw_first(random),
            middle=self.names.draw_middle(random),
            last=self.names.draw_last(random),
        )

    def created(self, position: int, block: Block) -> str:
        """When Clever first saw a record: one night, later for later ids."""
        night = datetime.combine(self.run_date, time(23, 5), UTC)
        offset = timedelta(days=-CREATED_DAYS_AGO, milliseconds=(position >> 20) * 5)
        return timestamp(night + offset + timedelta(seconds=10 * len(block)))

    def student(
        self, random: Random, name: Name, position: int, *, school: str, grade: str
    ) -> StudentRole:
        number = self.ids.sis_id(Block.STUDENT, position)
        language, code = random.choice(_LANGUAGES)
        gifted = random.choice(("Y", "N", "", ""))
        role = StudentRole(
            school=school,
            schools=[school],
            enrollments=[],
            sis_id=number,
            student_number=number,
            state_id=self._state_id("student", position) if self._has(random, 0.95) else "",
            gender=random.choice(("M", "F")),
            dob=self._dob(random, grade),
            grade=grade,
            graduation_year=self._graduation_year(random, grade),
            race=random.choice(RACES) or ("Unknown" if self.complete else ""),
            hispanic_ethnicity=random.choice(("Y", "N", "N", "")),
            home_language=language,
            home_language_code=code,
            ell_status=random.choice(("N", "N", "Y", "")),
            frl_status=random.choice(("Free", "Reduced", "Paid", "Paid", "")),
            iep_status=random.choice(("N", "N", "N", "Y")),
            location=Location(address="", city="", state="", zip=str(random.randint(11001, 11697))),
            credentials=self._username(random, name, position, 0.04),
            ext={"gifted_status": gifted},
            gifted_status=gifted,
            section_504_status=random.choice(("N", "N", "Y", "")),
            disability=_disability(random),
        )
        if random.random() < 0.08:
            role["preferred_name"] = Name(first=self.names.draw_first(random), middle="", last="")
        return role

    def teacher(
        self, random: Random, name: Name, position: int, *, schools: tuple[str, ...], subject: str
    ) -> TeacherRole:
        return TeacherRole(
            school=schools[0],
            schools=list(schools),
            sis_id=self.ids.sis_id(Block.TEACHER, position),
            legacy_id=self.ids.legacy_id("teacher", position),
            teacher_number=self.ids.sis_id(Block.TEACHER, position, edition=1)[-6:],
            state_id=self._state_id("teacher", position) if self._has(random, 0.9) else "",
            title=f"{subject} Teacher" if self._has(random, 0.8) else "",
            credentials=self._username(random, name, position, 0.02),
            ext={"admin_permissions": random.choice(("Y", "N", ""))},
        )

    def staff(
        self, random: Random, name: Name, position: int, *, schools: tuple[str, ...]
    ) -> StaffRole:
        title, department, kind = random.choice(_STAFF)
        return StaffRole(
            legacy_id=self.ids.legacy_id("staff", position),
            roles=[kind],
            schools=list(schools),
            staff_id=self.ids.sis_id(Block.STAFF, position),
            title=title,
            department=department,
            credentials=self._username(random, name, position, 0.1),
            ext={},
        )

    def district_admin(self, random: Random, position: int) -> DistrictAdminRole:
        title = random.choice(("Superintendent", "Data Manager", "Director of Technology", ""))
        return DistrictAdminRole(
            legacy_id=self.ids.legacy_id("district_admin", position), title=title
        )

    def contact(self, random: Random, position: int) -> ContactRole:
        known = random.random() < 0.6
        return ContactRole(
            legacy_id=self.ids.legacy_id("contact", position),
            phone=f"(718) 555-01{random.randint(0, 99):02d}" if random.random() < 0.6 else "",
            phone_type=random.choice(("Cell", "Home", "Work", "Other", "")),
            sis_id=self.ids.sis_id(Block.CONTACT, position) if known else "",
            student_relationships=[],
        )

    def _has(self, random: Random, share: float) -> bool:
        """Whether somebody has a value that such a share of people have."""
        return random.random() < share or self.complete

    def _username(self, random: Random, name: Name, position: int, missing: float) -> Credentials:
        first, last = slug(name.get("first", "")), slug(name.get("last", ""))
        digits = hashed(self.ids.salt, position) % 100_000_000
        username = f"{first[:12]}{last[:1]}{digits:08d}"
        return Credentials(district_username=username if self._has(random, 1 - missing) else "")

    def _state_id(self, role: str, position: int) -> str:
        return str(100_000_000 + hashed(self.ids.salt, role, "state", position) % 900_000_000)

    def _dob(self, random: Random, grade: str) -> str:
        age = 5 + _year_of(grade)
        month, day = random.randint(1, 12), random.randint(1, 28)
        return f"{month}/{day}/{self.run_date.year - age}" if self._has(random, 0.96) else ""

    def _graduation_year(self, random: Random, grade: str) -> str:
        return "" if random.random() < 0.7 else str(self.run_date.year + 12 - _year_of(grade))


def _year_of(grade: str) -> int:
    """How many school years after Kindergarten a grade is; 3 for one that does not say."""
    if grade.isdigit():
        return int(grade)
    return 0 if grade in _BEFORE_SCHOOL else 3


def _disability(random: Random) -> Disability:
    if random.random() > 0.1:
        return Disability(disability_status=random.choice(("N", "N", "")))
    kind, code = random.choice(_DISABILITIES)
    return Disability(disability_status="Y", disability_type=kind, disability_code=code)
