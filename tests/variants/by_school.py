"""Correct apps that read the classes of each school by itself."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import variant


@variant("reads-classes-by-school", "it asks for the classes of each school by itself")
class ReadsClassesBySchool(DemoAdapter):
    """A school at a time, after the list of schools."""

    class reader(Reader):
        listed: Collection[str] = ()

        def records(self, kind: str) -> list[Record]:
            if kind == "sections":
                return [
                    record
                    for school in self.asked()
                    for record in self.client.records(f"schools/{school}/sections")
                ]
            records = super().records(kind)
            if kind == "schools":
                self.listed = [record["id"] for record in records]
            return records

        def asked(self) -> Collection[str]:
            """The schools whose classes are read."""
            return self.listed
