"""Edited: whom manual edits in the app are about."""

from __future__ import annotations

from harness.assess.recording_index import RecordingIndex


def edited_records(index: RecordingIndex, district: str) -> frozenset[str]:
    """The Clever IDs of the casts of manual edits: whether one persists is a matter of theirs."""

    def look() -> frozenset[str]:
        edge_cases = {act.edge_case for act in index.edits if act.district == district}
        return frozenset(
            clever_id
            for day in index.days_of(district)
            for case, cast in index.published(district, day).cast.items()
            if case in edge_cases
            for clever_id in cast.values()
        )

    return index.cached(("edited", district), look)
