"""Watch: every difference between Clever and the app on calm days, once, the day it appears.

What differs on the first day of the common district is judged by the scenarios about the first
share. Every other difference is reported on the first day that shows it, by the topic that owns it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from harness.assess.edited import edited_records
from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.assess.scope import kinds_in
from harness.contract.snapshot import HeldUser
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, KILLED_MIDWAY, Day
from harness.suite.checks import user_values
from harness.suite.checks.every_day.days import CalmDay, calm_days
from harness.suite.checks.every_day.left_behind import is_crowded_out, is_left_behind
from harness.suite.checks.every_day.presence_of_all import (
    Known,
    never_shared,
    not_in_use,
    not_shared,
)
from harness.suite.checks.every_day.reading import reached
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.values import TIES, Key, compared_anew, differences
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation
from harness.suite.checks.relationship_values import relationships_left_out

_OF_EVERYTHING = (
    *(Topic.VALUES, Topic.IN_USE, Topic.NEW, Topic.LEFT_OVER, Topic.STRANGERS),
    *(Topic.AFTER_FAULTS, Topic.EVENTS),
)
Watched = Mapping[Topic, Observation]


def watched(index: RecordingIndex, topic: Topic) -> Observation:
    """The differences of one topic in all districts; everything is compared once for all topics."""
    observations: Watched = index.cached("every day", lambda: _watched(index))
    return observations[topic]


def on_days_without_faults(index: RecordingIndex, topic: Topic) -> list[Finding]:
    """The differences of a topic that show on calm days which no fault came before."""
    calm = _without_faults(index)
    return [f for f in watched(index, topic).findings if (f.district, f.day) in calm]


def _without_faults(index: RecordingIndex) -> set[tuple[str, str]]:
    """District and day of each calm day that no fault came before."""
    return {
        (district, calm.day)
        for district in index.districts
        for calm in calm_days(index, district)
        if not calm.after_faults
    }


def _watched(index: RecordingIndex) -> Watched:
    observations = {topic: Observation() for topic in Topic}
    not_left_behind: dict[str, Topic] = {}
    for district in index.districts:
        year = DistrictWatch(index, district)
        for calm in calm_days(index, district):
            year.compare(calm)
        not_left_behind |= year.not_left_behind
        for topic, finding in year.owned():
            observations[topic].findings.append(finding)
        for topic, examined in year.examined.items():
            observations[topic].examined += sum(examined.values())
            observations[topic].scope.update(examined)
        for topic, needs in year.needs.items():
            observations[topic].needs += needs
    _take_from_faults(observations, not_left_behind, _without_faults(index))
    return observations


def _take_from_faults(
    observations: Watched, not_left_behind: Mapping[str, Topic], without: set[tuple[str, str]]
) -> None:
    """Give back to a topic with findings of calm days what is no matter of a fault.

    Newcomers who are left out after a fault as on calm days are none, nor is what a sync lost
    that read everything.
    """
    after_faults = observations[Topic.AFTER_FAULTS]
    calm = {
        topic
        for topic, observation in observations.items()
        if any((f.district, f.day) in without for f in observation.findings)
    }
    own: list[Finding] = []
    for finding in after_faults.findings:
        topic = not_left_behind.get(finding.id, Topic.AFTER_FAULTS)
        if topic is Topic.AFTER_FAULTS or topic not in calm:
            own.append(finding)
        else:
            observations[topic].findings.append(finding)
            after_faults.needs.append(finding)
    after_faults.findings = own


class DistrictWatch:
    """One district, calm day after calm day."""

    def __init__(self, index: RecordingIndex, district: str) -> None:
        self.index, self.district = index, district
        self.examined: dict[Topic, Counter[str]] = defaultdict(Counter)
        self.needs: dict[Topic, list[Finding]] = defaultdict(list)
        """What kept records from being examined."""
        self._known = Known()
        self._before: Mirror | None = None
        self._open: set[Key] = set()
        """What differed on the day before."""
        self._reported: dict[Key, tuple[Topic, Finding]] = {}
        self._wrong_at_first: set[str] = set()
        """Fields that were not as Clever has them for somebody on the first day."""
        self._open_at_full_sync: frozenset[Key] | None = None
        self.not_left_behind: dict[str, Topic] = {}
        """Findings after a fault that need not come from it → their topic on any other day."""
        self._edited = edited_records(index, district)

    def compare(self, calm: CalmDay) -> None:
        """Look at one more day."""
        before, now = self._before, Mirror(self.index, self.district, calm.day, "sync")
        for earlier in self.index.before(self.district, calm.day):
            self._known.share(self.index.roster(self.district, earlier))
        anew = compared_anew(before, now)
        now_open = self._besides_edited(differences(now, anew))
        again = {i for ids in anew.values() for i in ids}
        still = {key for key in self._open if key[2] not in again and _is_value(key)}
        strangers = dict(never_shared(self._known, now))
        self._reported |= {
            key: (Topic.STRANGERS, finding)
            for key, finding in strangers.items()
            if key not in self._reported
        }
        if before is None:
            self._wrong_at_first = {field for topic, field, _ in now_open if topic is Topic.VALUES}
            full = self.index.recording.header.mode is Mode.FULL
            if full and self.district != COMMON:  # whose first day has scenarios of its own
                self._report_ties(now_open, now)
            left = self._besides_edited(not_shared(self._known, None, now))
            self._reported |= {key: (Topic.LEFT_OVER, finding) for key, finding in left.items()}
            now_open |= left
        else:
            now_open |= self._besides_edited(not_in_use(self._known, before, now))
            now_open |= self._besides_edited(not_shared(self._known, before, now))
            fresh = {
                key: finding
                for key, finding in now_open.items()
                if key not in self._open and key not in self._reported
            }
            read = self._reached(fresh, now)
            for key, finding in fresh.items():
                if key[2] in read or not _is_value(key):
                    self._report(key, finding, before, now, calm)
        self._count(now)
        self._open = set(now_open) | still
        if calm.day == Day.FULL_SYNC:
            self._open_at_full_sync = frozenset(self._open)
        self._known.take(now)
        self._before = now

    def _report_ties(self, first_open: Mapping[Key, Finding], now: Mirror) -> None:
        """Members, schools, roles and relationships that are wrong on the first day already."""
        ties = {key: finding for key, finding in first_open.items() if key[0] in TIES}
        read = self._reached(ties, now)
        for key, finding in ties.items():
            if key[2] in read and not self._follows_schools(key):
                self._reported[key] = key[0], finding

    def owned(self) -> Iterator[tuple[Topic, Finding]]:
        """Every difference with its topic. What a full sync mended is a matter of the events."""
        follows = self.index.recording.header.mode is Mode.EVENTS
        for key, (topic, finding) in self._reported.items():
            mended = self._open_at_full_sync is not None and key not in self._open_at_full_sync
            deleted = topic is Topic.LEFT_OVER and finding.found == "absent"
            yield (Topic.EVENTS if follows and mended and not deleted else topic), finding

    def _report(
        self, key: Key, finding: Finding, before: Mirror, now: Mirror, calm: CalmDay
    ) -> None:
        topic, field, clever_id = key
        if self._follows_schools(key):
            return
        kind = Kind(finding.kind)
        if topic is Topic.VALUES and field in self._wrong_at_first:
            same = _shown(before, kind, clever_id, field) == _shown(now, kind, clever_id, field)
            if clever_id not in before.roster.of(kind) or not same:
                return  # it is written wrongly at the first share already
        unchanged = before.roster.of(kind).get(clever_id) == now.roster.of(kind).get(clever_id)
        new = clever_id not in before.roster.of(kind)
        if calm.after_faults and self.district == KILLED_MIDWAY:
            self.not_left_behind[finding.id] = topic
            topic = Topic.AFTER_FAULTS
        elif calm.after_faults and (unchanged or (new and topic in (Topic.NEW, Topic.VALUES))):
            behind = topic is not Topic.NEW and is_left_behind(self.index, key, finding, before.day)
            if topic is Topic.IN_USE and not behind and is_crowded_out(before, now, kind):
                self.needs[Topic.AFTER_FAULTS].append(finding)
                return
            if not behind:
                self.not_left_behind[finding.id] = topic
            topic = Topic.AFTER_FAULTS
        self._reported[key] = topic, finding

    def _follows_schools(self, key: Key) -> bool:
        """Whether a role's schools are wrong where all schools of the user are reported."""
        return key[0] is Topic.ROLE_SCHOOLS and any(
            other is Topic.SCHOOLS and i == key[2] for other, _, i in self._reported
        )

    def _besides_edited(self, pairs: Iterable[tuple[Key, Finding]]) -> dict[Key, Finding]:
        """Without the cast of a manual edit: whether one persists is a matter of declarations."""
        return {key: finding for key, finding in pairs if key[2] not in self._edited}

    def _reached(self, candidates: Mapping[Key, Finding], now: Mirror) -> frozenset[str]:
        """The records among these that were read on this day, or could have been."""
        by_kind: dict[Kind, set[str]] = defaultdict(set)
        for key, finding in candidates.items():
            if _is_value(key):
                by_kind[Kind(finding.kind)].add(finding.clever_id)
        return frozenset().union(
            *(reached(self.index, self.district, now.day, *part) for part in by_kind.items())
        )

    def _count(self, now: Mirror) -> None:
        """What was compared on a day: what is shared, in use, and held by declaration."""
        holds = self.index.expectations.holds
        sections = Counter({Kind.SECTIONS.value: len(self._in_use(now, Kind.SECTIONS))})
        users: Counter[str] = Counter()
        kinds_of_user = kinds_in(self.index, self.district, Kind.USERS)
        alike = Counter([kinds_of_user(i) for i in self._in_use(now, Kind.USERS)])
        for kinds, times in alike.items():
            for kind in kinds:
                users[kind] += times
        places = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES)
        everything = Counter({kind.value: len(self._in_use(now, kind)) for kind in places})
        everything += sections + users
        for topic in _OF_EVERYTHING:
            self.examined[topic] += everything
        self.examined[Topic.ROLES] += users
        if any(holds(f"sections.{who}") and holds(who) for who in ("teachers", "students")):
            self.examined[Topic.MEMBERS] += sections
        if not user_values.schools_left_out(self.index):
            self._count_schools(now)
        if not relationships_left_out(self.index):
            self.examined[Topic.RELATIONSHIPS] += Counter({"contacts": users["contacts"]})

    def _count_schools(self, now: Mirror) -> None:
        """Whose schools were compared; a role's own only of those who have several in the app."""
        roleless: list[str] = []
        for clever_id in sorted(self._in_use(now, Kind.USERS)):
            roles = now.schooled_roles(clever_id)
            kinds = [ROLE_KEYS[role] for role in roles]
            for kind in kinds:
                self.examined[Topic.SCHOOLS][kind] += 1
            if len(roles) > 1:
                row = now.holdings.active(Kind.USERS, clever_id)
                held = {role.role for role in row.roles} if isinstance(row, HeldUser) else set()
                several = len(held.intersection(roles)) > 1
                self.examined[Topic.ROLE_SCHOOLS].update(kinds if several else ())
                roleless += [] if several else [clever_id]
        self.needs[Topic.ROLE_SCHOOLS] += user_values.roles(now, roleless).findings

    def _in_use(self, now: Mirror, kind: Kind) -> frozenset[str]:
        return now.holdings.active_ids[kind] & now.roster.of(kind).keys()


def _is_value(key: Key) -> bool:
    presence = (Topic.NEW, Topic.IN_USE, Topic.LEFT_OVER, Topic.STRANGERS)
    return key[0] not in presence


def _shown(mirror: Mirror, kind: Kind, clever_id: str, field: str) -> object:
    """What the app shows for a field of a finding."""
    row = mirror.holdings.active(kind, clever_id)
    if isinstance(row, HeldUser) and field == "name":
        return row.name, row.first_name, row.last_name
    return getattr(row, field, None)
