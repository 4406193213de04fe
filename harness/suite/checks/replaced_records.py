"""Replaced records: new ids of an app's own for records that go on at Clever under their IDs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from harness.assess.passing_ids import key_of
from harness.assess.recording_index import KINDS, RecordingIndex, RecordRef
from harness.assess.scope import kinds_of
from harness.contract.snapshot import Held
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day
from harness.suite.checks.every_day.days import calm_days
from harness.suite.checks.observation import Observation
from harness.suite.checks.same_account import replaced

_Replacement = tuple[str, str, RecordRef]
"""The day before and the day on which a record had another id than before."""


def none_replaced(index: RecordingIndex) -> Observation:
    """Whatever Clever goes on sharing has the same id in the app from one sync to the next.

    It may be changed in between. Kinds whose ids change on a day without changes are a matter of
    that day; who was not in use on both days, or has several rows, is a matter of other checks.
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
                    if before.app_id != now.app_id and not _explained(index, before, now):
                        observation.findings.append(replaced(index, district, day, person, then))
    return observation


def _left_out(index: RecordingIndex, kind: Kind) -> str:
    """Why the ids of a kind are not compared; "" if they are."""
    if key_of(kind) in index.profile.not_held:
        return index.expectations.declared(key_of(kind))
    if kind in index.profile.rows:
        return f"The vendor declares several rows of one record under [profile.rows] {kind}."
    return "" if _lasts(index, kind) else "On a day without changes these ids change as well."


def _lasts(index: RecordingIndex, kind: Kind) -> bool:
    days = [calm.day for calm in calm_days(index, COMMON)]
    return not any(
        before.app_id != now.app_id
        for then, day in pairwise(days)
        if day == Day.QUIET
        for _, before, now in _both_times(index, COMMON, then, day, kind)
    )


def _both_times(
    index: RecordingIndex, district: str, then: str, day: str, kind: Kind
) -> Iterator[tuple[RecordRef, Held, Held]]:
    """What is shared on all days from one to the other, with the only row in use on both."""
    between = [each for each in index.before(district, day) if each in index.after(district, then)]
    rosters = [index.roster(district, each).of(kind) for each in (then, *between, day)]
    was, now = (index.holdings(district, each, "sync") for each in (then, day))
    for clever_id in rosters[0]:
        rows = was.active_rows(kind, clever_id), now.active_rows(kind, clever_id)
        if all(len(each) == 1 for each in rows) and all(clever_id in each for each in rosters[1:]):
            yield index.record_of(kind, clever_id), rows[0][0], rows[1][0]


def _explained(index: RecordingIndex, before: Held, now: Held) -> bool:
    """Whether an app shows Clever's IDs for its own, or has found an account from before Clever."""
    return before.clever_id in (before.app_id, now.app_id) or any(
        now.app_id == act.app_id for act in index.accounts
    )
