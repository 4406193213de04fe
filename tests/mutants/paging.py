"""Mistakes in how pages are turned."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator

from variants.paging import TurnsPagesItself

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.registry import mutant


@mutant(
    "loses-the-last-record",
    sees="the last user and the last class of a large district are missing",
    mistake="leaves out the last record of every list that has several pages",
    cause="page-edge-lost",
    breaks={"R2"},
    blocks={"G4"},
)
class LosesTheLastRecord(DemoAdapter):
    """Records are worked through in pairs with their successor, and the last has none."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            records = super().records(path)
            return records[:-1] if len(records) > self.limit else records


@mutant(
    "takes-the-first-for-a-heading",
    sees="the first user and the first class of a large district are missing",
    mistake="leaves out the first record of every list that has several pages",
    cause="page-edge-lost",
    breaks={"R2", "R6"},
    blocks={"R5", "R8", "R9", "T6"},
    plays={"killed-midway", "comings-and-goings", "old-data"},
)
class TakesTheFirstForAHeading(DemoAdapter):
    """Long lists came as CSV once, with a line of headings."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            records = super().records(path)
            return records[1:] if len(records) > self.limit else records


@mutant(
    "skips-the-last-page",
    sees="whoever is on the last page is missing",
    mistake="ends at a page that is not full, and leaves it out unless it is the first",
    cause="page-edge-lost",
    breaks={"R2", "R6"},
    blocks={"R1", "R5", "R7", "R8", "R9", "G2", "G3", "G4", "G7", "T1"},
)
class SkipsTheLastPage(DemoAdapter):
    """A page that is not full is the sign to stop, and it stops before storing it."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            for number, page in enumerate(super().pages(url)):
                if number and len(page["data"]) < self.limit:
                    return
                yield page


@mutant(
    "first-thousand-sections-only",
    sees="a school with more than a thousand classes lacks the rest",
    mistake="asks for a thousand sections of a school at once, and follows no `next` link of them",
    cause="first-page-only",
    breaks={"R2"},
)
class FirstThousandSectionsOnly(DemoAdapter):
    """Its lists of users are long and read in pages; those of sections seemed short."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            thousand = (url or "").replace("sections?limit=100", "sections?limit=1000")
            for page in super().pages(thousand):
                yield page
                if "sections?" in thousand:
                    return


@mutant(
    "first-page-of-sections-only",
    sees="most classes of a large district are missing",
    mistake="follows the `next` links of users, and not those of sections",
    cause="first-page-only",
    breaks={"R2"},
    blocks={"R1", "R5", "R6", "R7", "R8", "R9", "G7"},
    size="full",
)
class FirstPageOfSectionsOnly(DemoAdapter):
    """Pages were added for users, when the first large district came."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            for page in super().pages(url):
                yield page
                if url is not None and "/sections?" in url:
                    return


@mutant(
    "breaks-on-an-empty-page",
    sees="districts with exactly a hundred users are not synced",
    mistake="asks on after a last page that is full, and takes every page to have a record",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R1", "R2", "R6", "R8", "R9", "G6"},
)
class BreaksOnAnEmptyPage(DemoAdapter):
    """The next page begins after the last record, which every page is taken to have."""

    class client(TurnsPagesItself.client):
        def last(self, page: Record) -> str:
            return str(page["data"][-1]["data"]["id"])

        def is_last(self, page: Record) -> bool:
            goes_on = any(link["rel"] == "next" for link in page["links"])
            return len(page["data"]) < self.limit and not goes_on


@mutant(
    "takes-a-short-page-for-the-last",
    sees="everybody behind a page that is not full is missing",
    mistake="reads a list until a page has fewer records than it asked for, `next` link or not",
    cause="stops-at-short-pages",
    breaks={"G10"},
    plays={"lists-fail"},
)
class TakesAShortPageForTheLast(TurnsPagesItself):
    """A page that is not full is the last one: so it was whenever we looked."""

    class client(TurnsPagesItself.client):
        def is_last(self, page: Record) -> bool:
            return len(page["data"]) < self.limit
