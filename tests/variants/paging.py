"""Another, equally good way of turning pages."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.registry import variant


@variant("asks-for-hundreds", "it asks for 400 records at once")
class AsksForHundreds(DemoAdapter):
    """No list of a school year is as long, so that only longer ones show that it turns pages."""

    class client(Client):
        limit = 400


@variant("turns-pages-itself", "it asks for what comes after the last record it has")
class TurnsPagesItself(DemoAdapter):
    """It asks for what comes after the last record, until there is nothing any more."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            start, after = url, ""
            while start is not None:
                more = f"&starting_after={after}" if after else ""
                page = self.page(f"{start}{more}", {"Authorization": f"Bearer {self.token()}"})
                yield page
                after = self.last(page)
                if self.is_last(page):
                    return

        def is_last(self, page: Record) -> bool:
            return not page["data"]

        def last(self, page: Record) -> str:
            """The Clever id of a page's last record, "" of one without any."""
            return str(page["data"][-1]["data"]["id"]) if page["data"] else ""


@variant("tries-each-list-first", "it asks for one record of a list before it reads the list")
class TriesEachListFirst(DemoAdapter):
    """Whether Clever answers, and how much there is, it wants to know beforehand."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            self.page(
                f"{self.connection.api}/{self.version}/{path}?limit=1&count=true",
                {"Authorization": f"Bearer {self.token()}"},
            )
            return super().records(path)
