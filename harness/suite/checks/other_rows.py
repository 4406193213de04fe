"""Other rows: whether a record has new rows because of what its rows are declared to be for."""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.holdings import Holdings
from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.assess.rows_allowed import purposes, say_what_for, share_a_place
from harness.contract.rows import RowPer
from harness.contract.snapshot import Held


def held_rows(holdings: Holdings, person: RecordRef) -> Sequence[Held]:
    """The active rows of a record, or if it has none, those that are not."""
    active = holdings.active_rows(person.kind, person.clever_id)
    return active or holdings.all_of(person.kind, person.clever_id)


def other_rows(
    index: RecordingIndex, district: str, then: str, day: str, person: RecordRef
) -> bool:
    """Whether all rows of a record are for others than on an earlier day, as a profile declares.

    They are for other schools, roles or students, or for other teachers or classes.
    """
    per = index.profile.rows.get(str(person.kind))
    if per is None:
        return False
    before = index.holdings(district, then).active_rows(person.kind, person.clever_id)
    rows = held_rows(index.holdings(district, day), person)
    silent = per is RowPer.SCHOOL and not say_what_for((*before, *rows), per)
    if silent or per in (RowPer.TEACHER, RowPer.CLASS):
        was, now = (
            purposes(index.roster(district, each), person.kind, person.clever_id, per)
            for each in (then, day)
        )
        return was != now and was.isdisjoint(now)
    return not any(share_a_place([old, new], per) for old in before for new in rows)
