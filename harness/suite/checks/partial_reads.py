"""Unread: whether what could not be read was taken for gone.

Someone counts who was in use before, and whom Clever goes on sharing: then nothing but the app
itself put them out of use. A tie (a class, a school, a student) counts likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.assess.findings import IN_USE, Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex, RecordRef
from harness.assess.scope import kinds_in
from harness.district.data_model.records import Kind, Record
from harness.plan.day_names import on
from harness.plan.faults import MISSING_RECORD, faults_of_day
from harness.plan.plan import KILLED_MIDWAY, OUTAGES, READABLE
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.reading import gap_before, gap_of
from harness.suite.checks.restore import KEPT_IN_USE, was_out_of_use
from harness.suite.checks.sentences import short, spoken
from harness.suite.checks.ties import lost_ties
from harness.suite.checks.unchanged import as_before, out_of_sight


def still_held(
    index: RecordingIndex, district: str, since: str, day: str, *, again: bool = False
) -> Observation:
    """Everything in use on an earlier day that Clever shares on both days is in use, ties too.

    Without `since` it is everything the app held before the sync of the day. With `again` it is
    what was out of use in between, and ties do not count.
    """
    comparison = _BothDays(index, district, since, day, again)
    observation = Observation()
    for kind in KINDS:
        kinds_of_record = kinds_in(index, district, kind)
        for clever_id in comparison.shared_both_times(kind):
            comparison.look_at(kind, clever_id, kinds_of_record(clever_id), observation)
    if not (observation.examined or observation.reasons or observation.absent):
        for declared in comparison.all_declared():
            observation.leave_out(declared)
    if observation.findings and not comparison.now.snapshot.complete:
        return Observation(undecided="The snapshot says of itself that it is not complete.")
    return observation


class _BothDays:
    """What an app holds on a day, beside what it held on an earlier one."""

    def __init__(
        self, index: RecordingIndex, district: str, since: str, day: str, again: bool
    ) -> None:
        self._index, self._district, self._day, self._again = index, district, day, again
        self._then, self.now = _then(index, district, since, day), index.holdings(district, day)
        self._earlier = index.roster(district, since or index.before(district, day)[-1])
        self._shared = index.roster(district, day)
        self._denied = _denied(index, district, day)
        before, after = index.before(district, day), index.after(district, since)
        self._between = [each for each in before if each in after]

    def shared_both_times(self, kind: Kind) -> Iterator[str]:
        """Whoever was in use, and is shared on both days."""
        both = self._earlier.of(kind).keys() & self._shared.of(kind).keys()
        for clever_id in sorted(self._then.active_ids[kind]):
            if clever_id in both and clever_id not in self._denied:
                yield clever_id

    def all_declared(self) -> list[str]:
        """The declarations by which the app held nothing of what is shared on both days."""
        both = (
            (kind, clever_id)
            for kind in KINDS
            for clever_id in self._earlier.of(kind).keys() & self._shared.of(kind).keys()
        )
        return self._index.expectations.all_left_out(sorted(both), self._earlier)

    def look_at(
        self, kind: Kind, clever_id: str, kinds: Sequence[str], observation: Observation
    ) -> None:
        """Note whether a record is in use, and has its ties unless it is about coming back."""
        in_use = clever_id in self.now.active_ids[kind]
        if (self._again or not in_use) and self._set_aside(
            RecordRef("", kind, clever_id), kinds, observation, in_use
        ):
            return
        observation.saw(kinds)
        index, place = self._index, (self._district, self._day, kind, clever_id)
        if not in_use:
            gone = bool(self.now.all_of(kind, clever_id))
            lost = _not_restored if self._again else _lost
            observation.findings.append(lost(index, *place, gone))
        elif not self._again and (ties := self._lost_ties(kind, clever_id)):
            observation.findings.append(_cut(index, *place, ties))

    def _lost_ties(self, kind: Kind, clever_id: str) -> list[str]:
        then, now = self._then, self.now
        if then.all_of(kind, clever_id) == now.all_of(kind, clever_id):
            return []
        earlier, record = self._earlier.of(kind)[clever_id], self._shared.of(kind)[clever_id]
        return _untied(then, now, kind, earlier, record, self._denied)

    def _set_aside(
        self, ref: RecordRef, kinds: Sequence[str], observation: Observation, in_use: bool
    ) -> bool:
        """Whether a record is left out, and why: it never left, or has a reason to be away."""
        index, district, day = self._index, self._district, self._day
        if in_use:
            if was_out_of_use(index, district, self._between, ref):
                return False
            waits = index.expectations.waits_to_archive(district, day)
            observation.leave_out(waits or KEPT_IN_USE)
            return True
        if lapsed := index.expectations.lapsed(ref.kind, ref.clever_id, self._shared):
            observation.leave_out(lapsed)
            return True
        gap = _slid_off(index, district, day, ref)
        if gap is not None:  # it slid off the pages that the app reads on any day
            observation.block(kinds, ref, gap)
        return gap is not None


def _slid_off(index: RecordingIndex, district: str, day: str, ref: RecordRef) -> Finding | None:
    """The gap a record is in on a day, or was in before if faults broke off the sync of the day."""
    gap = gap_of(index, district, day, ref.kind, ref.clever_id)
    if gap is None and faults_of_day(district, day):
        return gap_before(index, district, day, ref.kind, ref.clever_id)
    return gap


def gone_before(index: RecordingIndex, district: str, day: str) -> list[Finding]:
    """What was lost between the last day without faults and the sync of this day, by whom.

    Whoever is gone already cannot be lost on this day, which proves nothing about it.
    """
    earlier = index.before(district, day)
    calm = next(
        (candidate for candidate in reversed(earlier) if _is_calm(index, district, candidate)), ""
    )
    if not calm:
        return []
    held, before = index.holdings(district, calm).active_ids, _then(index, district, "", day)
    since = (*earlier[earlier.index(calm) :], day)
    rosters = [index.roster(district, day_since) for day_since in since]
    gone = {
        clever_id
        for kind in KINDS
        for clever_id in held[kind] - before.active_ids[kind]
        if all(clever_id in roster.of(kind) for roster in rosters)
        and not index.expectations.left_out(kind, clever_id, rosters[-1])
    }
    if not gone:
        return []
    lost = [
        finding
        for between in since[1:-1]
        for finding in still_held(index, district, "", between).findings
        if finding.clever_id in gone
    ]
    swept = [
        finding
        for earlier_day, later_day in pairwise(since)
        for finding in _swept(index, district, earlier_day, later_day)
        if finding.clever_id in gone
    ]
    return [*lost, *swept, *(_swept_elsewhere(index, district) if swept else ())]


def _is_calm(index: RecordingIndex, district: str, day: str) -> bool:
    return not faults_of_day(district, day) and index.incident(district, day) not in OUTAGES


def _swept_elsewhere(index: RecordingIndex, district: str) -> list[Finding]:
    """What syncs of one district did to others: whatever does that to one does it to all."""
    others = [name for name in index.recording.header.plan.days if name != district]
    return [
        finding
        for other in others
        for since, day in pairwise(index.days_of(other))
        for finding in _swept(index, other, since, day)
    ]


def _swept(index: RecordingIndex, district: str, since: str, day: str) -> list[Finding]:
    """What changed in a district between two syncs of its own, which another's has done."""

    def look() -> list[Finding]:
        try:
            now = index.holdings(district, day, "publish")
        except NotReachedError:
            return []
        then = index.holdings(district, since)
        apart = out_of_sight(index, then, now)
        return as_before(index, district, since, then, day, now, apart=apart).findings

    return index.cached(("swept", district, since, day), look)


def kept(index: RecordingIndex, district: str, since: str, day: str) -> Observation:
    """Everything the app held on an earlier day is there, in use or archived, and not deleted."""
    then, now = _then(index, district, since, day), index.holdings(district, day)
    observation = Observation()
    for kind in KINDS:
        kinds_of_record = kinds_in(index, district, kind)
        for clever_id in sorted(then.rows(kind)):
            if now.all_of(kind, clever_id):
                observation.saw(kinds_of_record(clever_id))
            elif now.snapshot.includes_archived:
                observation.saw(kinds_of_record(clever_id))
                record = index.record_of(kind, clever_id)
                words = (
                    f"The district disconnected {on(day)}, your app deleted "
                    f"{short(record.name, 60)}."
                )
                observation.findings.append(
                    about(
                        record,
                        district,
                        day,
                        FindingKind.LOST,
                        words,
                        expected="kept",
                        found="absent",
                    )
                )
            else:
                observation.not_applicable = "The app's export holds active rows only."
    return observation


def _then(index: RecordingIndex, district: str, since: str, day: str) -> Holdings:
    """What the app held on an earlier day, or without one just before the sync of the day.

    What another district's sync took away in between is no loss of this one's, unless this one
    could read the district, and give it back.
    """
    if since or index.incident(district, day) in READABLE:
        return index.holdings(district, since or index.before(district, day)[-1])
    try:
        return index.holdings(district, day, "publish")
    except NotReachedError:
        return index.holdings(district, index.before(district, day)[-1])


def _denied(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    """Who could rightly be taken for gone: the one record that was not found, and its members."""
    sections = index.roster(district, day).sections
    denied: set[str] = set()
    for request in index.traffic.requests_hit(district, day, MISSING_RECORD):
        denied.update(request.path.split("/"))
    for section in denied & sections.keys():
        denied.update(sections[section]["students"], sections[section]["teachers"])
    return frozenset(denied)


def _untied(
    then: Holdings,
    now: Holdings,
    kind: Kind,
    earlier: Record,
    record: Record,
    denied: frozenset[str],
) -> list[str]:
    """The Clever ids a record has lost that are in use themselves."""
    rows = then.all_of(kind, record["id"]), now.all_of(kind, record["id"])
    lost = lost_ties(*rows, earlier, record)
    in_use = frozenset().union(*now.active_ids.values()) if lost else frozenset()
    return sorted({other for _, other in lost if other in in_use and other not in denied})


def _lost(
    index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str, archived: bool
) -> Finding:
    record = index.record_of(kind, clever_id)
    name, did = record.name, "archived" if archived else "lost"
    if index.incident(district, day):
        words = f"Clever still shared {short(name, 60)} {on(day)}, your app {did} it."
    elif district == KILLED_MIDWAY and faults_of_day(district, day):
        words = (
            f"Killed in its sync {on(day)}, your app {did} {short(name, 40)}, still shared by "
            "Clever."
        )
    elif faults_of_day(district, day):
        words = (
            f"On the fault day `{day}` your app {did} {short(name, 40)}, still shared by Clever."
        )
    else:
        words = (
            f"After the fault days, {on(day)}, {short(name, 40)} is {did}, though Clever shares it."
        )
    finding_kind = FindingKind.UNREAD
    if index.incident(district, day) in READABLE:
        # Clever could be read, so something else made the app do that.
        finding_kind = FindingKind.INACTIVE if archived else FindingKind.MISSING
    return about(record, district, day, finding_kind, words, expected=IN_USE, found=did)


def _not_restored(
    index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str, archived: bool
) -> Finding:
    record = index.record_of(kind, clever_id)
    did = "keeps it archived" if archived else "does not hold it"
    return about(
        record,
        district,
        day,
        FindingKind.NOT_RESTORED if archived else FindingKind.MISSING,
        f"Clever shares {short(record.name, 60)} again {on(day)}, your app {did}.",
        expected="in use again",
        found="archived" if archived else "absent",
    )


def _cut(
    index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str, ties: list[str]
) -> Finding:
    record = index.record_of(kind, clever_id)
    name, others = record.name, spoken((short(index.name(tie)) for tie in ties), most=1)
    if index.incident(district, day):
        removed = f"your app removed {others} from {short(name)}"
        words = f"On the day `{day}` {removed}; at Clever nothing changed."
    elif district == KILLED_MIDWAY and faults_of_day(district, day):
        words = f"Killed in its sync {on(day)}, your app removed {others} from {short(name)}."
    elif faults_of_day(district, day):
        words = f"On the fault day `{day}` your app removed {others} from {short(name)}."
    else:
        words = f"After the fault days, {on(day)}, {short(name)} lacks {others}, unlike at Clever."
    found = f"without {others}"
    return about(
        record, district, day, FindingKind.UNREAD, words, expected="as before", found=found
    )
