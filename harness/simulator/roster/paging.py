"""Paging: which part of a list a query asks for, and the links to the parts beside it.

Rules as recorded: ids ascend; `prev` is there whenever `starting_after` was given, even if nothing
lies before; `next` only if more follows; `limit` is kept and stands before the cursor. Backwards
is the mirror image: with `ending_before`, `next` is always there and `prev` only if more precedes.
A cursor is a place in the order of ids, whether or not a record is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from harness.simulator.http.message import HttpError
from harness.simulator.http.serialization import Link
from harness.simulator.roster.page_store import Listing

DEFAULT_LIMIT = 100
MAX_LIMIT = 10_000
_CURSORS = ("starting_after", "ending_before")
_NUMBER = re.compile(r"[+-]?[0-9]{1,4000}")


class Query:
    """A query string's parameters; one given twice is refused when read."""

    __slots__ = ("_values", "parts")

    def __init__(self, query: str) -> None:
        self.parts = query.split("&") if query else []
        self._values: dict[str, list[str]] = {}
        for part in self.parts:
            name, _, value = part.partition("=")
            if "%" in part or "+" in part:
                name, value = unquote_plus(name), unquote_plus(value)
            self._values.setdefault(name, []).append(value)

    def get(self, name: str) -> str:
        """The parameter's value, or "" when absent; a 400 when given twice."""
        values = self._values.get(name, [""])
        if len(values) > 1:
            raise HttpError(400, f"The parameter {name} is given {len(values)} times.")
        return values[0]

    def all(self, name: str) -> list[str]:
        """Every value of a parameter that may be repeated."""
        return self._values.get(name, [])

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """The parameter's value, which must be among the allowed ones if it is given."""
        value = self.get(name)
        if name in self._values and value not in allowed:
            choices = ", ".join(choice for choice in allowed if choice)
            raise HttpError(400, f"The parameter {name} must be one of: {choices}.")
        return value

    def __contains__(self, name: str) -> bool:
        return name in self._values


@dataclass(frozen=True, slots=True)
class PageRange:
    """A part of a list: the ranks start to stop, asked for with these cursors."""

    start: int
    stop: int
    total: int
    limit: int
    after: str
    before: str


def cut(listing: Listing, query: Query, most: int | None = None) -> PageRange:
    """The part of a list that a query asks for; 400 or 413 when it asks wrongly.

    With `most`, a page has no more records than that: Clever promises no page to be full.
    """
    limit = _limit(query)
    limit = min(limit, most or limit)
    after, before = query.get("starting_after"), query.get("ending_before")
    total = len(listing)
    first = listing.rank_after(after) if after else 0
    end = max(first, listing.rank_before(before)) if before else total
    if before and not after:
        return PageRange(max(first, end - limit), end, total, limit, after, before)
    return PageRange(first, min(first + limit, end), total, limit, after, before)


def check(query: Query) -> None:
    """Refuses wrong paging parameters of a list that has nothing to cut."""
    _limit(query)
    for name in _CURSORS:
        query.get(name)


def links(page: PageRange, listing: Listing, path: str, query: str, parts: list[str]) -> list[Link]:
    """Self, prev and next, in that order; self repeats path and query as sent."""
    links: list[Link] = [("self", f"{path}?{query}" if query else path)]
    if page.start == page.stop:
        return links  # an empty page has no id to name
    kept = [part for part in parts if part.partition("=")[0] not in _CURSORS]
    backwards = bool(page.before and not page.after)
    if page.after or (backwards and page.start > 0):
        cursor = f"ending_before={listing.id_at(page.start)}"
        links.append(("prev", f"{path}?{'&'.join((*kept, cursor))}"))
    if backwards or page.stop < page.total:
        cursor = f"starting_after={listing.id_at(page.stop - 1)}"
        links.append(("next", f"{path}?{'&'.join((*kept, cursor))}"))
    return links


def _limit(query: Query) -> int:
    if "limit" not in query:
        return DEFAULT_LIMIT
    text = query.get("limit")
    if not _NUMBER.fullmatch(text):
        raise HttpError(400, "The parameter limit must be a whole number.")
    limit = int(text)
    if limit > MAX_LIMIT:
        raise HttpError(413, f"The parameter limit must not be above {MAX_LIMIT}.")
    if limit < 1:
        raise HttpError(400, "The parameter limit must be at least 1.")
    return limit
