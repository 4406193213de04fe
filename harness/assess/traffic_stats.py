"""Traffic statistics: what the requests of an app come to on days without faults; not judged."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from urllib.parse import parse_qs

from harness.assess.expectations import ROLE_KEYS
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldUser, Status
from harness.district.data_model.records import Kind, roles_of
from harness.plan.faults import FAULT_DAYS
from harness.plan.plan import COMMON
from harness.recording.recording import LoggedRequest

_LIST = re.compile(r"/v\d+\.\d+/([a-z]+)/?$")
_ALIKE = 0.3
"""Syncs whose numbers of requests differ by no more than this are told as one."""


@dataclass(frozen=True)
class TrafficStats:
    """How an app asks, from the first sync of the common district and the later calm ones."""

    index: RecordingIndex

    @cached_property
    def days(self) -> list[str]:
        """The days without faults on which the app asked for something."""
        days = self.index.days_of(COMMON)
        asked = self.index.traffic.in_sync
        return [day for day in days if day not in FAULT_DAYS and asked.get((COMMON, day))]

    @cached_property
    def syncs(self) -> list[tuple[LoggedRequest, ...]]:
        return [self.index.traffic.in_sync[COMMON, day] for day in self.days]

    @property
    def first_and_later(self) -> list[tuple[int, int, int]]:
        """Requests, records and bytes of the first sync, and of a usual later one if it differs."""
        sums = [
            (len(sync), sum(r.records for r in sync), sum(r.size for r in sync))
            for sync in self.syncs
        ]
        first, later = sums[0], sums[1:]
        if not later:
            return [first]
        usual = tuple(round(median(counts[place] for counts in later)) for place in range(3))
        alike = abs(usual[0] - first[0]) <= _ALIKE * max(first[0], usual[0])
        return [first] if alike else [first, (usual[0], usual[1], usual[2])]

    @property
    def page(self) -> int:
        """Records in the fullest answer."""
        return max(request.records for sync in self.syncs for request in sync)

    @property
    def limits(self) -> list[int]:
        """The page sizes the app asked for, by the parameter `limit`.

        Who asks for the last record of a list, such as the newest event, reads no pages.
        """
        queries = (parse_qs(request.query) for sync in self.syncs for request in sync)
        asked = {
            int(value)
            for query in queries
            if query.get("ending_before") != ["last"]
            for value in query.get("limit", ())
            if value.isdecimal() and len(value) < 9
        }
        return sorted(asked)

    @property
    def at_once(self) -> int:
        return max(map(at_once, self.syncs))

    @property
    def in_a_minute(self) -> int:
        return max(map(in_a_minute, self.syncs))

    @property
    def repeated(self) -> int:
        return max(map(repeated, self.syncs))

    @property
    def agents(self) -> list[str]:
        return sorted({request.agent for sync in self.syncs for request in sync if request.agent})


def at_once(requests: Sequence[LoggedRequest]) -> int:
    """The most connections that were in use at one moment.

    One is in use from its first request to the end of its last answer. That does not show whether
    requests were sent together: the simulator answers within microseconds, so they hardly overlap.
    """
    spans: dict[int, tuple[float, float]] = {}
    for number, request in enumerate(requests):
        over = request.connection or -number  # one that was not noted stands for itself
        began, ended = spans.get(over, (request.started, request.started))
        until = request.started + request.seconds
        spans[over] = min(began, request.started), max(ended, until)
    turns = [(began, 1) for began, _ in spans.values()]
    turns += [(ended, -1) for _, ended in spans.values()]
    under_way = most = 0
    for _, turn in sorted(turns):  # at one moment an end comes before a beginning
        under_way += turn
        most = max(most, under_way)
    return max(most, 1)


def in_a_minute(requests: Sequence[LoggedRequest]) -> int:
    """The most requests that began within 60 seconds."""
    recent: deque[float] = deque()
    most = 0
    for started in sorted(request.started for request in requests):
        recent.append(started)
        while started - recent[0] >= 60:
            recent.popleft()
        most = max(most, len(recent))
    return most


def repeated(requests: Sequence[LoggedRequest]) -> int:
    """How many requests asked for what an earlier one had been answered well."""
    asked = Counter(
        (r.district, r.path, r.query) for r in requests if r.status == 200 and not r.fault
    )
    return sum(times - 1 for times in asked.values())


def retried(requests: Sequence[LoggedRequest]) -> int:
    """How many requests asked again for what an earlier one had not been answered well."""
    failed: set[tuple[str, str]] = set()
    again = 0
    for request in requests:
        asked = request.path, request.query
        again += asked in failed
        if request.fault or request.status >= 400:
            failed.add(asked)
    return again


def thrown_away(index: RecordingIndex, day: str) -> list[str]:
    """The kinds and roles whose list the app read on a day, and of which it then held nothing."""
    read: dict[str, set[str]] = {}
    for request in index.traffic.asked(COMMON, day):
        if request.records and (match := _LIST.match(request.path)):
            read.setdefault(match[1], set()).update(parse_qs(request.query).get("role", ("",)))
    try:
        held = index.holdings(COMMON, day).active_ids
    except NotReachedError:
        return []
    unused = [str(kind) for kind in KINDS if str(kind) in read and not held[kind]]
    if Kind.USERS in unused or not (roles := read.get(str(Kind.USERS))):
        return unused
    return unused + _roles_unused(index, day, roles)


def _roles_unused(index: RecordingIndex, day: str, asked: set[str]) -> list[str]:
    shared = {role for user in index.roster(COMMON, day).users.values() for role in roles_of(user)}
    kept = {
        role.role
        for row in index.holdings(COMMON, day).snapshot.users
        if isinstance(row, HeldUser) and row.status is Status.ACTIVE
        for role in row.roles
    }
    unused = [role for role in ROLE_KEYS if role in shared - kept and asked & {"", role}]
    return [ROLE_KEYS[role].replace("_", " ") for role in unused]
