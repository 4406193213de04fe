"""TrafficIndex: the requests an app made, by the sync they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from harness.plan.faults import FAULT_KINDS
from harness.recording.recording import Entry, LoggedRequest, Synced

ACCOUNTS = re.compile(r"/(oauth|\.well-known|userinfo)(/|$)")
"""Paths of clever.com and of identity, which have no version and no roster data."""


class TrafficIndex:
    """Every request of one attempt, and which of them belong to which sync."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.requests: list[LoggedRequest] = []
        self.in_sync: dict[tuple[str, str], tuple[LoggedRequest, ...]] = {}
        """What the app asked for, of any district, while it synced a district on a day."""
        pending: list[LoggedRequest] = []
        for entry in entries:
            match entry:
                case LoggedRequest():
                    self.requests.append(entry)
                    if entry.during in ("sync", "approve"):
                        pending.append(entry)
                case Synced():
                    self.in_sync[entry.district, entry.day] = tuple(pending)
                    pending = []

    @cached_property
    def _asked(self) -> Mapping[tuple[str, str], tuple[LoggedRequest, ...]]:
        by_day: dict[tuple[str, str], list[LoggedRequest]] = {}
        for request in self.requests:
            if request.during in ("sync", "approve"):
                by_day.setdefault((request.district, request.day), []).append(request)
        return {key: tuple(requests) for key, requests in by_day.items()}

    @cached_property
    def _hit(self) -> Mapping[tuple[str, str], tuple[LoggedRequest, ...]]:
        """Those of them that a fault hit."""
        return {
            place: hit
            for place, requests in self._asked.items()
            if (hit := tuple(request for request in requests if request.fault))
        }

    def asked(self, district: str, day: str) -> tuple[LoggedRequest, ...]:
        """What the app asked Clever for during its sync of a day, in order."""
        return self._asked.get((district, day), ())

    def read_instead(self, district: str, day: str) -> frozenset[str]:
        """The districts a sync was answered about, if it was about nothing of the one it is for."""
        read = {r.district for r in self.about_rosters(district, day) if r.status == 200}
        return frozenset() if district in read else frozenset(read)

    def read_alone(self, district: str, day: str) -> frozenset[str]:
        """The same, of a sync that did not even ask for anything of its own district."""
        asked = self.asked_about(district, day)
        return frozenset() if asked else self.read_instead(district, day)

    def asked_about(self, district: str, day: str) -> bool:
        """Whether a sync asked for anything of the district it is for, whatever the answer."""
        return any(request.district == district for request in self.about_rosters(district, day))

    def about_rosters(self, district: str, day: str) -> Iterator[LoggedRequest]:
        """What a sync asked for of rosters, whichever district's, in order."""
        asked = self.in_sync.get((district, day), ())
        return (request for request in asked if not ACCOUNTS.match(request.path))

    def requests_hit(self, district: str, day: str, fault: str = "") -> tuple[LoggedRequest, ...]:
        """Those of them that a fault of the day hit: any fault, or the one named."""
        hit = self._hit.get((district, day), ())
        meant = {fault} if fault else FAULT_KINDS
        return tuple(r for r in hit if not meant.isdisjoint(r.fault.split("+")))
