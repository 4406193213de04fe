"""Ready bytes in id order: an immutable base under a thin layer of changes.

A page is cut out of the base in one slice; a day's changes lie over it. Places in a shelf are
*ranks*: 0 is the first live item, `len(shelf)` is past the last.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

Item = bytes
"""A record as it stands inside a list, with its trailing comma."""

Piece = memoryview | bytes


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


class Shelf:
    """A segment and what has changed since; immutable, `fork` gives the next one.

    Each edit is an id with its new item, or None for an item that is gone.
    """

    __slots__ = ("_balance", "_edits", "_items", "_keys", "_places", "_ranks", "_segment")

    def __init__(self, segment: Segment, edits: Mapping[str, Item | None] | None = None) -> None:
        self._segment = segment
        self._edits = edits or {}
        self._keys: list[str] = sorted(self._edits)
        self._items: list[Item | None] = []
        self._places: list[tuple[int, int]] = []  # place in the base, 1 if the base has the id
        self._ranks: list[int] = []  # live items before the edit
        self._balance: list[int] = [0]  # items won or lost by the edits so far
        for key in self._keys:
            self._lay(key)

    def _lay(self, key: str) -> None:
        item = self._edits[key]
        place, known = self._segment.place(key)
        balance = self._balance[-1]
        self._items.append(item)
        self._places.append((place, known))
        self._ranks.append(place + balance)
        self._balance.append(balance + (item is not None) - known)

    @classmethod
    def of(cls, items: Iterable[tuple[str, Item]]) -> Shelf:
        """A shelf without edits, from items in ascending id order."""
        return cls(Segment(items))

    def fork(self, changes: Mapping[str, Item | None]) -> Shelf:
        """This shelf with some items new, replaced or gone (None); the base is shared."""
        if not changes:
            return self
        edits = {**self._edits, **changes} if self._edits else changes
        forked = Shelf(self._segment, edits)
        crowded = len(edits) > 1000 and 4 * len(edits) > len(self._segment.ids)
        return Shelf.of(forked.items()) if crowded else forked

    def __len__(self) -> int:
        return len(self._segment.ids) + self._balance[-1]

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
        edit = bisect_left(self._keys, identity)
        return bisect_left(self._segment.ids, identity) + self._balance[edit]

    def rank_after(self, identity: str) -> int:
        """How many live items have a smaller id or this one."""
        edit = bisect_right(self._keys, identity)
        return bisect_right(self._segment.ids, identity) + self._balance[edit]

    def id_at(self, rank: int) -> str:
        """The id of the live item at a rank; IndexError past the end."""
        index, edit = self._find(rank)
        while edit < len(self._keys) and self._places[edit][0] == index:
            if self._items[edit] is not None:
                return self._keys[edit]
            index += self._places[edit][1]
            edit += 1
        return self._segment.ids[index]

    def pieces(self, start: int, stop: int) -> list[Piece]:
        """The items of the ranks start to stop in as few pieces as possible."""
        index, edit = self._find(start)
        need = stop - start
        pieces: list[Piece] = []
        while need > 0:
            limit = self._places[edit][0] if edit < len(self._keys) else len(self._segment.ids)
            take = min(limit - index, need)
            if take:
                pieces.append(self._segment.run(index, index + take))
                index += take
                need -= take
            elif edit == len(self._keys):
                break
            else:
                item = self._items[edit]
                if item is not None:
                    pieces.append(item)
                    need -= 1
                index += self._places[edit][1]
                edit += 1
        return pieces

    def items(self) -> Iterable[tuple[str, Item]]:
        """All live items with their ids, in order."""
        base = self._segment
        index = 0
        for edit, key in enumerate(self._keys):
            place, known = self._places[edit]
            for at in range(index, place):
                yield base.ids[at], bytes(base.run(at, at + 1))
            item = self._items[edit]
            if item is not None:
                yield key, item
            index = place + known
        for at in range(index, len(base.ids)):
            yield base.ids[at], bytes(base.run(at, at + 1))

    def _find(self, rank: int) -> tuple[int, int]:
        # Edits of a smaller rank lie before the item looked for; one of equal rank is the item
        # itself, or a removal in front of it, which yields nothing when walked over.
        edit = bisect_left(self._ranks, rank)
        return rank - self._balance[edit], edit


class Selection:
    """Some items of a shelf, by ascending ids that are all on it; read like a shelf."""

    __slots__ = ("_ids", "_shelf")

    def __init__(self, shelf: Shelf, ids: list[str]) -> None:
        self._shelf = shelf
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

    def pieces(self, start: int, stop: int) -> list[Piece]:
        """The items of the ranks start to stop."""
        found = (self._shelf.item(identity) for identity in self._ids[start:stop])
        return [item for item in found if item is not None]


Listing = Shelf | Selection
