"""RenderedRoster: a roster in one version of the API, as ready bytes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from harness.district.data_model.records import Kind, Record
from harness.district.data_model.roster import Roster
from harness.simulator.http import serialization
from harness.simulator.http.serialization import Item
from harness.simulator.http.versions import in_version
from harness.simulator.roster.page_store import PageStore, Selection

Changes = dict[Kind, dict[str, Record | None]]
Answer = tuple[bytes, bytes]
"""A body and its tag."""
_KEPT = 10_000
"""Tags, and answers for single records, that one keeps."""


class RenderedRoster:
    """The page stores of one roster, each built when first read, or forked from the day before."""

    __slots__ = ("_answers", "_roster", "_selections", "_stores", "etags", "version")

    def __init__(self, roster: Roster, version: str) -> None:
        self.version = version
        self.etags: dict[str, bytes] = {}
        self._answers: dict[tuple[Kind, str], Answer] = {}
        self._roster = roster
        self._stores: dict[Kind, PageStore] = {}
        self._selections: dict[Hashable, Selection] = {}

    def store(self, kind: Kind) -> PageStore:
        """All records of a kind."""
        store = self._stores.get(kind)
        if store is None:
            records = self._roster.of(kind)
            items = (
                (identity, self._item(kind, records[identity])) for identity in sorted(records)
            )
            store = self._stores[kind] = PageStore.of(items)
        return store

    def selection(
        self, kind: Kind, key: Hashable, choose: Callable[[], Iterable[str]]
    ) -> Selection:
        """The known ones among chosen records; kept under a key, since days do not change."""
        selection = self._selections.get(key)
        if selection is None:
            store = self.store(kind)
            ids = sorted(identity for identity in choose() if identity in store)
            selection = self._selections[key] = Selection(store, ids)
        return selection

    def record(self, kind: Kind, identity: str) -> tuple[Record, bytes] | None:
        """A record and its JSON, or None."""
        ready = self.store(kind).item(identity)
        if ready is None:
            return None
        return self._roster.of(kind)[identity], serialization.record_of(
            self.version, kind, identity, ready
        )

    def single(self, kind: Kind, identity: str) -> Answer | None:
        """The answer for a record's own path, with its links, or None; made once a day."""
        ready = self._answers.get((kind, identity))
        if ready is None and (record := self.record(kind, identity)) is not None:
            body = serialization.record_body(self.version, kind, *record)
            ready = body, serialization.weak_etag(body)
            if len(self._answers) < _KEPT:
                self._answers[kind, identity] = ready
        return ready

    def etag(self, target: str, body: bytes) -> bytes:
        """The tag of a page, computed once a day: hashing a page costs more than serving it."""
        tag = self.etags.get(target)
        if tag is None:
            tag = serialization.weak_etag(body)
            if len(self.etags) < _KEPT and len(target) < 200:
                self.etags[target] = tag
        return tag

    def after(self, roster: Roster, changes: Changes) -> RenderedRoster:
        """The next roster in the same version; only what changed is written anew."""
        later = RenderedRoster(roster, self.version)
        for kind, store in self._stores.items():
            edits = {
                identity: None if record is None else self._item(kind, record)
                for identity, record in changes.get(kind, {}).items()
            }
            later._stores[kind] = store.fork(edits)
        return later

    def _item(self, kind: Kind, record: Record) -> Item:
        return serialization.item(self.version, kind, in_version(self.version, kind, record))
