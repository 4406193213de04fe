"""Events: what a district's sync changed, derived from two consecutive rosters.

Types, times and the order inside a batch follow https://dev.clever.com/docs/events-api and the
events recorded of "#DEMO Certification ISD - Events"; where the two differ in order, the caller
chooses. Two syncs of one moment are one after the other, their events within the same seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import cast

from harness.district.clever.event_payloads import previous_attributes
from harness.district.data_model.ids import hashed
from harness.district.data_model.records import Kind, Record, Role, User, roles_of
from harness.district.data_model.roster import Roster


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


class EventOrder(StrEnum):
    """How the events of one sync stand among themselves; an app must bear either."""

    DOCUMENTED = "documented"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One record that came, changed or went."""

    id: str
    created: datetime
    """District time in whole seconds."""
    kind: Kind
    action: Action
    record: Record
    """As it is now; what was deleted, as it was last."""
    before: Record | None = None
    """What an updated record was until now."""

    @property
    def type(self) -> str:
        """`<object>.<action>`, such as `users.updated`."""
        return f"{self.kind}.{self.action}"


@dataclass(frozen=True, slots=True)
class _Change:
    """An event that has no place yet."""

    kind: Kind
    action: Action
    record: Record
    before: Record | None = None


_DOCUMENTED = (
    Kind.DISTRICTS,
    Role.DISTRICT_ADMIN,
    Kind.SCHOOLS,
    Kind.TERMS,
    Kind.COURSES,
    Role.STUDENT,
    Role.CONTACT,
    Role.TEACHER,
    Kind.SECTIONS,
    Role.STAFF,
)
"""What is created or updated, in this order; users by role."""
_DOCUMENTED_DELETED = (
    Role.STAFF,
    Kind.SECTIONS,
    Role.TEACHER,
    Role.CONTACT,
    Role.STUDENT,
    Kind.TERMS,
    Kind.COURSES,
    Kind.SCHOOLS,
    Role.DISTRICT_ADMIN,
    Kind.DISTRICTS,
)
# The recorded batch shows districts and schools updated, users created, users updated, and ends
# there; where it says nothing, what is deleted comes last, its kinds in this order as well, so that
# a term goes before its classes do.
_RECORDED = (Kind.DISTRICTS, Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.USERS, Kind.SECTIONS)
_RECORDED_ROLES = (Role.STUDENT, Role.TEACHER, Role.CONTACT, Role.STAFF, Role.DISTRICT_ADMIN)
_ACTIONS = tuple(Action)

_LAG = timedelta(seconds=66)
"""How long after a sync its events are written, as recorded."""
_FIRST_SECOND, _EACH_SECOND = 5, 1000
"""Events of a batch that fall into its first second (as recorded) and into each later one."""
_STEP = 6


def events_between(
    previous: Roster | None,
    roster: Roster,
    *,
    at: datetime,
    order: EventOrder = EventOrder.DOCUMENTED,
    after: str = "",
) -> tuple[Event, ...]:
    """The events of the sync that led from one roster to the next, by ascending id.

    `at` is the district time of the sync. Without a previous roster everything is created: the
    district connects. `after` is the id of the district's last event, which all of these exceed.
    """
    changes = _changes(previous, roster)
    places = sorted(changes, key=lambda change: (*_rank(change, order), change.record["id"]))
    place = _BatchStart.of_batch(roster.district["id"], int((at + _LAG).timestamp()), after)
    return tuple(_event(change, place, number) for number, change in enumerate(places))


@dataclass(frozen=True, slots=True)
class _BatchStart:
    """Where a batch begins: ids are like Clever's, 8 digits of time, 10 of a machine, 6 counted."""

    second: int
    machine: int
    counter: int
    room: int
    """How many events still fall into that second."""

    @classmethod
    def of_batch(cls, district: str, began: int, after: str) -> _BatchStart:
        """A batch of the same moment as the one before goes on in the second of its last event."""
        machine = hashed("events", district) & 0xFF_FFFF_FFFF
        if after and began <= (last := int(after[:8], 16)):
            return cls(last, machine, int(after[18:], 16) + _STEP, _EACH_SECOND)
        counter = hashed("events", district, began) & 0x7F_FFFF
        return cls(began, machine, counter, _FIRST_SECOND)


def _changes(previous: Roster | None, roster: Roster) -> Iterator[_Change]:
    for kind in Kind:
        old, new = ({} if previous is None else previous.of(kind)), roster.of(kind)
        for key, record in new.items():
            before = old.get(key)
            if before is None:
                yield _Change(kind, Action.CREATED, record)
            elif before is not record and previous_attributes(kind, before, record):
                yield _Change(kind, Action.UPDATED, record, before)
        for key, record in old.items():
            if key not in new:
                yield _Change(kind, Action.DELETED, record)


def _event(change: _Change, first: _BatchStart, number: int) -> Event:
    later = number - first.room
    seconds, place = (0, number) if later < 0 else divmod(later + _EACH_SECOND, _EACH_SECOND)
    second, counter = first.second + seconds, first.counter + _STEP * place
    return Event(
        id=f"{second:08x}{first.machine:010x}{counter:06x}",
        created=datetime.fromtimestamp(second, UTC),
        kind=change.kind,
        action=change.action,
        record=change.record,
        before=change.before,
    )


def _rank(change: _Change, order: EventOrder) -> tuple[int, ...]:
    if order is EventOrder.RECORDED:
        return _recorded_rank(change)
    if change.action is Action.DELETED:
        return 1, 0, _DOCUMENTED_DELETED.index(_group(change, _DOCUMENTED))
    return 0, _ACTIONS.index(change.action), _DOCUMENTED.index(_group(change, _DOCUMENTED))


def _recorded_rank(change: _Change) -> tuple[int, ...]:
    role = 0
    if change.kind is Kind.USERS:
        role = _RECORDED_ROLES.index(cast(Role, _group(change, _RECORDED_ROLES)))
    gone = change.action is Action.DELETED
    return int(gone), _RECORDED.index(change.kind), _ACTIONS.index(change.action), role


def _group(change: _Change, groups: tuple[Kind | Role, ...]) -> Kind | Role:
    """What a change is sorted by: its kind, or the first role of a user that has a place."""
    if change.kind is not Kind.USERS:
        return change.kind
    held = roles_of(cast(User, change.record))
    return next(group for group in groups if group in held)
