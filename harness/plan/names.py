"""Names in scenarios: lists of them, and ids made of them."""

from __future__ import annotations

import re


def listed(text: str) -> tuple[str, ...]:
    """The parts of a spoken list: `Maya, Leo and Kim` → three names."""
    return tuple(part.strip() for part in re.split(r", | and ", text) if part.strip())


def slug(words: str) -> str:
    """Words as part of an id: lower case, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
