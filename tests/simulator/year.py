"""A few days of a populated five-school district, as rosters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import cast

from harness.district.build import build_district
from harness.district.clever.rules import share
from harness.district.data_model.records import User
from harness.district.data_model.roster import Roster

RUN_DATE = date(2026, 9, 1)
START = datetime(2026, 9, 1, 6, tzinfo=UTC)


def at(day: int) -> datetime:
    """District time moves three days a day."""
    return START + timedelta(days=3 * day)


@cache
def days() -> tuple[Roster, ...]:
    """Everyone; without a tenth of the users; all back; some with another address."""
    sis = build_district((), seed=7, salt="tests", run_date=RUN_DATE)
    first = share(sis, at=START, previous=None)
    stay = {one: user for at, (one, user) in enumerate(first.users.items()) if at % 10}
    moved = {
        one: _moved(user) if number % 25 == 0 else user
        for number, (one, user) in enumerate(first.users.items())
    }
    return first, replace(first, users=stay), first, replace(first, users=moved)


def _moved(user: User) -> User:
    return cast(User, {**user, "email": f"{user['id']}@example.net"})
