"""Breakdown: the first day of a district on which a sync broke although Clever served it well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.assess.deliveries import Deliveries
from harness.assess.expectations import Expectations
from harness.assess.holdings import Holdings
from harness.assess.sync_effect import PRUDENT, answered, applied
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot, Status
from harness.contract.sync import SyncState
from harness.district.data_model.records import Kind, User, roles_of, schools_of
from harness.plan.faults import faults_of_day
from harness.plan.plan import COMMON, KILLED_MIDWAY, OUTAGES, Day, Plan
from harness.prose import one_line
from harness.recording.recording import (
    Entry,
    LoggedRequest,
    Published,
    Restarted,
    RunInterrupted,
    SnapshotTaken,
    Synced,
)

_SYNCING = ("sync", "approve")
_BROKEN = (SyncState.FAILED, SyncState.TIMED_OUT)
_DECLARES_NOTHING = Profile()
_FEW = 2
"""So many people may be gone for what happened beside them, such as to the record before theirs:
nothing need have broken down, and the checks of every day are about them."""
DIED = "the app's process died and was started again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """What broke down, when, and whatever the app said of it."""

    day: str
    what: str
    district: str = COMMON
    app_log: str = ""
    """Reason and log of the app, in which a culprit may be named."""
    unanswered: bool = False
    """Whether the app could not be asked at all any more."""
    died: bool = False
    """Whether it could be asked again only after it was started again."""
    missing: tuple[str, ...] = ()
    """Clever ids of the records that were there before, are shared, and are gone."""


def first_breakdown(
    entries: Sequence[Entry], plan: Plan, profile: Profile = _DECLARES_NOTHING
) -> Breakdown | None:
    """The first breakdown of an attempt, in whatever district; None when the attempt went well."""
    return next(iter(breakdowns(entries, plan, profile)), None)


def breakdowns(
    entries: Sequence[Entry], plan: Plan, profile: Profile = _DECLARES_NOTHING
) -> list[Breakdown]:
    """The first breakdown in each district, in the order they happened.

    A sync that failed, by what it did, or did not end, an app that could not be asked any more, or,
    in the common district, people whom no edge case touches and who are gone although Clever still
    shares them. What happens to them on a fault day is none: Clever did not answer well. Nor is
    what follows where the app is killed, which is known to come from that.
    """
    first: dict[str, Breakdown] = {}
    searches: dict[str, _Search] = {}
    for entry in entries:
        district = entry.district
        if district in first or district == KILLED_MIDWAY:
            continue
        search = searches.setdefault(district, _Search(district, plan, entries, profile))
        if breakdown := search.breakdown_in(entry):
            first[district] = breakdown
    return list(first.values())


class _Search:
    """Reads the entries of one district until something has broken down."""

    def __init__(
        self, district: str, plan: Plan, entries: Sequence[Entry], profile: Profile
    ) -> None:
        self._district, self._plan, self._entries = district, plan, entries
        self._expectations, self._waits = Expectations(profile, ""), profile.archiving is not None
        self._before: frozenset[str] = frozenset()
        self._published: Published | None = None
        self._earlier: Published | None = None

    def breakdown_in(self, entry: Entry) -> Breakdown | None:
        """What broke down with this entry, if anything did."""
        match entry:
            case Published():
                self._earlier, self._published = self._published, entry
            case RunInterrupted() if self._is_the_apps(entry):
                return self._breakdown(entry.day, entry.problem, entry.message)
            case Restarted() if entry.day != Day.BEFORE and not self._faulty:
                return self._breakdown(entry.day, "", entry.message)
            case Synced() if self._failed(entry):
                words = f"{entry.final.reason}\n{entry.final.log}"
                return self._breakdown(entry.day, entry.final.reason, words)
            case SnapshotTaken() if entry.after == "sync" and self._district == COMMON:
                return self._records_lost(entry)
            case _:
                pass
        return None

    @property
    def _faulty(self) -> bool:
        """A fault day; the token that dies on a small district is an incident of its own."""
        return bool(self._published and faults_of_day(self._district, self._published.day))

    def _failed(self, entry: Synced) -> bool:
        """Whether a sync did not end, or says it failed and did; not every failure is one."""
        incident = self._plan.incident(entry.district, entry.day)
        if entry.final.state not in _BROKEN or incident in OUTAGES or self._faulty:
            return False
        if entry.final.state is SyncState.TIMED_OUT:
            return True
        return incident not in PRUDENT and not self._did_its_work(entry)

    def _did_its_work(self, entry: Synced) -> bool:
        """Whether the sync was answered, and the app then held what is shared."""
        place = _at(entry)
        own = [entry for entry in self._entries if _at(entry) == place]
        requests = (
            entry for entry in own if isinstance(entry, LoggedRequest) and entry.during in _SYNCING
        )
        held = [o.snapshot for o in own if isinstance(o, SnapshotTaken) and o.after == "sync"]
        if self._published is None or not held or not answered(requests):
            return False
        earlier = self._earlier.roster if self._earlier else None
        shared, waits = self._published.roster, self._waits
        return applied(self._expectations, earlier, shared, Holdings(held[0]), waits=waits)

    def _is_the_apps(self, entry: RunInterrupted) -> bool:
        """An app that cannot be asked any more; before its first sync nothing can be narrowed
        down."""
        begun = entry.during != "connect" or self._district != COMMON
        return entry.fault == "adapter" and begun and entry.day != Day.BEFORE

    def _breakdown(self, day: str, what: str, app_log: str) -> Breakdown:
        own = [entry for entry in self._entries if _at(entry) == (self._district, day)]
        words = [entry.message for entry in own if isinstance(entry, Restarted)]
        synced = [entry.final for entry in own if isinstance(entry, Synced)]
        what = what or next((sync.reason for sync in synced if sync.state in _BROKEN), "")
        return Breakdown(
            day=day,
            district=self._district,
            what=one_line(f"{DIED}: {what or words[0]}" if words else what),
            app_log="\n".join((app_log, *words)),
            unanswered=any(
                isinstance(entry, RunInterrupted) and self._is_the_apps(entry) for entry in own
            ),
            died=bool(words),
        )

    def _records_lost(self, look: SnapshotTaken) -> Breakdown | None:
        published = self._published
        if published is None:
            return None
        held = _active(look.snapshot)
        lost = _untouched(published, self._earlier) & self._before - held
        self._before = held
        if lost:
            lost -= self._not_taken_up(look.day, published, held)
        if self._faulty or len(lost) <= _FEW:
            return None
        what = f"{len(lost)} people whom nothing happened to are gone"
        return Breakdown(day=look.day, what=what, missing=tuple(sorted(lost)))

    def _not_taken_up(self, day: str, published: Published, held: frozenset[str]) -> frozenset[str]:
        """The people whom a list read in part left out, or that stand in answers not made use of.

        An app that always stops after so many loses somebody whenever a new record comes before
        them, and nothing has broken down then.
        """
        deliveries = Deliveries(
            entry for entry in self._entries if entry.district == self._district
        )
        lists = [
            answer
            for answer in deliveries.lists(self._district, day)
            if answer.name.kind is Kind.USERS
        ]
        answers = [
            frozenset(deliveries.by_request(self._district, page))
            for answer in lists
            for page in answer.pages
        ]
        unused = frozenset().union(*(ids for ids in answers if held.isdisjoint(ids)))
        if all(answer.complete for answer in lists if answer.pages):
            return unused
        delivered = deliveries.delivered_on(self._district, day)
        return unused | (frozenset(published.roster.users) - delivered)


def _at(entry: Entry) -> tuple[str, str]:
    return entry.district, entry.day


def _untouched(published: Published, earlier: Published | None) -> frozenset[str]:
    """The shared users who are nobody's cast, at the schools and with the children they had."""
    cast = {clever_id for members in published.cast.values() for clever_id in members.values()}
    before = earlier.roster.users if earlier else {}
    return frozenset(
        clever_id
        for clever_id, user in published.roster.users.items()
        if clever_id not in cast
        and ((then := before.get(clever_id)) is None or then is user or _ties(user) == _ties(then))
    )


def _ties(user: User) -> object:
    contact = roles_of(user).get("contact") or {}
    return schools_of(user), contact.get("student_relationships")


def _active(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(row.clever_id for row in snapshot.users if row.status is Status.ACTIVE)
