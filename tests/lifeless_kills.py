"""What the mutants that die, or cannot be asked any more, are accused of; a part of the matrix."""

from __future__ import annotations

NOT_MET: dict[str, set[str]] = {
    "dies-on-ten-teachers": {"G1"},
    "dies-when-tokens-change": {"G1"},
    "dies-on-a-refusal": {"G1"},
    "dies-when-retries-are-spent": {"T4"},
    "dies-in-small-districts": {"G1"},
    "export-dies-in-summer": {"G1"},
    "fails-when-a-school-closes": {"G1"},
}
"""Mutant → the requirements it does not meet."""
