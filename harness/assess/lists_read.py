"""ListRead: how far an app read one list of Clever's in one sync, from the requests alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qsl

from harness.assess.api_paths import ListPath, pattern_of
from harness.prose import counted
from harness.recording.recording import LoggedRequest

_CURSORS = frozenset({"limit", "starting_after", "ending_before", "count"})
"""Parameters that choose a page, not what the list holds."""


def target(request: LoggedRequest) -> str:
    """What a request asked for: its path and query."""
    return f"{request.path}?{request.query}" if request.query else request.path


def delivers(request: LoggedRequest) -> bool:
    """Whether an answer reached the app whole: not lost on the way, nor spoiled by a fault."""
    empty = request.listed is not None and not request.records
    return request.status == HTTPStatus.OK and (bool(request.delivered) or empty)


@dataclass(kw_only=True)
class ListRead:
    """One list, its path and filter, as it was read in one sync."""

    path: str
    """As asked, with the version."""
    filters: Mapping[str, str]
    requests: list[LoggedRequest] = field(default_factory=list)

    @cached_property
    def name(self) -> ListPath:
        """The list without the version, ids and cursors."""
        without = pattern_of(self.path).split("/", 2)[-1]
        return ListPath(f"/{without.rstrip('/')}", self.filters.get("role", ""))

    @cached_property
    def pages(self) -> list[LoggedRequest]:
        """The answers that reached the app, each page once, in the order of the list."""
        known = {r.first: r for r in self.requests if delivers(r) and r.listed is not None}
        return [known[first] for first in sorted(known)]

    @property
    def listed(self) -> int:
        """How many records the list has."""
        return max((request.listed or 0 for request in self.pages), default=0)

    @cached_property
    def read(self) -> int:
        """How many of them reached the app."""
        read, reached = 0, 0
        for page in self.pages:
            stop = page.first + page.records
            read += max(0, stop - max(page.first, reached))
            reached = max(reached, stop)
        return read

    @property
    def complete(self) -> bool:
        """Whether the app read it from the first record to the last."""
        return bool(self.pages) and self.read >= self.listed

    @property
    def failure(self) -> LoggedRequest | None:
        """The last request for it that got no good answer, and was not answered later either."""
        answered = {target(request) for request in self.requests if delivers(request)}
        failed = (r for r in reversed(self.requests) if not delivers(r))
        return next((r for r in failed if target(r) not in answered), None)

    @property
    def page_size(self) -> int:
        """Records the app asked for at a time, or what it got on the fullest page."""
        return max((page.records for page in self.pages), default=0)

    def page_words(self, request: LoggedRequest) -> str:
        """Which page of the list a request was: `page 3 of 9`."""
        size = self.page_size
        if not size or not request.listed:
            return ""
        return f"page {request.first // size + 1} of {-(-request.listed // size)}"

    @property
    def words(self) -> str:
        """How far it was read: `100 of 845 records`."""
        return f"{self.read} of {counted(self.listed, 'record')}"


def lists_read(requests: Iterable[LoggedRequest]) -> tuple[ListRead, ...]:
    """The lists that these requests asked for, in the order they were first asked for."""
    lists: dict[tuple[str, tuple[tuple[str, str], ...]], ListRead] = {}
    for request in requests:
        filters = tuple(
            sorted(pair for pair in parse_qsl(request.query) if pair[0] not in _CURSORS and pair[1])
        )
        key = request.path.rstrip("/"), filters
        if key not in lists:
            lists[key] = ListRead(path=key[0], filters=dict(filters))
        lists[key].requests.append(request)
    return tuple(lists.values())
