"""RecordingIndex: a recording by district, day and record. It is read only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from harness.assess.breakdowns import Breakdowns
from harness.assess.deliveries import Deliveries
from harness.assess.entries_by_day import Death, EntriesByDay
from harness.assess.expectations import Expectations
from harness.assess.gap import Gap
from harness.assess.gaps import gaps
from harness.assess.holdings import Holdings
from harness.assess.passing_ids import without_passing_ids
from harness.assess.record_names import RecordNames
from harness.assess.traffic_index import TrafficIndex
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind, Record
from harness.district.data_model.roster import Roster
from harness.plan.day_names import on
from harness.plan.district_year import date_for_app
from harness.plan.exported import exported
from harness.plan.plan import DAYS, Day
from harness.recording.recording import (
    AccountCreated,
    BisectResult,
    EditMade,
    Killed,
    LessonFinished,
    Published,
    Recording,
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
        self.breakdowns = Breakdowns(recording)
        attempt = self.breakdowns.last_attempt
        self._entries = entries = EntriesByDay(without_passing_ids(attempt, self.profile))
        self.expectations = Expectations(
            self.profile,
            recording.header.run_date.isoformat(),
            self._dates(entries.published.values()),
        )
        self.snapshots_taken: Sequence[SnapshotTaken] = entries.snapshots_taken
        self.lessons: Sequence[LessonFinished] = entries.lessons
        """The lessons that were finished."""
        self.accounts: Sequence[AccountCreated] = entries.accounts
        """The accounts from before Clever."""
        self.edits: Sequence[EditMade] = entries.edits
        """What was changed by hand."""
        self.interruptions: Sequence[RunInterrupted] = entries.interruptions
        self.traffic = TrafficIndex(attempt)
        self.bisect_results: Sequence[BisectResult] = self.breakdowns.bisect_results
        """What earlier attempts through the year broke down on, and why."""
        self._days = _days(entries.published)
        self._kinds: dict[str, Mapping[str, Kind]] = {}
        """District → Clever ID → the kind of the record, of districts asked about so far."""
        self._deliveries = Deliveries(attempt)
        self._names = RecordNames(entries.published.values())
        self._holdings: dict[int, Holdings] = {}
        self._chosen: dict[tuple[str, str, str], Holdings] = {}
        self._cache: dict[Hashable, Any] = {}

    def _dates(self, published: Iterable[Published]) -> Mapping[int, str]:
        """The id of each roster → the date an app hears, where it matters which terms are over."""
        if "terms.past-and-future" not in self.profile.not_held:
            return {}
        header = self.recording.header
        return {
            id(entry.roster): date_for_app(
                entry.district, entry.day, header.run_date, header.plan
            ).isoformat()
            for entry in published
        }

    # what broke down on the way

    def death(self, district: str, day: str) -> Death | None:
        """That the app died about the sync of a day and was started again, if it did."""
        return self._entries.deaths.get((district, day))

    def kill(self, district: str, day: str) -> Killed | None:
        """That the harness killed the app in the middle of the sync of a day, if it did."""
        return self._entries.kills.get((district, day))

    def killed_by_then(self, district: str, day: str) -> bool:
        """Whether the app was killed in a sync of the district on a day, or on one before."""
        days = (*self.before(district, day), day)
        return any((kill := self.kill(district, each)) and kill.request for each in days)

    # what Clever shared

    def published(self, district: str, day: str) -> Published:
        """What was shared with the app on a day; raises NotReachedError."""
        try:
            return self._entries.published[district, day]
        except KeyError:
            raise NotReachedError(self.why_not(district, day)) from None

    def roster(self, district: str, day: str) -> Roster:
        return self.published(district, day).roster

    @property
    def districts(self) -> tuple[str, ...]:
        """The districts that shared anything, in the order of their first day."""
        return tuple(self._days)

    def days_of(self, district: str) -> tuple[str, ...]:
        """The days a district was played, in the order of the year."""
        return self._days.get(district, ())

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
            return self._entries.synced[district, day]
        except KeyError:
            raise NotReachedError(self.why_not(district, day)) from None

    def has_synced(self, district: str, day: str) -> bool:
        return (district, day) in self._entries.synced

    def holdings(self, district: str, day: str, after: str = "") -> Holdings:
        """What the app held after the sync (`sync`), its acts (`acts`), or before it (`publish`).

        Without `after` it is the last snapshot of the day. Raises NotReachedError.
        """
        known = self._chosen.get((district, day, after))
        if known is None:
            known = self._chosen[district, day, after] = self._held(district, day, after)
        return known

    def _held(self, district: str, day: str, after: str) -> Holdings:
        snapshots = self._entries.snapshots.get((district, day), [])
        chosen = [taken for taken in snapshots if not after or taken.after == after]
        if not after:
            chosen = [taken for taken in chosen if taken.after != "publish"]
        if not chosen:
            raise NotReachedError(self.why_not(district, day))
        return self.indexed(chosen[-1])

    def indexed(self, taken: SnapshotTaken) -> Holdings:
        """The snapshot of an entry, indexed once."""
        known = self._holdings.get(id(taken))
        if known is None:
            known = self._holdings[id(taken)] = Holdings(taken.snapshot)
        return known

    def cached(self, key: Hashable, work: Callable[[], _Result]) -> _Result:
        """What some work over this recording came to; it is done once for a key."""
        if key not in self._cache:
            self._cache[key] = work()
        known: _Result = self._cache[key]
        return known

    def why_not(self, district: str, day: str) -> str:
        """Why the recording has nothing more of a day."""
        for interruption in self.interruptions:
            if interruption.asked_nothing:
                return interruption.message
            return (
                f"The rehearsal stopped {on(interruption.day)} during {interruption.during} "
                f"({interruption.fault}): {interruption.message}"
            )
        if self.recording.ended != "completed":
            return f"The rehearsal ended before the day `{day}`: {self.recording.ended}."
        if result := self.breakdowns.left_out(district):
            return f"The {district} district was left out, since it breaks a sync: {result.what}"
        for killed in (self.kill(district, each) for each in self.days_of(district)):
            if killed and killed.failed:
                return (
                    "The app was killed in the middle of a sync, and could not be asked any more "
                    f"{on(killed.day)}: {killed.failed}"
                )
        return f"The recording has no {day} of the {district} district."

    # what reached the app

    @property
    def of_an_export(self) -> bool:
        """Whether an exported snapshot is judged, and no app was seen."""
        return bool(exported(self.recording.header.plan.selected))

    @property
    def deliveries_known(self) -> bool:
        """Whether the recording says which records the answers carried."""
        return self._deliveries.known

    @property
    def deliveries(self) -> Deliveries:
        """Which records the answers carried; raises NotReachedError if nobody noted it."""
        if not self._deliveries.known:
            raise NotReachedError(
                "This recording is of an earlier version of rosterready, which did not note which "
                "records an answer held. Rehearse again to have this judged."
            )
        return self._deliveries

    def gaps(self, district: str, day: str, kind: Kind) -> tuple[Gap, ...]:
        """Why what the app should hold and does not hold never reached it.

        Raises NotReachedError if anything is missing and nobody noted what was delivered.
        """
        return self.cached(("gaps", district, day, kind), lambda: self._gaps(district, day, kind))

    def _gaps(self, district: str, day: str, kind: Kind) -> tuple[Gap, ...]:
        roster = self.roster(district, day)
        held = self.holdings(district, day).active_ids[kind]
        missing = [i for i in self.expectations.expected_ids(kind, roster) if i not in held]
        if not missing:
            return ()
        delivered = self._delivered(district, day)
        absent = [clever_id for clever_id in missing if clever_id not in delivered]
        others = self.traffic.read_alone(district, day)
        return gaps(self.deliveries, district, day, kind, roster.of(kind), absent, others)

    def unread(self, district: str, day: str, kind: Kind) -> tuple[Gap, ...]:
        """Why what it should hold did not reach the app on a day, whether it holds it or not."""

        def work() -> tuple[Gap, ...]:
            roster, delivered = self.roster(district, day), self._delivered(district, day)
            sought = self.expectations.expected_ids(kind, roster)
            absent = [clever_id for clever_id in sought if clever_id not in delivered]
            return gaps(self.deliveries, district, day, kind, roster.of(kind), absent)

        return self.cached(("unread", district, day, kind), work)

    def _delivered(self, district: str, day: str) -> Collection[str]:
        """What an app may be asked for: of this day's sync, or with events of all up to it.

        Of an export nobody saw the sync; its app may have read whatever is shared.
        """
        if self.of_an_export:
            roster = self.roster(district, day)
            return {clever_id for kind in KINDS for clever_id in roster.of(kind)}
        follows = self.recording.header.mode is Mode.EVENTS and day != Day.FULL_SYNC
        if follows:
            return self.deliveries.delivered(district, day)
        return self.deliveries.delivered_on(district, day)

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

    def generated(self, district: str, day: str) -> frozenset[str]:
        """The records of tables of unusual values: in their district there are more of them than
        ordinary ones."""

        def work() -> frozenset[str]:
            return frozenset(
                self.cast(district, day, row.edge_case, name).clever_id
                for row in self.recording.header.plan.scenarios
                if row.groups and row.district == district
                for group in row.groups.values()
                for name in group
            )

        return self.cached(("generated", district, day), work)

    def record_of(self, kind: Kind, clever_id: str) -> RecordRef:
        """Any record under the name people would call it by."""
        return RecordRef(self.name(clever_id), kind, clever_id)

    def kind_of(self, district: str, clever_id: str) -> Kind:
        """Of which kind the record with this id is, on whatever day it is shared."""
        if district not in self._kinds:
            rosters = [self.roster(district, day) for day in self.days_of(district)]
            self._kinds[district] = _kinds(rosters)
        try:
            return self._kinds[district][clever_id]
        except KeyError:
            raise NotReachedError(
                f"Clever never shares the record {clever_id} in this recording."
            ) from None

    def record(self, district: str, day: str, person: RecordRef) -> Record | None:
        """What Clever shares of a record on a day; None when it shares nothing."""
        return self.roster(district, day).of(person.kind).get(person.clever_id)

    def linked_clever_ids(self, district: str, clever_id: str) -> frozenset[str]:
        """The Clever ids of the person behind one, this one included.

        With another number in the SIS, or another e-mail address of an employee, Clever takes
        somebody for a new user (dev.clever.com/docs/users); an app may know them again.
        """
        return self._names.linked_clever_ids(district, clever_id)

    def name(self, clever_id: str) -> str:
        """How a person would call a record: the cast name, or its name at Clever."""
        return self._names.name(clever_id)


KINDS = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS)


def _days(published: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The districts in the order of their first day, each with its days in order of the year."""
    played: dict[str, set[str]] = {}
    for district, day in published:
        played.setdefault(district, set()).add(day)
    return {
        district: tuple(day for day in DAYS if day in days) for district, days in played.items()
    }


def _kinds(rosters: Sequence[Roster]) -> Mapping[str, Kind]:
    """The kinds of all records of a district, by the first roster that has them."""
    kinds: dict[str, Kind] = {}
    for roster in reversed(rosters):
        named = (
            i for row in roster.sections.values() for i in (*row["students"], *row["teachers"])
        )
        kinds |= dict.fromkeys(named, Kind.USERS)  # named by a class, and perhaps never shared
        for kind in reversed(KINDS):
            kinds |= dict.fromkeys(roster.of(kind), kind)
    return kinds
