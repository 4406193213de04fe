"""What the mutants about events that break off or come again are accused of; part of the matrix."""

from __future__ import annotations

NOT_MET: dict[str, set[str]] = {
    "advances-its-cursor-first": {"E1"},
    "skips-what-broke-off": {"E1"},
    "keeps-its-cursor-in-memory": {"E1", "T6"},
    "applies-the-rest-later": {"E1"},
    "applies-newest-first": {"E1"},
    "creates-again-what-it-met": {"E1"},
    "trips-over-known-records": {"G1"},
    "trips-over-what-is-gone": {"G1"},
    "purges-what-is-deleted-twice": {"E1"},
    "trips-over-unknown-updates": {"G1"},
}
"""Mutant → the requirements it does not meet."""
