"""Applied: the changes of each sync in the order of their events, and which of them arrived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from harness.assess.causes.contrast.aspects import Sort, Unit, is_right
from harness.assess.causes.contrast.scene import SyncScene, scenes
from harness.assess.causes.members import NOUNS, named
from harness.assess.findings import FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.sync_effect import PRUDENT
from harness.assess.written_values import LINKS
from harness.district.clever.events import Action, Event, events_between
from harness.district.data_model.records import Kind

_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Any time: the order of events does not depend on it."""


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """A record that came, changed or went with a sync."""

    kind: Kind
    action: Action
    clever_id: str
    arrived: bool | None
    """Whether the app shows it after the sync; None if nothing shows it either way."""


@dataclass(frozen=True, slots=True)
class SyncChanges:
    """What a sync had to apply, in the order of its events."""

    scene: SyncScene
    changes: Sequence[AppliedChange]
    calm: bool
    """Whether neither this sync nor the one before it met a fault."""

    @property
    def seen(self) -> Sequence[AppliedChange]:
        """Those that the app's records show."""
        return [change for change in self.changes if change.arrived is not None]

    @property
    def missed(self) -> Sequence[AppliedChange]:
        return [change for change in self.changes if change.arrived is False]


def changes_by_sync(index: RecordingIndex) -> Sequence[SyncChanges]:
    """Each sync that says it completed, after the first of its district."""
    return index.cached("changes by sync", lambda: tuple(_by_sync(index)))


def _by_sync(index: RecordingIndex) -> Iterator[SyncChanges]:
    for of_day in scenes(index):
        prudent = index.incident(of_day.district, of_day.day) in PRUDENT
        if of_day.then is None or not of_day.completed or prudent:
            continue
        calm = not of_day.was_hit and not of_day.after_failure
        if events := events_between(of_day.then, of_day.now, at=_AT):
            yield SyncChanges(of_day, [_change(of_day, event) for event in events], calm)


def _change(of_day: SyncScene, event: Event) -> AppliedChange:
    clever_id = str(event.record["id"])
    return AppliedChange(event.kind, event.action, clever_id, _arrived(of_day, event, clever_id))


def _arrived(of_day: SyncScene, event: Event, clever_id: str) -> bool | None:
    if of_day.held_before is None or event.kind is Kind.DISTRICTS:
        return None
    unit, there = Unit(clever_id), of_day.held_before.active_rows(event.kind, clever_id)
    if event.action is Action.CREATED:
        return None if there else is_right(of_day, Sort("lacks", "", event.kind), unit)
    if not there:
        return None  # what it lacked before is no matter of this change
    if event.action is Action.DELETED:
        if of_day.index.expectations.waits_to_archive(of_day.district, of_day.day):
            return None
        return is_right(of_day, Sort("keeps", "", event.kind), unit)
    arrived = [is_right(of_day, sort, part) for sort, part in _parts(of_day, event, clever_id)]
    known = [right for right in arrived if right is not None]
    return all(known) if known else None


def _parts(of_day: SyncScene, event: Event, clever_id: str) -> Iterator[tuple[Sort, Unit]]:
    """The values and entries of lists in which a record changed."""
    then = cast(Mapping[str, Any], event.before)
    now = cast(Mapping[str, Any], event.record)
    links = LINKS if event.kind is Kind.SECTIONS else {}
    for field, key in {"name": "name", "email": "email", **links}.items():
        if then.get(key) != now.get(key):
            yield Sort("field", field, event.kind), Unit(clever_id)
    lists = {Kind.USERS: _OF_USERS, Kind.SECTIONS: _OF_SECTIONS}.get(event.kind, ())
    for finding_kind in lists:
        if not of_day.index.expectations.holds(f"{event.kind}.{NOUNS[finding_kind].noun}s"):
            continue
        old, new = (
            set(named(finding_kind, record)) for record in (event.before, event.record) if record
        )
        for verb, entries in (("lacks", new - old), ("keeps", old - new)):
            for entry in entries:
                yield Sort(verb, finding_kind, event.kind), Unit(clever_id, entry)


_OF_USERS = (FindingKind.ROLE, FindingKind.SCHOOL, FindingKind.STUDENT_RELATIONSHIP)
_OF_SECTIONS = (FindingKind.TEACHER, FindingKind.STUDENT)
