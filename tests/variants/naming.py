"""Other, equally good ways of keeping names."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Person

ROOM = 30
"""How many characters of a name are kept; the rest is cut, and nobody is left out for it."""


@variant("tidies-names", "it composes, trims and cuts names, and leaves nobody out")
class TidiesNames(DemoAdapter):
    """It composes accents, joins spaces, and cuts what is longer than its column."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(
                person,
                first_name=self.tidy(person.first_name),
                last_name=self.tidy(person.last_name),
            )

        def tidy(self, name: str | None) -> str | None:
            return name and " ".join(normalize("NFC", name).split())[:ROOM]
