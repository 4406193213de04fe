"""Scene: one sync of a district, and what Clever shared before it and with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from harness.assess.causes.arrivals import when_is
from harness.assess.holdings import Holdings
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.contract.snapshot import Status
from harness.contract.sync import APPLIED
from harness.district.data_model.records import Kind, Record, Section, User, roles_of
from harness.district.data_model.roster import Roster

_LISTS = tuple(f"/{kind}" for kind in KINDS)


class SyncScene:
    """What was shared and held before and after one sync."""

    def __init__(self, index: RecordingIndex, district: str, day: str) -> None:
        self.index, self.district, self.day = index, district, day
        self.now: Roster = index.roster(district, day)
        before = index.before(district, day)
        self.earlier = before[-1] if before else ""
        self.then: Roster | None = index.roster(district, self.earlier) if before else None
        self._before = before

    @cached_property
    def held(self) -> Holdings | None:
        """What the app held after the sync; None if nobody looked."""
        return _holdings(self.index, self.district, self.day)

    @cached_property
    def held_before(self) -> Holdings | None:
        return _holdings(self.index, self.district, self.earlier) if self.earlier else None

    def expected(self, kind: Kind) -> frozenset[str]:
        """The records of a kind that the app should hold."""
        key = "expected ids", kind, self.district, self.day
        return self.index.cached(
            key, lambda: frozenset(self.index.expectations.expected_ids(kind, self.now))
        )

    def record(self, kind: Kind, clever_id: str) -> Record | None:
        """A record as it is shared with this sync."""
        return self.now.of(kind).get(clever_id)

    def former(self, kind: Kind, clever_id: str) -> Record | None:
        """A record as it was shared with the sync before."""
        return self.then.of(kind).get(clever_id) if self.then else None

    def last_shared(self, kind: Kind, clever_id: str) -> Record | None:
        """A record as it was shared with the last sync before that it was shared with."""
        rosters = (self._roster(day).of(kind) for day in reversed(self._before))
        return next((shared[clever_id] for shared in rosters if clever_id in shared), None)

    def was_away(self, kind: Kind, clever_id: str) -> bool:
        """Whether a record was shared, then was not, and was shared again before this sync."""
        shared = [clever_id in self._roster(day).of(kind) for day in self._before]
        return any(shared) and not all(shared[shared.index(True) :]) and shared[-1]

    @cached_property
    def parts_gone(self) -> Mapping[Kind, float]:
        """Kind → how large a part of what was shared before is no longer shared."""
        if self.then is None:
            return dict.fromkeys(Kind, 0.0)
        return {
            kind: len(then.keys() - self.now.of(kind).keys()) / max(len(then), 1)
            for kind in KINDS
            for then in (self.then.of(kind),)
        }

    @cached_property
    def last_listed(self) -> frozenset[str]:
        """The people whom a class that is no longer shared listed when it was last."""
        last = {i: row for day in self._before for i, row in self._roster(day).sections.items()}
        over = (row for i, row in last.items() if i not in self.now.sections)
        return frozenset(i for row in over for i in (*row["students"], *row["teachers"]))

    @cached_property
    def of_past_classes(self) -> frozenset[str]:
        """The courses and terms of classes that are no longer shared, when they last were."""
        last = {i: row for day in self._before for i, row in self._roster(day).sections.items()}
        over = (row for i, row in last.items() if i not in self.now.sections)
        links = ((row.get("course"), row.get("term_id")) for row in over)
        return frozenset(link for both in links for link in both if link)

    def _roster(self, day: str) -> Roster:
        return self.index.roster(self.district, day)

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """User → the classes that list them."""
        return _classes(self.now)

    @cached_property
    def classes_before(self) -> Mapping[str, frozenset[str]]:
        return _classes(self.then) if self.then else {}

    @cached_property
    def schools_of_same_size(self) -> frozenset[str]:
        """Schools with as many classes and members of them as before, though some are others."""
        if self.then is None:
            return frozenset()
        before, after = _by_school(self.then), _by_school(self.now)
        return frozenset(
            school
            for school in before.keys() & after.keys()
            if before[school] != after[school]
            and list(map(len, before[school])) == list(map(len, after[school]))
        )

    @cached_property
    def values(self) -> Counter[tuple[str, str]]:
        """How many users of the district have an address, a number or a name."""
        return Counter(v for user in self.now.users.values() for v in set(identifying(user)))

    @cached_property
    def former_owners(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """An address or a number → the users of the district who had it with the sync before."""
        owners: dict[tuple[str, str], set[str]] = defaultdict(set)
        for clever_id, user in self.then.users.items() if self.then else ():
            for value in identifying(user):
                owners[value].add(clever_id)
        return {value: frozenset(ids) for value, ids in owners.items()}

    @cached_property
    def addresses_held(self) -> Mapping[str, frozenset[str]]:
        """An address → the users who had it in the app before this sync, in use or archived."""
        owners: dict[str, set[str]] = defaultdict(set)
        for row in self.held_before.snapshot.users if self.held_before else ():
            if row.email:
                owners[row.email.casefold()].add(row.clever_id)
        return {address: frozenset(ids) for address, ids in owners.items()}

    @cached_property
    def with_work(self) -> frozenset[str]:
        """The users who had work in the app before this sync."""
        lessons = self.held_before.lessons if self.held_before else {}
        return frozenset(owner for owners in lessons.values() for owner in owners)

    @cached_property
    def other_terms(self) -> bool:
        """Whether Clever shares other terms than with the sync before."""
        return self.then is not None and self.now.terms.keys() != self.then.terms.keys()

    def when(self, section: Section) -> str:
        """Whether the term of a section is over or has not begun on the day; or ""."""
        return when_is(self._date, self.now.terms.get(str(section.get("term_id"))))

    @cached_property
    def _date(self) -> str:
        date = self.index.published(self.district, self.day).date
        return (date or self.index.recording.header.run_date).isoformat()

    @cached_property
    def values_elsewhere(self) -> frozenset[tuple[str, str]]:
        """The addresses and numbers of the users of other districts."""
        return frozenset(
            value
            for district in self.index.districts
            if district != self.district
            for user in self.index.roster(district, self.index.days_of(district)[0]).users.values()
            for value in identifying(user)
        )

    @cached_property
    def values_of_archived(self) -> frozenset[tuple[str, str]]:
        """The addresses and numbers of users whom the app had archived before this sync."""
        if self.held_before is None:
            return frozenset()
        archived = {
            row.clever_id
            for row in self.held_before.snapshot.users
            if row.status is Status.ARCHIVED and row.clever_id
        }
        gone = archived - self.held_before.active_ids[Kind.USERS] - self.now.users.keys()
        return frozenset(value for i in gone for value in identifying(self._last(i)))

    def _last(self, clever_id: str) -> User | None:
        rosters = (self._roster(day).users for day in reversed(self._before))
        return next((users[clever_id] for users in rosters if clever_id in users), None)

    @cached_property
    def was_approved(self) -> bool:
        """Whether the sync was held, and a person approved it."""
        if not self.index.has_synced(self.district, self.day):
            return False
        return self.index.synced(self.district, self.day).approved is not None

    @cached_property
    def after_failure(self) -> bool:
        """Whether the sync before did not complete."""
        if not self.earlier or not self.index.has_synced(self.district, self.earlier):
            return False
        return self.index.synced(self.district, self.earlier).final.state not in APPLIED

    @cached_property
    def completed(self) -> bool:
        """Whether the sync says that it completed, at least in part."""
        if not self.index.has_synced(self.district, self.day):
            return False
        return self.index.synced(self.district, self.day).final.state in APPLIED

    @cached_property
    def read_lists(self) -> bool:
        """Whether the app read any list of records in it, as an app does that follows no events."""
        asked = self.index.traffic.asked(self.district, self.day)
        return any(request.path.endswith(_LISTS) for request in asked)

    @cached_property
    def was_hit(self) -> bool:
        """Whether a fault hit a request of this sync."""
        return bool(self.index.traffic.requests_hit(self.district, self.day))

    @cached_property
    def pages(self) -> Mapping[str, tuple[int, int]]:
        """Record → the page on which it was delivered in this sync, and how many there were.

        Only of lists, and events, of several pages.
        """
        if not self.index.deliveries_known:
            return {}
        by_page: dict[str, tuple[int, int]] = {}
        for read in self.index.deliveries.lists(self.district, self.day):
            last = len(read.pages)
            for number, page in enumerate(read.pages if last > 1 else (), 1):
                for clever_id in self.index.deliveries.by_request(self.district, page):
                    by_page.setdefault(clever_id, (number, last))
        return by_page


def scene(index: RecordingIndex, district: str, day: str) -> SyncScene:
    """The scene of a sync, made once; raises NotReachedError."""
    return index.cached(("scene", district, day), lambda: SyncScene(index, district, day))


def scenes(index: RecordingIndex) -> Iterator[SyncScene]:
    """Every sync of every district."""
    for district in index.districts:
        for day in index.days_of(district):
            yield scene(index, district, day)


def identifying(user: User | None) -> Iterator[tuple[str, str]]:
    """The values by which an app may take a user for another one."""
    if user is None:
        return
    if email := user.get("email"):
        yield "email", email.casefold()
    for role in roles_of(user).values():
        for key in ("sis_id", "student_number", "teacher_number", "state_id"):
            if number := role.get(key):
                yield key, str(number)


def _holdings(index: RecordingIndex, district: str, day: str) -> Holdings | None:
    try:
        return index.holdings(district, day)
    except NotReachedError:
        return None


def _classes(roster: Roster) -> Mapping[str, frozenset[str]]:
    class_ids: dict[str, set[str]] = defaultdict(set)
    for clever_id, section in roster.sections.items():
        for member in (*section["students"], *section["teachers"]):
            class_ids[member].add(clever_id)
    return {member: frozenset(classes) for member, classes in class_ids.items()}


def _by_school(roster: Roster) -> Mapping[str, tuple[frozenset[object], ...]]:
    """School → its classes, and the students and teachers in them."""
    by_school: dict[str, tuple[set[object], ...]] = defaultdict(lambda: (set(), set(), set()))
    for clever_id, section in roster.sections.items():
        classes, students, teachers = by_school[section["school"]]
        classes.add(clever_id)
        students.update((clever_id, member) for member in section["students"])
        teachers.update((clever_id, member) for member in section["teachers"])
    return {school: tuple(map(frozenset, own)) for school, own in by_school.items()}
