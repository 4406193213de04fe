"""Text: when what an app shows is still what Clever shares.

An app may trim and join spaces, compose letters and accents (NFC), and cut what is too long: Clever
promises no length, asks for room for 255 characters, and would rather see a name cut and logged
than a person left out. A cut name must keep 22 characters, as many as the shortest of the long
names in Certification ISD has.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

SHORTEST_CUT = 22


def normalized(text: str) -> str:
    """The text with single spaces, none around it, and its letters composed."""
    return " ".join(normalize("NFC", text).split())


def shows(wanted: str, held: str) -> bool:
    """Whether one text is the other, or its beginning, cut where it became long."""
    if wanted == held:
        return True
    wanted, held = normalized(wanted), normalized(held)
    return held == wanted or (len(held) >= SHORTEST_CUT and wanted.startswith(held))


def shows_name(wanted: Sequence[str | None], held: Sequence[str | None]) -> bool:
    """Whether first and last name are the same together, or each for itself."""
    if wanted == held:
        return True
    if normalized(" ".join(filter(None, wanted))) == normalized(" ".join(filter(None, held))):
        return True
    return all(
        shows(expected or "", other or "") for expected, other in zip(wanted, held, strict=True)
    )
