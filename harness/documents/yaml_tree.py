"""YAML as a tree: no tags, no key twice, and no value that a key does not name."""

from __future__ import annotations

from pathlib import Path

import yaml

from harness.documents.tree import Leaf, Listing, Table, Tree, described
from harness.errors import DocumentError

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"
_PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


def yaml_tree(text: str, file: Path | str) -> Table:
    """The mapping that a YAML text is; raises DocumentError with the line of what is wrong."""
    try:
        tree = _composed(text, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DocumentError(f"not YAML: {error.problem}", file=file, line=line) from error
    except yaml.YAMLError as error:
        raise DocumentError(f"not YAML: {error}", file=file, line=1) from error
    except RecursionError as error:
        raise DocumentError("an alias contains itself", file=file, line=1) from error
    if not isinstance(tree, Table):
        raise DocumentError(f"expected keys and values, found {described(tree)}", file=file, line=1)
    return tree


def _composed(text: str, file: Path | str) -> Tree:
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        return _from_yaml(loader, root, file) if root is not None else Table({}, 1)
    finally:
        loader.dispose()


def _from_yaml(loader: yaml.SafeLoader, node: yaml.Node, file: Path | str) -> Tree:
    line = node.start_mark.line + 1
    if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
        return Leaf(node.value, line, node.value)
    if not isinstance(node, yaml.ScalarNode) and not node.tag.startswith(_PLAIN_TAGS):
        raise DocumentError(f"the tag {node.tag} is not known here", file=file, line=line)
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, tuple[int, Tree]] = {}
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
        return Table(entries, line)
    if isinstance(node, yaml.SequenceNode):
        return Listing(tuple(_from_yaml(loader, item, file) for item in node.value), line)
    try:
        value: object = loader.construct_object(node, deep=True)
    except ValueError as error:  # a day that is on no calendar
        raise DocumentError(f"not a value: {error}", file=file, line=line) from error
    return Leaf(value, line, str(node.value))
