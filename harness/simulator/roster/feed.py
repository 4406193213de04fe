"""Feed: the events one app hears of one district, as far back as Clever keeps them.

Events are derived from what the app's scopes show, in the newest version of the API; an older
version leaves out the fields it does not have, and updates of nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import cast

import orjson

from harness.district.clever.event_payloads import event_object, previous_attributes
from harness.district.clever.events import Action, Event
from harness.district.data_model.records import Kind, Section, User, schools_of
from harness.simulator.http.serialization import Item
from harness.simulator.http.versions import in_version
from harness.simulator.roster.page_store import Listing, PageStore, Selection

EVENT_LIFETIME = timedelta(days=30)
"""How long events are kept, in district time."""

_OPENING = b'{"data":'


class FeedEvent:
    """An event as one app is told of it; the bytes of each version are made once."""

    __slots__ = ("_items", "event", "schools")

    def __init__(self, event: Event) -> None:
        self.event = event
        self.schools = _schools(event)
        self._items: dict[str, Item | None] = {}

    def item(self, version: str) -> Item | None:
        """The event as it stands in a list; None when there is no such event in that version."""
        if version not in self._items:
            self._items[version] = self._written(version)
        return self._items[version]

    def _written(self, version: str) -> Item | None:
        event = self.event
        record = in_version(version, event.kind, event.record)
        shown: dict[str, object] = {"object": event_object(event.kind, record)}
        if event.action is Action.UPDATED:
            assert event.before is not None
            before = in_version(version, event.kind, event.before)
            shown["previous_attributes"] = previous_attributes(event.kind, before, record)
            if not shown["previous_attributes"]:
                return None
        body = {
            "created": event.created.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "data": shown,
            "id": event.id,
            "type": event.type,
        }
        # Unlike records of the Data API, recorded events have their keys in alphabetical order.
        written = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        return b'%s%s,"uri":"/%s/events/%s"},' % (
            _OPENING,
            written,
            version.encode(),
            event.id.encode(),
        )


class Feed:
    """All that an app can hear of a district while one publication is current."""

    def __init__(self, entries: tuple[FeedEvent, ...] = ()) -> None:
        self.entries = entries
        self._stores: dict[str, PageStore] = {}

    @property
    def last(self) -> str:
        """The id of the newest event, or ""."""
        return self.entries[-1].event.id if self.entries else ""

    def after(self, events: tuple[Event, ...], at: datetime) -> Feed:
        """The feed with further events, without what is too old at that district time."""
        since = oldest_kept(at)
        kept = (entry for entry in self.entries if entry.event.id >= since)
        return Feed((*kept, *map(FeedEvent, events)))

    def listing(self, version: str, *, since: str, kinds: Collection[str], school: str) -> Listing:
        """The events from an id on, of these kinds (any, if none) and of one school, if named."""
        store = self._store(version)
        if not kinds and not school and (not self.entries or self.entries[0].event.id >= since):
            return store
        chosen = (
            entry.event.id
            for entry in self.entries
            if entry.event.id >= since
            and (not kinds or entry.event.kind in kinds)
            and (not school or school in entry.schools)
        )
        return Selection(store, [identity for identity in chosen if identity in store])

    def event(self, version: str, identity: str) -> bytes | None:
        """One event's own JSON."""
        ready = self._store(version).item(identity)
        if ready is None:
            return None
        uri = f',"uri":"/{version}/events/{identity}"}},'
        return ready[len(_OPENING) : -len(uri)]

    def subject(self, identity: str) -> str:
        """The Clever id of the record an event is about."""
        return self._subjects[identity]

    @cached_property
    def _subjects(self) -> Mapping[str, str]:
        return {entry.event.id: entry.event.record["id"] for entry in self.entries}

    def _store(self, version: str) -> PageStore:
        if version not in self._stores:
            self._stores[version] = PageStore.of(self._items(version))
        return self._stores[version]

    def _items(self, version: str) -> Iterator[tuple[str, Item]]:
        for entry in self.entries:
            item = entry.item(version)
            if item is not None:
                yield entry.event.id, item


def oldest_kept(at: datetime) -> str:
    """What the id of an event is not smaller than while it is kept, by district time."""
    return f"{int((at - EVENT_LIFETIME).timestamp()):08x}{0:016x}"


def _schools(event: Event) -> frozenset[str]:
    """The schools an event is of, as `school=` asks: none for courses, terms and contacts."""
    match event.kind:
        case Kind.SCHOOLS:
            return frozenset({event.record["id"]})
        case Kind.SECTIONS:
            return frozenset({cast(Section, event.record)["school"]})
        case Kind.USERS:
            return frozenset(schools_of(cast(User, event.record)))
    return frozenset()
