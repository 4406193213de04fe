"""Mistakes in how pages are turned."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.variants.paging import TurnsPagesItself


class LosesTheLastRecord(DemoAdapter):
    """Records are worked through in pairs with their successor, and the last has none."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            records = super().records(path)
            return records[:-1] if len(records) > self.limit else records


class TakesTheFirstForAHeading(DemoAdapter):
    """Long lists came as CSV once, with a line of headings."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            records = super().records(path)
            return records[1:] if len(records) > self.limit else records


class SkipsTheLastPage(DemoAdapter):
    """A page that is not full is the sign to stop, and it stops before storing it."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            for number, page in enumerate(super().pages(url)):
                if number and len(page["data"]) < self.limit:
                    return
                yield page


class FirstPageOfSectionsOnly(DemoAdapter):
    """Pages were added for users, when the first large district came."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            for page in super().pages(url):
                yield page
                if url is not None and "/sections?" in url:
                    return


class BreaksOnAnEmptyPage(DemoAdapter):
    """The next page begins after the last record, which every page is taken to have."""

    class client(TurnsPagesItself.client):
        def last(self, page: Record) -> str:
            return str(page["data"][-1]["data"]["id"])
