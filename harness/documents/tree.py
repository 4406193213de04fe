"""Tree: a document's values with the lines they stand in, whatever format it was written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Leaf:
    value: object
    line: int
    written: str  # a number as it stands in the file, so that 007 stays 007


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Tree, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    entries: Mapping[str, tuple[int, Tree]]
    line: int


Tree: TypeAlias = "Leaf | Listing | Table"


def described(tree: Tree) -> str:
    match tree:
        case Table():
            return "keys and values"
        case Listing():
            return "a list"
        case Leaf(value=None):
            return "nothing"
        case Leaf(value=str() as value):
            return f'"{value}"'
        case Leaf(written=written):
            return written


def plain_of(tree: Tree) -> object:
    match tree:
        case Table(entries=entries):
            return {key: plain_of(value) for key, (_, value) in entries.items()}
        case Listing(items=items):
            return [plain_of(item) for item in items]
        case Leaf(value=value):
            return value
