"""Strict reading of YAML and TOML: every complaint names file, line and key, and no key is ignored.

A reader asks a `Node` for the keys it knows; `finish()`, or the end of a `with`, rejects the rest:

    with read_yaml(path) as node:
        title = node.text("title")
        level = node.choice("level", ("must", "should"), default="must")
"""

from __future__ import annotations

import re
from pathlib import Path

from harness.documents.node import REQUIRED, Node
from harness.documents.yaml_tree import yaml_tree
from harness.errors import STARVED, DocumentError

__all__ = [
    "REQUIRED",
    "Node",
    "parse_toml",
    "parse_yaml",
    "read_key",
    "read_toml",
    "read_yaml",
]


MOST_BYTES = 16 << 20


def read_yaml(path: Path) -> Node:
    """The mapping a YAML file holds; raises DocumentError when it cannot be read as one."""
    return parse_yaml(_contents(path), path)


def read_key(path: Path, key: str) -> Node:
    """The mapping under one key of a YAML file; the rest of the file is not parsed.

    Raises DocumentError.
    """
    text = _contents(path)
    part = re.search(rf"^{key}:.*?(?=^[^\s#]|\Z)", text, re.DOTALL | re.MULTILINE)
    if part is not None:
        text = "\n" * text.count("\n", 0, part.start()) + part[0]  # lines keep their numbers
    return parse_yaml(text, path).mapping(key)


def read_toml(path: Path) -> Node:
    """The tables of a TOML file; raises DocumentError when it cannot be read."""
    return parse_toml(_contents(path), path)


def parse_yaml(text: str, file: Path | str) -> Node:
    """`read_yaml` for text that is already at hand; `file` is only named in complaints."""
    return Node(table=yaml_tree(text, file), file=file)


def parse_toml(text: str, file: Path | str) -> Node:
    """`read_toml` for text that is already at hand; `file` is only named in complaints."""
    from harness.documents.toml_tree import toml_tree  # `serve` reads YAML only

    return Node(table=toml_tree(text, file), file=file)


def _contents(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)  # a device may never end
        if len(content) > MOST_BYTES:
            message = f"has more than {MOST_BYTES >> 20} MB, far more than anybody writes"
            raise DocumentError(message, file=path)
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise DocumentError("not a UTF-8 text file", file=path, line=1) from error
    except OSError as error:
        if error.errno in STARVED:
            raise
        reason = error.strerror or str(error)
        raise DocumentError(f"cannot be read: {reason}", file=path) from error
