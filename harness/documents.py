"""Strict reading of YAML and TOML: every complaint names file, line and key, and no key is ignored.

A reader asks a `Node` for the keys it knows and then calls `finish()`, which rejects the rest:

    with read_yaml(path) as node:
        title = node.text("title")
        level = node.choice("level", ("must", "should"), default="must")
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, TypeAlias

import yaml

from harness.errors import DocumentError

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _Missing:
    """Marks a key without a default: it must be there."""


REQUIRED: Final = _Missing()


@dataclass(frozen=True, slots=True)
class _Leaf:
    value: object
    line: int
    written: str  # a number as it stands in the file, so that 007 stays 007


@dataclass(frozen=True, slots=True)
class _List:
    items: tuple[_Tree, ...]
    line: int


@dataclass(frozen=True, slots=True)
class _Table:
    entries: Mapping[str, tuple[int, _Tree]]
    line: int


_Tree: TypeAlias = "_Leaf | _List | _Table"


def read_yaml(path: Path) -> Node:
    """The mapping a YAML file holds; raises DocumentError when it cannot be read as one."""
    return parse_yaml(_contents(path), path)


def read_toml(path: Path) -> Node:
    """The tables of a TOML file; raises DocumentError when it cannot be read."""
    return parse_toml(_contents(path), path)


def parse_yaml(text: str, file: Path | str) -> Node:
    """`read_yaml` for text that is already at hand; `file` is only named in complaints."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        tree = _from_yaml(loader, root, file) if root is not None else _Table({}, 1)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DocumentError(f"not YAML: {error.problem}", file=file, line=line) from error
    except yaml.YAMLError as error:
        raise DocumentError(f"not YAML: {error}", file=file, line=1) from error
    except RecursionError as error:
        raise DocumentError("an alias contains itself", file=file, line=1) from error
    finally:
        loader.dispose()
    if not isinstance(tree, _Table):
        raise DocumentError(f"expected keys and values, found {_said(tree)}", file=file, line=1)
    return Node(table=tree, file=file)


def parse_toml(text: str, file: Path | str) -> Node:
    """`read_toml` for text that is already at hand; `file` is only named in complaints."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else max(1, text.count("\n"))
        raise DocumentError(f"not TOML: {error}", file=file, line=line) from error
    tree = _from_toml(tables, "", _toml_lines(text), 1)
    assert isinstance(tree, _Table)
    return Node(table=tree, file=file)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What exists instead of a word nobody knows, as a sentence for an error's hint."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"there is {', '.join(names)}" if names else "there is none"


@dataclass(slots=True)
class Node:
    """A mapping of a document, of which a reader takes the keys it knows."""

    table: _Table
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

    def text(self, key: str, default: str | _Missing = REQUIRED, *, empty: bool = False) -> str:
        """A text; a number is taken as written. `empty` allows ""."""
        tree = self._take(key, default)
        if tree is None:
            return str(default)
        return self._text(tree, key, empty=empty)

    def texts(self, key: str, default: Sequence[str] | _Missing = REQUIRED) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        tree = self._take(key, default)
        if tree is None:
            assert not isinstance(default, _Missing)
            return tuple(default)
        items = tree.items if isinstance(tree, _List) else (tree,)
        return tuple(self._text(item, key, empty=False) for item in items)

    def choice(self, key: str, options: Iterable[str], default: str | _Missing = REQUIRED) -> str:
        """A text that must be one of the options."""
        known = tuple(options)
        if not self.has(key) and not isinstance(default, _Missing):
            return default
        found = self.text(key, empty="" in known)
        if found not in known:
            hint = did_you_mean(found, (option for option in known if option))
            raise self.error(f'"{found}" is not known here', key, hint=hint)
        return found

    def flag(self, key: str, default: bool | _Missing = REQUIRED) -> bool:
        """true or false."""
        tree = self._take(key, default)
        if tree is None:
            return bool(default)
        if isinstance(tree, _Leaf) and isinstance(tree.value, bool):
            return tree.value
        raise self.error(f"expected true or false, found {_said(tree)}", key)

    def integer(self, key: str, default: int | _Missing = REQUIRED) -> int:
        """A whole number."""
        tree = self._take(key, default)
        if tree is None:
            assert isinstance(default, int)
            return default
        if isinstance(tree, _Leaf) and type(tree.value) is int:
            return tree.value
        raise self.error(f"expected a whole number, found {_said(tree)}", key)

    def number(self, key: str, default: float | _Missing = REQUIRED) -> float:
        """A number, whole or not."""
        tree = self._take(key, default)
        if tree is None:
            assert isinstance(default, int | float)
            return float(default)
        if isinstance(tree, _Leaf) and type(tree.value) in (int, float):
            return float(str(tree.value))
        raise self.error(f"expected a number, found {_said(tree)}", key)

    def day(self, key: str, default: date | _Missing = REQUIRED) -> date:
        """A day, written YYYY-MM-DD."""
        tree = self._take(key, default)
        if tree is None:
            assert not isinstance(default, _Missing)
            return default
        written = tree.written if isinstance(tree, _Leaf) else ""
        try:
            return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            raise self.error(f"expected a day as YYYY-MM-DD, found {_said(tree)}", key) from None

    def mapping(self, key: str, *, required: bool = True) -> Node:
        """The mapping under a key; an empty one when it may be missing and is."""
        tree = self._take(key, REQUIRED if required else {})
        if tree is None or (isinstance(tree, _Leaf) and tree.value is None and not required):
            return self._below(_Table({}, self.line), key)
        return self._mapping(tree, key)

    def nodes(self, key: str, *, required: bool = True) -> tuple[Node, ...]:
        """A list of mappings; one mapping alone is a list of one."""
        tree = self._take(key, REQUIRED if required else ())
        if tree is None:
            return ()
        if isinstance(tree, _List):
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
        return self.has(key) and isinstance(self.table.entries[key][1], _Table)

    def is_list(self, key: str) -> bool:
        """Whether a key is there and holds a list."""
        return self.has(key) and isinstance(self.table.entries[key][1], _List)

    def value(self, key: str) -> object:
        """The plain value under a key: texts, numbers, lists and dicts, unchecked."""
        tree = self._take(key, REQUIRED)
        assert tree is not None
        return _plain(tree)

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

    def _take(self, key: str, default: object) -> _Tree | None:
        self._taken.add(key)
        if key in self.table.entries:
            return self.table.entries[key][1]
        if isinstance(default, _Missing):
            raise self.error(f'the key "{key}" is missing')
        return None

    def _text(self, tree: _Tree, key: str, *, empty: bool) -> str:
        value = tree.value if isinstance(tree, _Leaf) else None
        if isinstance(value, str) and (value or empty):
            return value
        if isinstance(value, bool):
            raise self.error(f"expected a text, found {_said(tree)}", key, hint="put it in quotes")
        if isinstance(tree, _Leaf) and isinstance(value, int | float | date):
            return tree.written
        found = "an empty one" if value == "" else _said(tree)
        raise self.error(f"expected a text, found {found}", key)

    def _mapping(self, tree: _Tree, key: str) -> Node:
        if isinstance(tree, _Table):
            return self._below(tree, key)
        raise self.error(f"expected keys and values, found {_said(tree)}", key.split("[")[0])

    def _below(self, table: _Table, key: str) -> Node:
        return Node(table=table, file=self.file, path=self._full(key))

    def _full(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _contents(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError("not a UTF-8 text file", file=path, line=1) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(f"cannot be read: {reason}", file=path) from error


def _said(tree: _Tree) -> str:
    match tree:
        case _Table():
            return "keys and values"
        case _List():
            return "a list"
        case _Leaf(value=None):
            return "nothing"
        case _Leaf(value=str() as value):
            return f'"{value}"'
        case _Leaf(written=written):
            return written


def _plain(tree: _Tree) -> object:
    match tree:
        case _Table(entries=entries):
            return {key: _plain(value) for key, (_, value) in entries.items()}
        case _List(items=items):
            return [_plain(item) for item in items]
        case _Leaf(value=value):
            return value


def _from_yaml(loader: yaml.SafeLoader, node: yaml.Node, file: Path | str) -> _Tree:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.ScalarNode) and not node.tag.startswith(_PLAIN_TAGS):
        raise DocumentError(f"the tag {node.tag} is not known here", file=file, line=line)
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, tuple[int, _Tree]] = {}
        for key_node, value_node in node.value:
            at = key_node.start_mark.line + 1
            key = str(key_node.value)
            if not isinstance(key_node, yaml.ScalarNode) or key == "<<":
                raise DocumentError("expected a plain key", file=file, line=at)
            if key in entries:
                first = entries[key][0]
                raise DocumentError(
                    f"given twice, first in line {first}", file=file, line=at, key=key
                )
            entries[key] = (at, _from_yaml(loader, value_node, file))
        return _Table(entries, line)
    if isinstance(node, yaml.SequenceNode):
        return _List(tuple(_from_yaml(loader, item, file) for item in node.value), line)
    try:
        value: object = loader.construct_object(node, deep=True)
    except ValueError as error:  # a day that is on no calendar
        raise DocumentError(f"not a value: {error}", file=file, line=line) from error
    return _Leaf(value, line, str(node.value))


def _from_toml(value: object, key: str, lines: Mapping[str, int], line: int) -> _Tree:
    at = lines.get(key, line)
    if isinstance(value, dict):
        entries: dict[str, tuple[int, _Tree]] = {}
        for name, below in value.items():
            full = f"{key}.{name}" if key else str(name)
            entries[str(name)] = (lines.get(full, at), _from_toml(below, full, lines, at))
        return _Table(entries, at)
    if isinstance(value, list):
        items = (_from_toml(item, f"{key}[{n}]", lines, at) for n, item in enumerate(value))
        return _List(tuple(items), at)
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return _Leaf(value, at, written)


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(
    r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)


def _toml_lines(text: str) -> dict[str, int]:
    """Line of every table and key, by dotted path; tomllib itself keeps none."""
    lines: dict[str, int] = {}
    table = ""
    seen: dict[str, int] = {}
    for number, content in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(content):
            table = _dotted(header[2])
            if header[1] == "[[":
                place = seen[table] = seen.get(table, -1) + 1
                lines.setdefault(table, number)
                table = f"{table}[{place}]"
            lines[table] = number
        elif key := _KEY.match(content):
            name = _dotted(key[1])
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines


def _dotted(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
