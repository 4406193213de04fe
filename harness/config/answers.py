"""Answers: `[profile.answers]` and `[profile.form]`, each a text, or one with a fingerprint."""

from __future__ import annotations

from collections.abc import Mapping

from harness.documents import Node


def read_answers(node: Node) -> Mapping[str, tuple[str, str]]:
    """Question or field → the text, and the fingerprint of what it rested on, or ""."""
    with node:
        return {key: _answer(node, key) for key in node.keys}


def _answer(node: Node, key: str) -> tuple[str, str]:
    if not node.is_mapping(key):
        return node.text(key), ""
    with node.mapping(key) as row:
        return row.text("text"), row.text("fingerprint", "")
