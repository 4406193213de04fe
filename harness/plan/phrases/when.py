"""Whens: what Clever does on a day, or a district."""

from __future__ import annotations

from harness.plan.demands import Demands
from harness.plan.phrases.phrase import DAY, DAYS, Groups, when
from harness.plan.plan import Incident


def _incident(demands: Demands, groups: Groups) -> None:
    demands.place_incident(groups["incident"], groups["day"])


def _change(demands: Demands, groups: Groups) -> None:
    demands.place_change(groups["change"], groups["day"])


SHARES = when(rf"on {DAY} the district shares with the app")
ROLLS_OVER = when(rf"on {DAY} the school year rolls over")
NOTHING_CHANGES = when(rf"on {DAY} nothing changes")
FULL_SYNC = when(rf"on {DAY} the app is asked for a full sync")
HAPPENS = when(rf"on {DAY} (?P<incident>{'|'.join(Incident)})", _incident)
ANSWERS_WITH_FAULTS = when(rf"on {DAY} Clever answers with faults")
KILLED = when(rf"on {DAY} the app is killed while it reads")
RECORD_NOT_FOUND = when(rf"on {DAY} Clever does not find one record")
DAYS_PASS = when(rf"the days? {DAYS} pass(?:es)?")
CHANGE = when(rf"on {DAY} (?P<change>.+)", _change)
"""In the words of the edge case: it has to have such a change. Whatever is no other phrase."""
