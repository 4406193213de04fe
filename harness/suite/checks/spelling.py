"""Text: when what an app shows is still what Clever shares.

An app may trim and join spaces, compose letters and accents (NFC), and cut what is too long: Clever
promises no length, asks for room for 255 characters, and would rather see a name cut and logged
than a person left out. A cut name must keep 30 characters: a contact has the whole name in `last`,
and what is shorter cuts names that are not odd at all. That names are cut is said in the draft
about missing values. Whoever is found by a text, as by an address, is not found by its beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.assess.whole_names import is_cut, normalized, whole_names, without_blanks


def shows(wanted: str, held: str) -> bool:
    """Whether one text is the other, or its beginning, cut where it became long."""
    if wanted == held:
        return True
    return normalized(held) == normalized(wanted) or is_cut(wanted, held)


def shows_name(wanted: Sequence[str | None], held: Sequence[str | None]) -> bool:
    """Whether first and last name are the same together, or each for itself."""
    if wanted == held:
        return True
    if normalized(" ".join(filter(None, wanted))) == normalized(" ".join(filter(None, held))):
        return True
    return all(
        shows(expected or "", other or "") for expected, other in zip(wanted, held, strict=True)
    )


def shows_whole_name(wanted: Mapping[str, object], held: str) -> bool:
    """Whether a text is all of a name, as an app writes it that keeps one."""
    return any(shows(name, without_blanks(held)) for name in whole_names(wanted))
