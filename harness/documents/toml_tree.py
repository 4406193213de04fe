"""TOML as a tree: tomllib keeps no lines, so they are found in the text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from harness.documents.tree import Leaf, Listing, Table, Tree
from harness.errors import DocumentError


def toml_tree(text: str, file: Path | str) -> Table:
    """The tables of a TOML text; raises DocumentError with the line of what is wrong."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else max(1, text.count("\n"))
        raise DocumentError(f"not TOML: {error}", file=file, line=line) from error
    except RecursionError as error:
        raise DocumentError("nested too deeply to be read", file=file, line=1) from error
    tree = _from_toml(tables, "", _toml_lines(text), 1)
    assert isinstance(tree, Table)
    return tree


def _from_toml(value: object, key: str, lines: Mapping[str, int], line: int) -> Tree:
    at = lines.get(key, line)
    if isinstance(value, dict):
        entries: dict[str, tuple[int, Tree]] = {}
        for name, below in value.items():
            full = f"{key}.{name}" if key else str(name)
            entries[str(name)] = (lines.get(full, at), _from_toml(below, full, lines, at))
        return Table(entries, at)
    if isinstance(value, list):
        items = (_from_toml(item, f"{key}[{n}]", lines, at) for n, item in enumerate(value))
        return Listing(tuple(items), at)
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return Leaf(value, at, written)


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(
    r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)


def _toml_lines(text: str) -> dict[str, int]:
    """Line of every table and key, by dotted path; tomllib itself keeps none."""
    lines: dict[str, int] = {}
    table = ""
    last_places: dict[str, int] = {}
    for number, content in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(content):
            table = _dotted(header[2])
            if header[1] == "[[":
                place = last_places[table] = last_places.get(table, -1) + 1
                lines.setdefault(table, number)
                table = f"{table}[{place}]"
            lines[table] = number
        elif key := _KEY.match(content):
            name = _dotted(key[1])
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines


def _dotted(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
