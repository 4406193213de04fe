"""Former names: what scenarios, edge cases and the words of scenarios were called before.

`features/formerly.yaml` has them. Waivers, `--only`, `replay` and recordings made before a renaming
use the old names, and mean what has the new ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.documents import Node, read_yaml

FILE = "formerly.yaml"

Names = Mapping[str, str]
"""Old name → the name today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formerly:
    """Old names by what they name; whatever is in no table has kept its name."""

    scenarios: Names = field(default_factory=dict)
    """By id, which is also the id of the check."""
    features: Names = field(default_factory=dict)
    """By file name without suffix, the first part of the ids of its scenarios."""
    edge_cases: Names = field(default_factory=dict)
    days: Names = field(default_factory=dict)
    districts: Names = field(default_factory=dict)
    incidents: Names = field(default_factory=dict)
    """In the words of the step."""
    faults: Names = field(default_factory=dict)
    changes: Mapping[str, Names] = field(default_factory=dict)
    """Edge case, by the id it has today → its changes."""
    cast: Mapping[str, Names] = field(default_factory=dict)
    """Edge case, by the id it has today → its people and classes."""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    def check(self, name: str) -> str:
        """The id a scenario has today."""
        if name in self.scenarios:
            return self.scenarios[name]
        feature, slash, rest = name.partition("/")
        return f"{self.features.get(feature, feature)}{slash}{rest}"

    def edge_case(self, name: str) -> str:
        """The id an edge case has today."""
        return self.edge_cases.get(name, name)

    def selected(self, name: str) -> str:
        """What `--only NAME` means today."""
        if feature := self.features.get(name.removesuffix(".feature")):
            return feature
        return self.check(self.edge_case(name))


def load_formerly(features: Path) -> Formerly:
    """The former names in a folder of features; none when it has no such file.

    Raises DocumentError with file, line and key.
    """
    file = features / FILE
    if not file.is_file():
        return Formerly()
    with read_yaml(file) as node:
        return Formerly(
            scenarios=_names(node, "scenarios"),
            features=_names(node, "features"),
            edge_cases=_names(node, "edge_cases"),
            days=_names(node, "days"),
            districts=_names(node, "districts"),
            incidents=_names(node, "incidents"),
            faults=_names(node, "faults"),
            changes=_names_by_edge_case(node, "changes"),
            cast=_names_by_edge_case(node, "cast"),
        )


def _names(node: Node, key: str) -> Names:
    with node.mapping(key, required=False) as below:
        names = {old: below.text(old) for old in below.keys}
        for old, new in names.items():
            if new in names:
                raise below.error(f'"{new}" is a former name itself', old, hint="name today's")
    return names


def _names_by_edge_case(node: Node, key: str) -> Mapping[str, Names]:
    with node.mapping(key, required=False) as below:
        return {edge_case: _names(below, edge_case) for edge_case in below.keys}
