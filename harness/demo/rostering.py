"""Mutants of the demo vendor that stumble over one kind of people, classes, terms or schools."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing, mutant

MUTANTS: Mapping[str, Listing] = {
    # What is shared in part
    "closes-classes-without-a-teacher": mutant(
        "sharing:ClosesClassesWithoutATeacher",
        "a class whose teacher is not shared cannot be opened",
        "archives sections none of whose teachers is among the users",
    ),
    "new-class-on-return": mutant(
        "sharing:NewClassOnReturn",
        "a class that comes back is an empty new one beside the old one",
        "creates a second record for an archived section that is shared again",
    ),
    "deletes-contacts": mutant(
        "sharing:DeletesContacts",
        "a guardian who comes back has to start again",
        "deletes contacts that are no longer shared instead of archiving them",
    ),
}
"""Name → the demo with one realistic mistake."""
