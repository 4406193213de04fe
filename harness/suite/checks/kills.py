"""Kills: whether the app was killed in the middle of a sync, so that it can be judged by that."""

from __future__ import annotations

from collections import Counter

from harness.assess.recording_index import RecordingIndex
from harness.contract.adapter import Capability
from harness.contract.sync import APPLIED
from harness.plan.day_names import on
from harness.plan.faults import APP_KILLED

_UNDER_WAY = 8
"""So many requests of a dead app may still arrive: those it had sent at the moment it died."""
_HOW = (
    "Offer `kill`, and end in it what runs the sync; "
    "the adapter guide says how (`rosterready docs guide`)."
)


def not_killed(index: RecordingIndex, district: str, day: str) -> str:
    """Why nothing can be judged by the kill of a day: it did not happen or end the sync; or "".

    Raises NotReachedError for a year that ended in or before that sync.
    """
    index.synced(district, day)
    kill = index.kill(district, day)
    if kill is None or not kill.request:
        return (
            f"The app was not killed {on(day)}: its sync asked for less than the one before, and "
            "had ended by then."
        )
    if kill.problem:
        return f"The app could not be killed {on(day)}: {kill.problem}."
    if went_on(index, district, day):
        return (
            f"Your app went on asking {on(day)}, after what ran its sync had been killed "
            f"(`{kill.by}`). {_HOW}"
        )
    if index.synced(district, day).final.state in APPLIED:
        return (
            f"The sync {on(day)} says that it completed, although what ran it had been killed "
            f"(`{kill.by}`). {_HOW}"
        )
    return ""


def left_dead(index: RecordingIndex, district: str) -> str:
    """Why the app could be asked no more after it had been killed; or ""."""
    kills = (index.kill(district, day) for day in index.days_of(district))
    dead = next((kill for kill in kills if kill and kill.failed), None)
    if dead is None:
        return ""
    able = dead.by != "kill" or Capability.RESTART in index.capabilities
    return (
        "The app was killed in the middle of a sync, and could not be asked any more "
        f"{on(dead.day)}: {dead.failed}."
        + ("" if able else " Offer `restart`, too, or have `kill` start it again.")
    )


def went_on(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a sync whose app was killed asked for more than was under way at that moment."""
    asked = index.traffic.asked(district, day)
    at = next((n for n, row in enumerate(asked) if APP_KILLED in row.fault.split("+")), len(asked))
    later = Counter(request.connection for request in asked[at + 1 :])
    again = later[asked[at].connection] if at < len(asked) and asked[at].connection else 0
    return bool(again) or later.total() > _UNDER_WAY or max(later.values(), default=0) > 1
