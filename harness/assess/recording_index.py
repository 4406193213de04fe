"""RecordingIndex: a recording by district, day and record. It is read only."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from harness.assess.breakdowns import Breakdowns, Death, death
from harness.assess.holdings import Holdings
from harness.contract.profile import HOLDABLE, Profile
from harness.contract.sync import Sync, SyncState
from harness.district.data_model.records import Kind, Record, User, full_name, roles_of
from harness.district.data_model.roster import Roster
from harness.plan.faults import FAULT_KINDS
from harness.plan.plan import DAYS, ActKind
from harness.recording.recording import (
    Acted,
    BisectResult,
    Published,
    Recording,
    Request,
    Restarted,
    RunInterrupted,
    SnapshotTaken,
    Synced,
)

_Result = TypeVar("_Result")


class NotReachedError(Exception):
    """The recording does not contain what a scenario demands."""


@dataclass(frozen=True, slots=True)
class RecordRef:
    """Someone or something of a cast, or any record: its name, kind and Clever id."""

    name: str
    kind: Kind
    clever_id: str


class RecordingIndex:
    """Everything one recording tells, by district and day."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.profile: Profile = recording.header.profile
        self.capabilities = frozenset(recording.header.capabilities)
        self._published: dict[tuple[str, str], Published] = {}
        self._synced: dict[tuple[str, str], Synced] = {}
        self._looks: dict[tuple[str, str], list[SnapshotTaken]] = {}
        self._holdings: dict[int, Holdings] = {}
        self._names: dict[str, str] = {}
        self._remembered: dict[Hashable, Any] = {}
        self.looks_in_order: list[SnapshotTaken] = []
        self.acted: list[Acted] = []
        """The lessons that were finished."""
        self.accounts: list[Acted] = []
        """The accounts from before Clever."""
        self.edits: list[Acted] = []
        """What was changed by hand."""
        self.requests: list[Request] = []
        self.in_sync: dict[tuple[str, str], tuple[Request, ...]] = {}
        """What the app asked for, of any district, while it synced a district on a day."""
        self.troubles: list[RunInterrupted] = []
        self._deaths: dict[tuple[str, str], Death] = {}
        self.breakdowns = Breakdowns(recording)
        self.isolated: Sequence[BisectResult] = self.breakdowns.isolated
        """What earlier trips through the year broke down on, and why."""
        pending: list[Request] = []
        for entry in self.breakdowns.last_trip:
            match entry:
                case Published():
                    self._published[entry.district, entry.day] = entry
                case Synced():
                    self._synced[entry.district, entry.day] = entry
                    self.in_sync[entry.district, entry.day] = tuple(pending)
                    pending = []
                case SnapshotTaken():
                    self._looks.setdefault((entry.district, entry.day), []).append(entry)
                    self.looks_in_order.append(entry)
                case Acted():
                    self._acts_of(entry.kind).append(entry)
                case Request():
                    self.requests.append(entry)
                    if entry.during in ("sync", "approve"):
                        pending.append(entry)
                case Restarted():
                    self._died(entry)
                case RunInterrupted():
                    self.troubles.append(entry)

    def _acts_of(self, kind: ActKind) -> list[Acted]:
        match kind:
            case ActKind.LESSON:
                return self.acted
            case ActKind.ACCOUNT:
                return self.accounts
            case ActKind.EDIT:
                return self.edits

    def _died(self, entry: Restarted) -> None:
        """Note when an app died; a sync it did not outlive as far as the look after it failed."""
        place = entry.district, entry.day
        known = self._synced.get(place)
        looked = any(look.after == "sync" for look in self._looks.get(place, ()))
        self._deaths[place] = died = death(entry, known, looked=looked)
        if known and not looked and died.moment == "after":
            ended = Sync(state=SyncState.FAILED, reason=entry.message)
            self._synced[place] = replace(known, sync=ended, approved=None)

    # what broke down on the way

    def death(self, district: str, day: str) -> Death | None:
        """That the app died about the sync of a day and was started again, if it did."""
        return self._deaths.get((district, day))

    # what Clever shared

    def published(self, district: str, day: str) -> Published:
        """What was shared with the app on a day; raises NotReachedError."""
        try:
            return self._published[district, day]
        except KeyError:
            raise NotReachedError(self.why_not(district, day)) from None

    def roster(self, district: str, day: str) -> Roster:
        return self.published(district, day).roster

    def days_of(self, district: str) -> tuple[str, ...]:
        """The days a district was played, in the order of the year."""
        return tuple(day for day in DAYS if (district, day) in self._published)

    def incident(self, district: str, day: str) -> str:
        """What happened to a whole district on a day, one of `Incident`; or ""."""
        planned = self.recording.header.plan.incident(district, day)
        return "" if self.breakdowns.left_out(district, planned) else planned

    def before(self, district: str, day: str) -> tuple[str, ...]:
        """The days a district was played before this one."""
        days = self.days_of(district)
        return days[: days.index(day)] if day in days else ()

    def after(self, district: str, day: str) -> tuple[str, ...]:
        days = self.days_of(district)
        return days[days.index(day) + 1 :] if day in days else ()

    # what the app did and held

    def synced(self, district: str, day: str) -> Synced:
        """How the sync of a day ended; raises NotReachedError."""
        try:
            return self._synced[district, day]
        except KeyError:
            raise NotReachedError(self.why_not(district, day)) from None

    def has_synced(self, district: str, day: str) -> bool:
        return (district, day) in self._synced

    def holdings(self, district: str, day: str, after: str = "") -> Holdings:
        """What the app held after the sync (`sync`), its acts (`acts`), or before it (`publish`).

        Without `after` it is the last look of the day. Raises NotReachedError.
        """
        looks = self._looks.get((district, day), [])
        chosen = [look for look in looks if not after or look.after == after]
        if not after:
            chosen = [look for look in chosen if look.after != "publish"]
        if not chosen:
            raise NotReachedError(self.why_not(district, day))
        return self.indexed(chosen[-1])

    @cached_property
    def _asked(self) -> Mapping[tuple[str, str], tuple[Request, ...]]:
        found: dict[tuple[str, str], list[Request]] = {}
        for request in self.requests:
            if request.during in ("sync", "approve"):
                found.setdefault((request.district, request.day), []).append(request)
        return {key: tuple(requests) for key, requests in found.items()}

    def asked(self, district: str, day: str) -> tuple[Request, ...]:
        """What the app asked Clever for during its sync of a day, in order."""
        return self._asked.get((district, day), ())

    def struck(self, district: str, day: str, fault: str = "") -> tuple[Request, ...]:
        """What of it met the trouble of a day, any or the one named."""
        meant = {fault} if fault else FAULT_KINDS
        return tuple(
            request
            for request in self.asked(district, day)
            if not meant.isdisjoint(request.fault.split("+"))
        )

    @cached_property
    def _read(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            key
            for key, requests in self._asked.items()
            if any(not ACCOUNTS.match(request.path) for request in requests)
        )

    def days_read(self, district: str) -> frozenset[str]:
        """The days on which the app asked Clever for roster data during its sync."""
        return frozenset(day for name, day in self._read if name == district)

    def indexed(self, look: SnapshotTaken) -> Holdings:
        """A look's snapshot, indexed once."""
        known = self._holdings.get(id(look))
        if known is None:
            known = self._holdings[id(look)] = Holdings(look.snapshot)
        return known

    def remembered(self, key: Hashable, work: Callable[[], _Result]) -> _Result:
        """What some work over this recording came to; it is done once for a key."""
        if key not in self._remembered:
            self._remembered[key] = work()
        known: _Result = self._remembered[key]
        return known

    def why_not(self, district: str, day: str) -> str:
        """Why the recording has nothing more of a day."""
        for trouble in self.troubles:
            return (
                f"The rehearsal stopped on {trouble.day} during {trouble.during} "
                f"({trouble.fault}): {trouble.message}"
            )
        if self.recording.ended != "completed":
            return f"The rehearsal ended before {day}: {self.recording.ended}."
        if found := self.breakdowns.left_out(district):
            return f"The {district} district was left out, since it breaks a sync: {found.what}"
        return f"The recording has no {day} of the {district} district."

    # who is who

    def cast(self, district: str, day: str, edge_case: str, name: str) -> RecordRef:
        """A member of a cast; raises NotReachedError when the recording has no such cast."""
        members = self.published(district, day).cast.get(edge_case, {})
        if name not in members:
            raise NotReachedError(
                f'The recording has nobody called "{name}" in the cast of "{edge_case}".'
            )
        clever_id = members[name]
        return RecordRef(name, self.kind_of(district, clever_id), clever_id)

    def record_of(self, kind: Kind, clever_id: str) -> RecordRef:
        """Any record under the name people would call it by."""
        return RecordRef(self.name(clever_id), kind, clever_id)

    def kind_of(self, district: str, clever_id: str) -> Kind:
        """Of which kind the record with this id is, on whatever day it is shared."""
        for day in self.days_of(district):
            roster = self.roster(district, day)
            for kind in Kind:
                if kind is not Kind.DISTRICTS and clever_id in roster.of(kind):
                    return kind
            if any(clever_id in {*s["students"], *s["teachers"]} for s in roster.sections.values()):
                return Kind.USERS  # named by a class, and never shared
        raise NotReachedError(f"Clever never shares the record {clever_id} in this recording.")

    def record(self, district: str, day: str, person: RecordRef) -> Record | None:
        """What Clever shares of a record on a day; None when it shares nothing."""
        return self.roster(district, day).of(person.kind).get(person.clever_id)

    def linked_clever_ids(self, district: str, clever_id: str) -> frozenset[str]:
        """The Clever ids of the person behind one, this one included.

        With another number in the SIS, or another e-mail address of an employee, Clever takes
        somebody for a new user (dev.clever.com/docs/users); an app may know them again.
        """
        return self._linked_clever_ids.get((district, clever_id)) or frozenset({clever_id})

    @cached_property
    def _linked_clever_ids(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Of those cast members who have had several."""
        known: dict[tuple[str, str, str], set[str]] = {}
        for (district, _), published in self._published.items():
            for edge_case, members in published.cast.items():
                for name, clever_id in members.items():
                    known.setdefault((district, edge_case, name), set()).add(clever_id)
        found: dict[tuple[str, str], frozenset[str]] = {}
        for (district, _, _), ids in known.items():
            for clever_id in ids if len(ids) > 1 else ():
                others = found.get((district, clever_id), frozenset())
                found[district, clever_id] = others | ids
        return found

    def name(self, clever_id: str) -> str:
        """How a person would call a record: the cast name, or its name at Clever."""
        if not self._names:
            self._names = dict(self._all_names())
        return self._names.get(clever_id, clever_id)

    def _all_names(self) -> Iterator[tuple[str, str]]:
        for published in self._published.values():
            roster = published.roster
            for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS):
                for clever_id, record in roster.of(kind).items():
                    yield clever_id, str(record.get("name") or record.get("number") or clever_id)
            yield from ((user_id, full_name(user)) for user_id, user in roster.users.items())
        for published in self._published.values():
            for members in published.cast.values():
                for name, clever_id in members.items():
                    if clever_id not in published.roster.schools:  # shared with everybody else
                        yield clever_id, name

    # what the vendor declared

    def holds(self, what: str) -> bool:
        return self.profile.holds(what)

    def declared(self, *what: str) -> str:
        """The declaration that the app does not hold one of these, in a sentence; or ""."""
        for key in what:
            for declared in (key, key.partition(".")[0]):
                if declared in self.profile.not_held:
                    reason = self.profile.not_held[declared]
                    return (
                        f"The vendor declares that it does not hold {HOLDABLE[declared]}: {reason}"
                    )
        return ""

    def expects(self, user: User) -> bool:
        """Whether the app is expected to hold a user, by the roles it declares to hold."""
        return any(self.holds_role(role) for role in roles_of(user))

    def holds_role(self, role: str) -> bool:
        return self.holds(ROLE_KEYS[role])

    def sought(self, kind: Kind, roster: Roster) -> Sequence[str]:
        """The ids of a kind the app is expected to hold."""
        if kind is Kind.USERS:
            return self.remembered(
                ("expected", id(roster)),
                lambda: [key for key, user in roster.users.items() if self.expects(user)],
            )
        if not self.holds(kind):
            return []
        return [
            clever_id
            for clever_id, record in roster.of(kind).items()
            if not self.outside_now(kind, record, roster)
        ]

    def outside_now(self, kind: Kind, record: Record, roster: Roster) -> str:
        """The declaration by which the app does not hold what is over or has not begun; or ""."""
        if "terms.past-and-future" not in self.profile.not_held:
            return ""
        term: Mapping[str, object] = {}
        if kind is Kind.TERMS:
            term = {**record}
        elif kind is Kind.SECTIONS:
            term = {**roster.terms.get(str(record.get("term_id")), {})}
        today = self.recording.header.run_date
        starts, ends = (str(term.get(key) or today) for key in ("start_date", "end_date"))
        return "" if starts <= today <= ends else self.declared("terms.past-and-future")


ACCOUNTS = re.compile(r"/(oauth|\.well-known|userinfo)(/|$)")
"""Paths of clever.com and of identity, which have no version and no roster data."""
ROLE_KEYS = {
    "student": "students",
    "teacher": "teachers",
    "staff": "staff",
    "district_admin": "district_admins",
    "contact": "contacts",
}
KINDS = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS)
