"""Publication: one district's roster at one moment, as the API shows it."""

from __future__ import annotations

from datetime import datetime

from harness.district.clever.events import EventOrder
from harness.district.data_model.records import Kind, Record, Records
from harness.district.data_model.roster import Roster
from harness.simulator.roster.feed import Feed
from harness.simulator.roster.rendering import Changes
from harness.simulator.roster.visibility import VisibleRoster


class Publication:
    """A roster that is current from `at` (district time) until the next one."""

    def __init__(
        self,
        roster: Roster,
        at: datetime,
        before: Publication | None = None,
        event_subscribers: frozenset[str] = frozenset(),
        event_order: EventOrder = EventOrder.DOCUMENTED,
    ) -> None:
        self.roster = roster
        self.at = at
        self.before = before
        """What was current until now; None for a district's first."""
        self.event_subscribers = event_subscribers
        """Ids of the apps that had events enabled when it became current."""
        self.event_order = event_order
        """How the events that led to it stand."""
        self.feeds: dict[str, Feed] = {}
        """What each app hears until the next one; see `feed_of`."""
        self._visible: dict[tuple[str, ...], VisibleRoster] = {}
        if before is not None and before._visible:
            changes = changes_between(before.roster, roster)
            for scopes, visible_to in before._visible.items():
                self._visible[scopes] = visible_to.after(roster, changes)

    def visible_to(self, scopes: tuple[str, ...]) -> VisibleRoster:
        """What a token with these scopes sees."""
        visible_to = self._visible.get(scopes)
        if visible_to is None:
            visible_to = self._visible[scopes] = VisibleRoster.of(self.roster, scopes)
        return visible_to


def changes_between(before: Roster, after: Roster) -> Changes:
    """The records that are new, replaced or gone (None), by kind."""
    changes: Changes = {}
    for kind in Kind:
        changed = _changed(before.of(kind), after.of(kind))
        if changed:
            changes[kind] = changed
    return changes


def _changed(before: Records, after: Records) -> dict[str, Record | None]:
    # Unchanged records are the same objects from day to day, so identity is enough.
    if before is after:
        return {}
    changed: dict[str, Record | None] = {
        identity: record for identity, record in after.items() if before.get(identity) is not record
    }
    changed.update((identity, None) for identity in before if identity not in after)
    return changed
