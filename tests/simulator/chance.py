"""A district to which anything happens that can happen in a student information system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from hypothesis import strategies as st

from harness.district.build import build_district
from harness.district.clever.rules import share
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.district.rollover import roll_over
from harness.district.sis import classes, people, presence
from harness.district.sis.impossible import ImpossibleChangeError
from harness.district.sis.new_ids import with_new_sis_id
from harness.district.sis.sis import Sis

RUN_DATE = date(2026, 3, 2)
START = datetime(2026, 2, 1, 16, 5, 0, 123_000, tzinfo=UTC)

Incident = tuple[str, int]
"""What happens, and a number that decides to whom."""


@cache
def district() -> Sis:
    return build_district((), seed=11, salt="chance", run_date=RUN_DATE, size=FIVE_SMALL_SCHOOLS)


def at(day: int) -> datetime:
    return START + timedelta(days=3 * day)


def _anything(sis: Sis, dice: Random) -> str:
    kinds = (sis.people, sis.sections, sis.courses, sis.terms, sis.schools)
    return dice.choice(sorted(dice.choice(kinds[: dice.choice((1, 2, 5))])))


def _with_role(sis: Sis, role: str, dice: Random) -> str:
    return dice.choice(sorted(uid for uid, who in sis.people.items() if role in who.roles))


def _section(sis: Sis, dice: Random) -> str:
    return dice.choice(sorted(uid for uid, row in sis.sections.items() if row.present))


def _rename(sis: Sis, dice: Random) -> Sis:
    uid = _anything(sis, dice)
    keys = ("first", "last") if uid in sis.people else ("name",)
    names = {dice.choice(keys): f"Renamed {dice.randrange(100)}"}
    return people.rename(sis, uid, names)


def _edit(sis: Sis, dice: Random) -> Sis:
    grade = dice.choice(("1", "7", ""))
    fields = dice.choice(
        (
            {"gender": "X"},
            {"ext": {"lunch": "yes"}},
            {"disability": {"disability_status": "Y", "disability_type": "Autism"}},
            {"location": {"address": "1 New Street", "city": "", "state": "", "zip": "1"}},
            {"grade": grade},
            {"preferred_name": None},
            {"home_language": "Zulu", "home_language_code": "zul"},
            {"iep_status": "Y"},
        )
    )
    return people.edit(sis, _with_role(sis, "student", dice), "student", fields)


HAPPENINGS: dict[str, Callable[[Sis, Random], Sis]] = {
    "leave": lambda sis, dice: presence.leave(sis, _anything(sis, dice)),
    "come back": lambda sis, dice: presence.come_back(sis, _anything(sis, dice)),
    "unshare": lambda sis, dice: presence.unshare(sis, _anything(sis, dice)),
    "share": lambda sis, dice: presence.share_again(sis, _anything(sis, dice)),
    "new number": lambda sis, dice: with_new_sis_id(sis, _anything(sis, dice)),
    "rename": _rename,
    "rename a school": lambda sis, dice: people.rename(
        sis, dice.choice(sorted(sis.schools)), {"name": f"School {dice.randrange(100)}"}
    ),
    "edit": _edit,
    "enroll": lambda sis, dice: classes.enroll(
        sis, _with_role(sis, "student", dice), [_section(sis, dice)]
    ),
    "drop": lambda sis, dice: classes.drop(
        sis, _with_role(sis, "student", dice), [_section(sis, dice)]
    ),
    "co-teach": lambda sis, dice: classes.co_teach(
        sis, _section(sis, dice), _with_role(sis, "teacher", dice)
    ),
    "stop teaching": lambda sis, dice: classes.stop_teaching(
        sis, _section(sis, dice), _with_role(sis, "teacher", dice)
    ),
    "new address": lambda sis, dice: people.new_email(sis, dice.choice(sorted(sis.people))),
    "same address": lambda sis, dice: people.new_email(
        sis, _with_role(sis, "staff", dice), sis.people[_with_role(sis, "teacher", dice)].email
    ),
    "roll over": lambda sis, _dice: roll_over(sis) if sis.year == 0 else sis,
}


def happened(sis: Sis, incidents: Sequence[Incident]) -> Sis:
    """The district after what happened; what is impossible just then did not."""
    for what, number in incidents:
        with suppress(ImpossibleChangeError, IndexError):
            sis = HAPPENINGS[what](sis, Random(number))
    return sis


def rosters(days: Sequence[Sequence[Incident]]) -> list[Roster]:
    """What the district shares first, and after each day."""
    sis = district()
    found = [share(sis, at=START, previous=None)]
    for number, incidents in enumerate(days, start=1):
        sis = happened(replace(sis, at=timestamp(at(number))), incidents)
        found.append(share(sis, at=at(number), previous=found[-1]))
    return found


a_day = st.lists(
    st.tuples(st.sampled_from(sorted(HAPPENINGS)), st.integers(0, 1_000_000)), max_size=12
)
