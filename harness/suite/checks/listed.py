"""Listed: whether an app keeps in use those people alone whom a section still lists."""

from __future__ import annotations

from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.district.data_model.records import Kind
from harness.suite.checks.every_day.days import calm_days


def kept_where_listed(index: RecordingIndex, district: str, day: str, person: RecordRef) -> bool:
    """Whether a section lists somebody who is not shared, and the app archives all others.

    It has to have had others to archive: an app that archives nobody does not go by sections.
    """
    return (
        person.kind is Kind.USERS
        and person.clever_id in _listed(index, district, day)
        and index.cached("archives who is not listed", lambda: _archives_others(index))
    )


def _archives_others(index: RecordingIndex) -> bool:
    others = 0
    for district in index.districts:
        before: frozenset[str] = frozenset()
        for day in [calm.day for calm in calm_days(index, district)]:
            shared = index.roster(district, day).users.keys()
            active = index.holdings(district, day, "sync").active_ids[Kind.USERS]
            gone = before - shared - _listed(index, district, day)
            if not gone.isdisjoint(active):
                return False
            others += len(gone)
            before = active & shared
    return others > 0


def _listed(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    """The Clever IDs in the sections of a day."""
    sections = index.roster(district, day).sections.values()
    return frozenset(i for each in sections for i in (*each["students"], *each["teachers"]))
