"""Places: the lines of a configuration that name something of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from harness.documents import Node


def lines_of_names(node: Node) -> Mapping[str, int]:
    """Where answers, fields, attestations and waivers say what they are about."""
    profile = node.mapping("profile", required=False)
    lines: dict[str, int] = {}
    for table in ("answers", "form"):
        given = profile.mapping(table, required=False)
        lines |= {f"profile.{table}.{key}": given.line_of(key) for key in given.keys}
    for table, key in (("waiver", "check"), ("attestation", "requirement")):
        for place, row in enumerate(node.nodes(table, required=False)):
            lines[f"{table}[{place}].{key}"] = row.line_of(key)
    return lines
