"""Deliveries: which records reached the app, with which request, as the simulator knows it.

A delivery counts from its day on, for as long as the record goes on being shared: who left and
came back has to be delivered again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from harness.assess.lists_read import ListRead, lists_read
from harness.district.data_model.records import Kind, Record, roles_of
from harness.district.data_model.roster import Roster
from harness.plan.plan import DAYS, Day
from harness.recording.deliveries import RecordNumbers
from harness.recording.recording import Entry, LoggedRequest, Published
from harness.recording.rosters import KINDS


class Reach(StrEnum):
    """How a record reached the app, up to a day."""

    DELIVERED = "delivered"  # whole, in an answer
    NAMED = "named"  # only by its id, in a record that was delivered
    FAILED = "failed"  # asked for by its own path, and the answer failed
    NEVER = "never"  # in no answer


class Deliveries:
    """What the answers of one attempt carried, by district and day."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._numbers = RecordNumbers()
        self._rosters: dict[str, dict[str, Roster]] = defaultdict(dict)
        self._requests: dict[tuple[str, str], list[LoggedRequest]] = defaultdict(list)
        self._delivered: dict[tuple[str, str], Mapping[str, LoggedRequest]] = {}
        self._lists: dict[tuple[str, str], tuple[ListRead, ...]] = {}
        self._list_of: dict[int, ListRead] = {}
        """A request, which the recording keeps alive → the list it asked for."""
        for entry in entries:
            match entry:
                case Published():
                    self._numbers.learn(entry.district, entry.roster)
                    self._rosters[entry.district][entry.day] = entry.roster
                case LoggedRequest():
                    self._requests[entry.district, entry.day].append(entry)

    @cached_property
    def known(self) -> bool:
        """Whether the recording says what answers carried; those of earlier versions do not."""
        answered = [
            request
            for requests in self._requests.values()
            for request in requests
            if request.status == 200 and request.records and any(k in request.path for k in KINDS)
        ]
        return not answered or any(r.delivered or r.listed is not None for r in answered)

    def requests(self, district: str, day: str) -> Sequence[LoggedRequest]:
        """What the app asked for of a district on a day, in order, whoever it was that asked."""
        return self._requests.get((district, day), ())

    def roster(self, district: str, day: str) -> Roster:
        """What was shared with the app on a day."""
        return self._rosters[district][day]

    def lists(self, district: str, day: str) -> tuple[ListRead, ...]:
        """The lists the app read of a district on a day, and how far."""
        key = district, day
        if key not in self._lists:
            self._lists[key] = lists_read(r for r in self.requests(*key) if r.method == "GET")
            for read in self._lists[key]:
                self._list_of |= {id(request): read for request in read.requests}
        return self._lists[key]

    def delivered(self, district: str, day: str) -> Mapping[str, LoggedRequest]:
        """Record → the request that last delivered it, on this day or before it."""
        key = district, day
        if key not in self._delivered:
            self._delivered[key] = self._deliver(district, day)
        return self._delivered[key]

    def delivered_on(self, district: str, day: str) -> frozenset[str]:
        """The records that the answers of one day delivered."""
        return frozenset(
            clever_id
            for request in self.requests(district, day)
            for clever_id in self._numbers.unpack(district, request.delivered)
        )

    def _deliver(self, district: str, day: str) -> Mapping[str, LoggedRequest]:
        rosters = self._rosters[district]
        earlier = [
            earlier
            for earlier in DAYS[: DAYS.index(Day(day))]
            if earlier in rosters or (district, earlier) in self._requests
        ]
        known = dict(self.delivered(district, earlier[-1])) if earlier else {}
        for request in self.requests(district, day):
            for clever_id in self._numbers.unpack(district, request.delivered):
                known[clever_id] = request
        roster = rosters.get(day)
        if roster is None:
            return known
        shared = frozenset().union(*(roster.of(kind) for kind in KINDS))
        return {clever_id: request for clever_id, request in known.items() if clever_id in shared}

    def by_request(self, district: str, request: LoggedRequest) -> Iterable[str]:
        """The records one answer carried."""
        return self._numbers.unpack(district, request.delivered)

    def named(self, district: str, day: str) -> frozenset[str]:
        """The ids in records that were delivered: members, links, students of a contact."""
        delivered, roster = self.delivered(district, day), self._rosters[district][day]
        clever_ids: set[str] = set()
        for kind in KINDS:
            records = roster.of(kind)
            for clever_id in delivered.keys() & records.keys():
                clever_ids.update(_names(kind, records[clever_id]))
        return frozenset(clever_ids)

    def reach(self, district: str, day: str, clever_id: str) -> Reach:
        """How a record reached the app up to a day."""
        if clever_id in self.delivered(district, day):
            return Reach.DELIVERED
        own = [r for r in self.requests(district, day) if r.path.endswith(f"/{clever_id}")]
        if own:
            return Reach.FAILED
        return Reach.NAMED if clever_id in self.named(district, day) else Reach.NEVER

    def words(self, district: str, day: str, clever_id: str) -> str:
        """The request that delivered a record: `GET /v3.0/users?limit=100 (page 1 of 9)`; or ""."""
        request = self.delivered(district, day).get(clever_id)
        if request is None:
            return ""
        return self.request_words(district, request)

    def request_words(self, district: str, request: LoggedRequest) -> str:
        """A request as one reads it, with its page in the list."""
        query = f"?{request.query}" if request.query else ""
        self.lists(district, request.day)
        read = self._list_of.get(id(request))
        page = read.page_words(request) if read else ""
        return f"{request.method} {request.path}{query}{f' ({page})' if page else ''}"


def _names(kind: Kind, record: Record) -> Iterable[str]:
    """The ids of other records in a record."""
    fields: Mapping[str, object] = {**record}
    for key in ("school", "course", "term_id"):
        if isinstance(value := fields.get(key), str):
            yield value
    for key in ("students", "teachers"):
        if isinstance(members := fields.get(key), list | tuple):
            yield from members
    if kind is Kind.USERS:
        for role in roles_of(record).values():  # type: ignore[arg-type]
            yield from role.get("schools") or ()
            for tie in role.get("student_relationships") or ():
                yield tie["student"]
