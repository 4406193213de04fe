"""Node: a mapping of a document, read key by key; every complaint names file, line and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from harness.documents.tree import Leaf, Listing, Table, Tree, described, plain_of
from harness.errors import DocumentError
from harness.prose import did_you_mean


class Missing:
    """Marks a key without a default: it must be there."""


REQUIRED: Final = Missing()


@dataclass(slots=True)
class Node:
    """A mapping of a document, of which a reader takes the keys it knows."""

    table: Table
    file: Path | str
    path: str = ""
    """Dotted keys from the root of the document to this mapping."""
    _taken: set[str] = field(default_factory=set)

    def __enter__(self) -> Node:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.finish()

    @property
    def line(self) -> int:
        """Where the mapping begins."""
        return self.table.line

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the file."""
        return tuple(self.table.entries)

    def has(self, key: str) -> bool:
        """Whether the key is there, with whatever value."""
        return key in self.table.entries

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping if it has no such key."""
        return self.table.entries[key][0] if key in self.table.entries else self.line

    def text(self, key: str, default: str | Missing = REQUIRED, *, empty: bool = False) -> str:
        """A text; a number is taken as written. `empty` allows ""."""
        tree = self._take(key, default)
        if tree is None:
            return str(default)
        return self._text(tree, key, empty=empty)

    def texts(self, key: str, default: Sequence[str] | Missing = REQUIRED) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        tree = self._take(key, default)
        if tree is None:
            assert not isinstance(default, Missing)
            return tuple(default)
        items = tree.items if isinstance(tree, Listing) else (tree,)
        return tuple(self._text(item, key, empty=False) for item in items)

    def choice(self, key: str, options: Iterable[str], default: str | Missing = REQUIRED) -> str:
        """A text that must be one of the options."""
        known = tuple(options)
        if not self.has(key) and not isinstance(default, Missing):
            return default
        choice = self.text(key, empty="" in known)
        if choice not in known:
            hint = did_you_mean(choice, (option for option in known if option))
            raise self.error(f'"{choice}" is not known here', key, hint=hint)
        return choice

    def flag(self, key: str, default: bool | Missing = REQUIRED) -> bool:
        """true or false."""
        tree = self._take(key, default)
        if tree is None:
            return bool(default)
        if isinstance(tree, Leaf) and isinstance(tree.value, bool):
            return tree.value
        raise self.error(f"expected true or false, found {described(tree)}", key)

    def integer(self, key: str, default: int | Missing = REQUIRED) -> int:
        """A whole number."""
        tree = self._take(key, default)
        if tree is None:
            assert isinstance(default, int)
            return default
        if isinstance(tree, Leaf) and type(tree.value) is int:
            return tree.value
        raise self.error(f"expected a whole number, found {described(tree)}", key)

    def number(self, key: str, default: float | Missing = REQUIRED) -> float:
        """A number, whole or not."""
        tree = self._take(key, default)
        if tree is None:
            assert isinstance(default, int | float)
            return float(default)
        if isinstance(tree, Leaf) and type(tree.value) in (int, float):
            return float(str(tree.value))
        raise self.error(f"expected a number, found {described(tree)}", key)

    def day(self, key: str, default: date | Missing = REQUIRED) -> date:
        """A day, written YYYY-MM-DD."""
        tree = self._take(key, default)
        if tree is None:
            assert not isinstance(default, Missing)
            return default
        written = tree.written if isinstance(tree, Leaf) else ""
        try:
            return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            raise self.error(
                f"expected a day as YYYY-MM-DD, found {described(tree)}", key
            ) from None

    def mapping(self, key: str, *, required: bool = True) -> Node:
        """The mapping under a key; an empty one when it may be missing and is."""
        tree = self._take(key, REQUIRED if required else {})
        if tree is None or (isinstance(tree, Leaf) and tree.value is None and not required):
            return self._below(Table({}, self.line), key)
        return self._mapping(tree, key)

    def nodes(self, key: str, *, required: bool = True) -> tuple[Node, ...]:
        """A list of mappings; one mapping alone is a list of one."""
        tree = self._take(key, REQUIRED if required else ())
        if tree is None:
            return ()
        if isinstance(tree, Listing):
            return tuple(
                self._mapping(item, f"{key}[{place}]") for place, item in enumerate(tree.items)
            )
        return (self._mapping(tree, key),)

    def items(self) -> Iterator[tuple[str, Node]]:
        """Every key with the mapping under it, for mappings whose keys are names."""
        for key in self.keys:
            yield key, self.mapping(key)

    def is_mapping(self, key: str) -> bool:
        """Whether a key is there and holds a mapping."""
        return self.has(key) and isinstance(self.table.entries[key][1], Table)

    def is_list(self, key: str) -> bool:
        """Whether a key is there and holds a list."""
        return self.has(key) and isinstance(self.table.entries[key][1], Listing)

    def value(self, key: str) -> object:
        """The plain value under a key: texts, numbers, lists and dicts, unchecked."""
        tree = self._take(key, REQUIRED)
        assert tree is not None
        return plain_of(tree)

    def plain(self) -> dict[str, object]:
        """The whole mapping as a plain dict; takes every key."""
        return {key: self.value(key) for key in self.keys}

    def finish(self) -> None:
        """Raises DocumentError for the first key nobody asked for."""
        for key, (line, _) in self.table.entries.items():
            if key not in self._taken:
                free = self._taken - set(self.table.entries)
                hint = did_you_mean(key, free or self._taken)
                raise DocumentError(
                    f"unknown key; {hint}", file=self.file, line=line, key=self._full(key)
                )

    def error(self, message: str, key: str = "", *, hint: str = "") -> DocumentError:
        """A complaint about a key of this mapping, or about all of it; the caller raises it."""
        text = f"{message}; {hint}" if hint else message
        where = self._full(key) if key else self.path
        return DocumentError(text, file=self.file, line=self.line_of(key), key=where)

    def _take(self, key: str, default: object) -> Tree | None:
        self._taken.add(key)
        if key in self.table.entries:
            return self.table.entries[key][1]
        if isinstance(default, Missing):
            others = [name for name in self.table.entries if name not in self._taken]
            import difflib  # only for complaints

            if near := difflib.get_close_matches(key, others, n=1, cutoff=0.75):
                raise self.error("unknown key", near[0], hint=f'did you mean "{key}"?')
            raise self.error(f'the key "{key}" is missing')
        return None

    def _text(self, tree: Tree, key: str, *, empty: bool) -> str:
        value = tree.value if isinstance(tree, Leaf) else None
        if isinstance(value, str) and (value or empty):
            return value
        if isinstance(value, bool):
            raise self.error(
                f"expected a text, found {described(tree)}", key, hint="put it in quotes"
            )
        if isinstance(tree, Leaf) and isinstance(value, int | float | date):
            return tree.written
        description = "an empty one" if value == "" else described(tree)
        raise self.error(f"expected a text, found {description}", key)

    def _mapping(self, tree: Tree, key: str) -> Node:
        if isinstance(tree, Table):
            return self._below(tree, key)
        raise self.error(f"expected keys and values, found {described(tree)}", key.split("[")[0])

    def _below(self, table: Table, key: str) -> Node:
        return Node(table=table, file=self.file, path=self._full(key))

    def _full(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
