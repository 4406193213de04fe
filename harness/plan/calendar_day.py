"""A day of the calendar: what one district shares on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as calendar_date
from datetime import datetime

from harness.district.clever.events import EventOrder
from harness.district.data_model.roster import Roster

DatedRoster = tuple[Roster, datetime]
"""What a district shares, and the district time of the sync that made it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """What one district shares on one day, or on `before` will share on the first."""

    district: str
    day: str
    roster: Roster
    cast: Mapping[str, Mapping[str, str]]
    """Edge case → name → Clever id, also of who is away; empty for the neighbour."""
    at: datetime
    """District time."""
    date: calendar_date | None = None
    """What the app may take for today, if it counts days."""
    superseded: tuple[DatedRoster, ...] = ()
    """What it shared since the app's last sync, and does not share any more."""
    during_sync: tuple[DatedRoster, ...] = ()
    """What it shares next, while the app reads."""
    token_replaced: bool = False
    """Whether its token was replaced, so that the one before works no more."""
    token_replaced_during_sync: bool = False
    """Whether its token is replaced while the app reads."""
    feed_breaks_off: bool = False
    """Whether the app cannot read its events to their end."""
    superseded_unheard: bool = False
    """Whether no app has events of what was superseded."""
    event_order: EventOrder | None = None
    """How its own events stand, if not as usual."""
    full_sync: bool = False
    """Whether the app is asked for a full sync, whatever it does on other days."""
    disconnects: bool = False
    """Whether it has taken its token away, so that nothing of this can be read."""
