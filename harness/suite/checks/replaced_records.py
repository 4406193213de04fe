"""Replaced records: new ids of an app's own for records that go on at Clever under their IDs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.assess.findings import Finding
from harness.assess.passing_ids import key_of
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex, RecordRef
from harness.assess.rows_allowed import others_for_the_same, purposes
from harness.assess.scope import kinds_of
from harness.contract.rows import RowPer
from harness.contract.snapshot import Held
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day
from harness.suite.checks.every_day.days import calm_days, hindered
from harness.suite.checks.observation import Observation
from harness.suite.checks.same_account import replaced

_Rows = Sequence[Held]
"""The rows in use of one record: one, unless several are declared."""


def none_replaced(index: RecordingIndex) -> Observation:
    """Whatever Clever goes on sharing has the same id in the app from one sync to the next.

    It may be changed in between. Kinds whose ids change on a day without changes are a matter of
    that day; who was not in use on both days, or has more rows than declared, is a matter of other
    checks.
    """
    observation = Observation()
    for kind in KINDS:
        if declared := _left_out(index, kind):
            observation.leave_out(declared)
            continue
        for district in index.districts:
            days = [calm.day for calm in calm_days(index, district)]
            for then, day in pairwise(days):
                for person, before, now in _both_times(index, district, then, day, kind):
                    observation.saw(kinds_of(index, district, kind, person.clever_id))
                    place = index, district, then, day, person
                    if _are_others(*place, before, now) and not _explained(index, before, now):
                        observation.findings.append(replaced(index, district, day, person, then))
    if not observation.examined:
        observation.needs += _hindered(index)
    return observation


def _hindered(index: RecordingIndex) -> list[Finding]:
    """Why there are no two syncs to compare."""
    days = [(district, day) for district in index.districts for day in index.days_of(district)]
    return [need for district, day in days for need in hindered(index, district, day)]


def _left_out(index: RecordingIndex, kind: Kind) -> str:
    """Why the ids of a kind are not compared; "" if they are."""
    if key_of(kind) in index.profile.not_held:
        return index.expectations.declared(key_of(kind))
    return "" if _lasts(index, kind) else "On a day without changes these ids change as well."


def _lasts(index: RecordingIndex, kind: Kind) -> bool:
    days = [calm.day for calm in calm_days(index, COMMON)]
    return not any(
        _are_others(index, COMMON, then, day, person, before, now)
        for then, day in pairwise(days)
        if day == Day.QUIET
        for person, before, now in _both_times(index, COMMON, then, day, kind)
    )


def _both_times(
    index: RecordingIndex, district: str, then: str, day: str, kind: Kind
) -> Iterator[tuple[RecordRef, _Rows, _Rows]]:
    """What is shared and in use on all days from one to the other, with the rows on both.

    What an app has lost in between, when Clever failed, is a matter of that day.
    """
    between = [each for each in index.before(district, day) if each in index.after(district, then)]
    rosters = [index.roster(district, each).of(kind) for each in (then, *between, day)]
    kept = [ids for each in between if (ids := _in_use(index, district, each, kind)) is not None]
    was, now = (index.holdings(district, each, "sync") for each in (then, day))
    several = kind in index.profile.rows
    for clever_id in rosters[0]:
        rows = was.active_rows(kind, clever_id), now.active_rows(kind, clever_id)
        if not all(len(each) == 1 or (several and each) for each in rows):
            continue
        if all(clever_id in each for each in (*rosters[1:], *kept)):
            yield index.record_of(kind, clever_id), *rows


def _in_use(index: RecordingIndex, district: str, day: str, kind: Kind) -> frozenset[str] | None:
    """What was in use after a sync; None if nobody looked."""
    try:
        return index.holdings(district, day, "sync").active_ids[kind]
    except NotReachedError:
        return None


def _are_others(
    index: RecordingIndex,
    district: str,
    then: str,
    day: str,
    person: RecordRef,
    before: _Rows,
    now: _Rows,
) -> bool:
    """Whether the rows of a record are others, and not because they are for others by now.

    Rows for classes come and go with terms where an app keeps current ones alone.
    """
    ids = {row.app_id for row in now}
    per = index.profile.rows.get(person.kind)
    if per is None or ids == {row.app_id for row in before}:
        return ids.isdisjoint(row.app_id for row in before)
    if (others := others_for_the_same(before, now, per)) is not None:
        return others
    if "terms.past-and-future" in index.profile.not_held:
        return False
    was, is_ = (_shared_purposes(index, district, each, person, per) for each in (then, day))
    return ids.isdisjoint(row.app_id for row in before) and not was.isdisjoint(is_)


def _shared_purposes(
    index: RecordingIndex, district: str, day: str, person: RecordRef, per: RowPer
) -> frozenset[str]:
    """The same without teachers whom a class names and Clever does not share."""
    roster = index.roster(district, day)
    found = purposes(roster, person.kind, person.clever_id, per)
    return found & roster.users.keys() if per is RowPer.TEACHER else found


def _explained(index: RecordingIndex, before: _Rows, now: _Rows) -> bool:
    """Whether an app shows Clever's IDs for its own, or has found an account from before Clever."""
    ids = {row.app_id for row in now}
    clever_id = now[0].clever_id
    return clever_id in {*ids, *(row.app_id for row in before)} or any(
        act.app_id in ids for act in index.accounts
    )
