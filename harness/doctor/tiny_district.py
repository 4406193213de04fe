"""The tiny district: thirty people in two schools, enough to see every kind of record once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from harness.contract.account import Account
from harness.district.build import build_small
from harness.district.clever.rules import share
from harness.district.data_model.records import User, roles_of
from harness.district.data_model.roster import Roster
from harness.district.population.sizes import SMALL
from harness.district.sis.classes import co_teach
from harness.district.sis.sis import Sis

_SIZE = replace(SMALL, students=8, teachers=2, contacts=3, sections=3, courses=2)
TIMES_LARGER = 35
"""So many times the people of this district are in the largest one of a rehearsal."""

ROLES: Mapping[str, str] = {
    "student": "students",
    "teacher": "teachers",
    "staff": "staff",
    "district_admin": "district_admins",
    "contact": "contacts",
}
"""Role in Clever's words → the key of `[profile.not_held]` for people who have it."""


@dataclass(frozen=True)
class TinyDistrict:
    """What it shares."""

    roster: Roster
    at: datetime

    @property
    def id(self) -> str:
        return str(self.roster.district["id"])

    @cached_property
    def shared(self) -> Mapping[str, frozenset[str]]:
        """Key of `[profile.not_held]` → the Clever ids of its records."""
        roster = self.roster
        kinds: dict[str, Iterable[str]] = {
            "schools": roster.schools,
            "terms": roster.terms,
            "courses": roster.courses,
            "sections": roster.sections,
        }
        for role, key in ROLES.items():
            kinds[key] = [uid for uid, user in roster.users.items() if role in roles_of(user)]
        return {key: frozenset(ids) for key, ids in kinds.items()}

    @cached_property
    def everything(self) -> frozenset[str]:
        """The Clever ids of all its records."""
        return frozenset().union(*self.shared.values())

    def students(self) -> Sequence[User]:
        """Its students, in the order of their ids."""
        return [user for user in self.roster.users.values() if "student" in roles_of(user)]

    def account(self) -> Account:
        """One of the students, as a vendor knew them before Clever."""
        student = self.students()[0]
        role = student["roles"]["student"]
        school = self.roster.schools[role["school"]]
        return Account(
            role="student",
            first_name=student["name"]["first"],
            last_name=student["name"]["last"],
            email=student.get("email") or None,
            number=role.get("student_number") or None,
            school=school["name"],
        )


def tiny_district(*, seed: int, salt: str, run_date: date) -> TinyDistrict:
    """The district as it shares for the first time."""
    at = datetime.combine(run_date - timedelta(days=1), time(16, 5, tzinfo=UTC))
    sis = build_small("doctor", seed=seed, salt=salt, run_date=run_date, size=_SIZE)
    return TinyDistrict(share(_co_taught(sis), at=at, previous=None), at)


def _co_taught(sis: Sis) -> Sis:
    """Every class has another teacher of its school as well, so that no order by id is Clever's."""
    for row in sis.sections.values():
        of_school = (other for other in sis.sections.values() if other.school == row.school)
        colleagues = {teacher for other in of_school for teacher in other.teachers}
        for teacher in sorted(colleagues - {*row.teachers})[:1]:
            sis = co_teach(sis, row.uid, teacher)
    return sis
