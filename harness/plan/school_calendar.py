"""School calendar: the date in a district, for apps that count days, and its district time.

An adapter hears the date as `connection.day`; the new terms begin at rollover, on the day of the
run. District time is when Clever syncs with a district, and always before the run.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from harness.contract.archiving import Archiving
from harness.plan.plan import ABSENCES, ARCHIVES_LATER, DAYS, LIST_DAYS, Day

DAYS_APART = 3
SYNC_TIME = time(16, 5, tzinfo=UTC)
_APART = timedelta(hours=2)
"""Between the syncs of days that lie between two days of the school year."""
_SCHOOL_YEAR = tuple(day for day in DAYS if day not in (*LIST_DAYS, *ABSENCES))


def date_of(district: str, day: str, run_date: date, archiving: Archiving | None) -> date:
    """The date of a day in a district; dates never go back from one day to the next."""
    if district == ARCHIVES_LATER and archiving and archiving.after_days:
        return _around_departures(Day(day), run_date, archiving.after_days)
    if day in LIST_DAYS:
        return date_of(district, _before(LIST_DAYS), run_date, archiving) + timedelta(days=1)
    if day in ABSENCES:
        last = date_of(district, _before(ABSENCES), run_date, archiving)
        return last + timedelta(days=1 + ABSENCES.index(Day(day)))
    since = _SCHOOL_YEAR.index(Day(day)) - _SCHOOL_YEAR.index(Day.ROLLOVER)
    if since > 0:
        return run_date + timedelta(days=1)  # where no new year begins, the terms end on that day
    return run_date + timedelta(days=DAYS_APART * since)


def district_time(day: str, run_date: date) -> datetime:
    """When Clever's sync of a day happened, always before the run; most are nightly."""
    for between in (LIST_DAYS, ABSENCES):
        if day in between:
            earlier = DAYS[DAYS.index(between[0]) - 1]
            return district_time(earlier, run_date) + _APART * (1 + between.index(Day(day)))
    ago = 1 + DAYS_APART * (len(_SCHOOL_YEAR) - 1 - _SCHOOL_YEAR.index(Day(day)))
    return datetime.combine(run_date - timedelta(days=ago), SYNC_TIME)


def _before(between: tuple[Day, ...]) -> Day:
    return DAYS[DAYS.index(between[0]) - 1]


def _around_departures(day: Day, run_date: date, after_days: int) -> date:
    """Who returns is away for less than this, who is long gone for more.

    Less also by the clock of an app that counts from when it last saw somebody, a day before. The
    absence begins on the last day of a month, for apps that count by the day of the month.
    """
    departures = (run_date - timedelta(days=after_days + 2)).replace(day=1) - timedelta(days=1)
    since = {
        Day.FIRST_SHARE: -1,
        Day.DEPARTURES: 0,
        Day.RETURNS: max(0, after_days - 2),
        Day.LONG_GONE: after_days + 1,
        Day.BACK_AT_LAST: after_days + 2,
    }
    return departures + timedelta(days=since[day]) if day in since else run_date
