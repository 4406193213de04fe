"""Ready bytes in id order: an immutable base under a thin layer of changes.

A page is cut out of the base in one slice; a day's changes lie over it. Places in a store are
*ranks*: 0 is the first live item, `len(store)` is past the last.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from harness.simulator.http.serialization import Item, Piece


class Segment:
    """Items one behind the other in one buffer, never changed once built."""

    __slots__ = ("buffer", "ids", "offsets")

    def __init__(self, items: Iterable[tuple[str, Item]]) -> None:
        """Takes items in ascending id order."""
        ids: list[str] = []
        offsets = array("Q", [0])
        buffer = bytearray()
        for identity, item in items:
            ids.append(identity)
            buffer += item
            offsets.append(len(buffer))
        self.ids = ids
        self.offsets = offsets
        self.buffer = memoryview(buffer).toreadonly()

    def run(self, start: int, stop: int) -> memoryview:
        """The items of the places start to stop, as they lie in the buffer."""
        return self.buffer[self.offsets[start] : self.offsets[stop]]

    def place(self, identity: str) -> tuple[int, bool]:
        """Where an id is or would be, and whether it is there."""
        index = bisect_left(self.ids, identity)
        return index, index < len(self.ids) and self.ids[index] == identity


class _Layer:
    """A segment's edits laid in their places, so that any part can be cut out of both."""

    __slots__ = ("balance", "keys", "known", "live", "parts", "places", "ranks", "segment")

    def __init__(self, segment: Segment, edits: Mapping[str, Item | None]) -> None:
        self.segment = segment
        self.keys: list[str] = sorted(edits)
        self.live: list[bool] = [edits[key] is not None for key in self.keys]
        self.places: list[int] = []  # where the base has the id, or would have it
        self.known: list[bool] = []  # whether the base has it
        self.ranks: list[int] = []  # live items before the edit
        self.balance: list[int] = [0]  # items won or lost by the edits so far
        # The items put in place and the runs between them, in turn, ready to be sliced: an edit,
        # the run up to the next edit, the next edit, and so on.
        self.parts: list[Piece] = []
        for key in self.keys:
            self._lay(key, edits[key])

    def _lay(self, key: str, item: Item | None) -> None:
        place, known = self.segment.place(key)
        balance = self.balance[-1]
        if self.parts:
            self.parts.append(self.segment.run(self.places[-1] + self.known[-1], place))
        self.parts.append(item or b"")
        self.places.append(place)
        self.known.append(known)
        self.ranks.append(place + balance)
        self.balance.append(balance + (item is not None) - known)

    def find(self, rank: int) -> tuple[int, int]:
        """The place in the base and the number of the first edit at or after a rank.

        Edits of a smaller rank lie before the item looked for; one of equal rank is the item
        itself, or a removal in front of it, which yields nothing.
        """
        edit = bisect_left(self.ranks, rank)
        return rank - self.balance[edit], edit

    def id_at(self, rank: int) -> str:
        index, edit = self.find(rank)
        while edit < len(self.keys) and self.places[edit] == index:
            if self.live[edit]:
                return self.keys[edit]
            index += self.known[edit]
            edit += 1
        return self.segment.ids[index]

    def ids(self, start: int, stop: int) -> list[str]:
        index, edit = self.find(start)
        ids: list[str] = []
        while missing := stop - start - len(ids):
            if edit < len(self.keys) and self.places[edit] == index:
                ids += self.keys[edit : edit + self.live[edit]]
                index += self.known[edit]
                edit += 1
            else:
                until = self.places[edit] if edit < len(self.keys) else index + missing
                run = self.segment.ids[index : min(until, index + missing)]
                ids += run
                index += len(run)
        return ids

    def pieces(self, start: int, stop: int) -> list[Piece]:
        index, first = self.find(start)
        end, last = self.find(stop)
        run = self.segment.run
        if first == last:
            return [run(index, end)]
        behind = self.places[last - 1] + self.known[last - 1]
        pieces = [
            run(index, self.places[first]),
            *self.parts[2 * first : 2 * last - 1],
            run(behind, end),
        ]
        while not pieces[-1]:
            pieces.pop()
        return pieces


class PageStore:
    """A segment and what has changed since; immutable, `fork` gives the next one.

    Each edit is an id with its new item, or None for an item that is gone. Edits are laid in their
    places when the store is first read: most forks of a day's preparation never are.
    """

    __slots__ = ("_edits", "_layer", "_segment")

    def __init__(self, segment: Segment, edits: Mapping[str, Item | None] | None = None) -> None:
        self._segment = segment
        self._edits = edits or {}
        self._layer: _Layer | None = None

    @classmethod
    def of(cls, items: Iterable[tuple[str, Item]]) -> PageStore:
        """A store without edits, from items in ascending id order."""
        return cls(Segment(items))

    def fork(self, changes: Mapping[str, Item | None]) -> PageStore:
        """This store with some items new, replaced or gone (None); the base is shared."""
        if not changes:
            return self
        edits = {**self._edits, **changes} if self._edits else changes
        forked = PageStore(self._segment, edits)
        crowded = len(edits) > 1000 and 4 * len(edits) > len(self._segment.ids)
        return PageStore.of(forked.items()) if crowded else forked

    @property
    def _laid(self) -> _Layer:
        if self._layer is None:
            self._layer = _Layer(self._segment, self._edits)
        return self._layer

    def __len__(self) -> int:
        return len(self._segment.ids) + self._laid.balance[-1]

    def __contains__(self, identity: str) -> bool:
        if identity in self._edits:
            return self._edits[identity] is not None
        return self._segment.place(identity)[1]

    def item(self, identity: str) -> Item | None:
        """The item with that id, or None."""
        if identity in self._edits:
            return self._edits[identity]
        place, known = self._segment.place(identity)
        return bytes(self._segment.run(place, place + 1)) if known else None

    def rank_before(self, identity: str) -> int:
        """How many live items have a smaller id."""
        layer = self._laid
        edit = bisect_left(layer.keys, identity)
        return bisect_left(self._segment.ids, identity) + layer.balance[edit]

    def rank_after(self, identity: str) -> int:
        """How many live items have a smaller id or this one."""
        layer = self._laid
        edit = bisect_right(layer.keys, identity)
        return bisect_right(self._segment.ids, identity) + layer.balance[edit]

    def id_at(self, rank: int) -> str:
        """The id of the live item at a rank; IndexError past the end."""
        return self._laid.id_at(rank)

    def ids(self, start: int, stop: int) -> list[str]:
        """The ids of the live items at the ranks start to stop."""
        stop = min(stop, len(self))
        return self._laid.ids(start, stop) if start < stop else []

    def pieces(self, start: int, stop: int) -> list[Piece]:
        """The items of the ranks start to stop in as few pieces as possible, the last not empty."""
        stop = min(stop, len(self))
        return self._laid.pieces(start, stop) if start < stop else []

    def items(self) -> Iterable[tuple[str, Item]]:
        """All live items with their ids, in order."""
        for rank in range(len(self)):
            (piece,) = (part for part in self.pieces(rank, rank + 1) if part)
            yield self.id_at(rank), bytes(piece)


class Selection:
    """Some items of a store, by ascending ids that are all in it; read like a store."""

    __slots__ = ("_ids", "_store")

    def __init__(self, store: PageStore, ids: list[str]) -> None:
        self._store = store
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def rank_before(self, identity: str) -> int:
        """How many of the ids are smaller."""
        return bisect_left(self._ids, identity)

    def rank_after(self, identity: str) -> int:
        """How many of the ids are smaller or equal."""
        return bisect_right(self._ids, identity)

    def id_at(self, rank: int) -> str:
        """The id at a rank."""
        return self._ids[rank]

    def ids(self, start: int, stop: int) -> list[str]:
        """The ids at the ranks start to stop."""
        return self._ids[start:stop]

    def pieces(self, start: int, stop: int) -> list[Piece]:
        """The items of the ranks start to stop."""
        items = (self._store.item(identity) for identity in self._ids[start:stop])
        return [item for item in items if item is not None]


Listing = PageStore | Selection
