"""Reading: whether a record reached the app, so that its absence is the app's own.

A record that no answer carried is reported once, with the list it would have come in, and not
again for everyone on it. One that was delivered is judged by itself, unless the app made nothing
of the whole answer, or of all of its sort: then that is reported, once.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.assess.findings import Finding, FindingKind
from harness.assess.gap import Gap, GapReason
from harness.assess.lists_read import ListRead
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, Record
from harness.recording.recording import LoggedRequest
from harness.suite.checks.pages import pages_not_followed
from harness.suite.checks.sentences import sentence
from harness.suite.checks.syncs import completed


def gap_of(
    index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str
) -> Finding | None:
    """What kept a record from the app, if that is reported of a first sync; None otherwise."""
    key = ("gap of", district, day, kind)
    known = index.cached(key, lambda: _reported(index, district, day, kind))
    return known.get(clever_id)


def gap_before(
    index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str
) -> Finding | None:
    """The page that kept a record from the app before a day whose sync did not get that far.

    A sync that breaks off shows no gap in what it never asked for; those before it do.
    """
    key = ("gap before", district, day, kind)
    known = index.cached(key, lambda: _slid_off_before(index, district, day, kind))
    return known.get(clever_id)


def _slid_off_before(
    index: RecordingIndex, district: str, day: str, kind: Kind
) -> Mapping[str, Finding]:
    """Record → the page behind which it was when the app last read that far."""
    by_record: dict[str, Finding] = {}
    delivered_since = set(index.deliveries.delivered_on(district, day))
    for earlier in reversed(index.before(district, day)):
        for gap in index.unread(district, earlier, kind):
            if gap.reason is GapReason.NOT_FOLLOWED and gap.key in _reported_gaps(index):
                finding = gap_finding(gap, district, earlier)
                for clever_id in gap.clever_ids - delivered_since:
                    by_record.setdefault(clever_id, finding)
        delivered_since |= index.deliveries.delivered_on(district, earlier)
    return by_record


def _reported(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, Finding]:
    """Record → the finding about why it never reached the app."""
    by_record: dict[str, Finding] = {}
    first = index.days_of(district)[:1] == (day,)
    for gap in index.gaps(district, day, kind):
        if first or gap.key in _reported_gaps(index):
            finding = gap_finding(gap, district, day)
            by_record |= dict.fromkeys(gap.clever_ids, finding)
    return by_record


def _reported_gaps(index: RecordingIndex) -> frozenset[tuple[GapReason, Kind, str]]:
    """What is reported as never read: of the first sync of a district, and pages of any calm day.

    A list can outgrow its first page after the first day.
    """

    def work() -> frozenset[tuple[GapReason, Kind, str]]:
        keys: set[tuple[GapReason, Kind, str]] = set()
        for district in index.recording.header.plan.days:
            for day in index.days_of(district)[:1]:
                try:
                    if not completed(index, district, (day,)).findings:
                        of_kinds = (index.gaps(district, day, kind) for kind in KINDS)
                        keys |= {gap.key for gaps in of_kinds for gap in gaps}
                except NotReachedError:
                    continue
        return frozenset(keys | {unread.gap.key for unread in pages_not_followed(index)})

    return index.cached("reported gaps", work)


def gap_finding(gap: Gap, district: str, day: str) -> Finding:
    """A gap as a finding; of a path that version 3 does not have, the one that R3 reports."""
    no_such_path = gap.reason is GapReason.NO_SUCH_PATH
    return Finding(
        check="",
        day=day,
        district=district,
        finding_kind=FindingKind.TRAFFIC if no_such_path else FindingKind.NOT_DELIVERED,
        kind="" if no_such_path else gap.kind,
        clever_id="",
        name="",
        sentence=sentence(gap.sentence),
        field=gap.place,
        expected=gap.expected,
        found=gap.found,
        request=gap.request,
    )


def request_behind(index: RecordingIndex, finding: Finding) -> str:
    """The request that delivered what a finding is about, in words; "" when none is known."""
    if finding.request or not finding.clever_id or not index.deliveries_known:
        return finding.request
    district, day = finding.district, finding.day
    if finding.finding_kind in (FindingKind.STUDENT, FindingKind.TEACHER):
        role = finding.finding_kind.value
        for read in index.deliveries.lists(district, day):
            own = read.path.endswith(f"/sections/{finding.clever_id}/users")
            if own and read.pages and read.filters.get("role", role) == role:
                return index.deliveries.request_words(district, read.requests[-1])
    return index.deliveries.words(district, day, finding.clever_id)


def taken_up(index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str) -> bool:
    """Whether a record was delivered, and the app made something of its answer and of its sort.

    Then its absence is its own: the app holds another record of the same answer, and another one
    with the same roles.
    """
    request = index.deliveries.delivered(district, day).get(clever_id)
    if request is None:
        return False
    sort = sort_of(index.roster(district, day).of(kind).get(clever_id))
    return _used(index, district, day, kind, request) and sort in _sorts_held(
        index, district, day, kind
    )


def _used(
    index: RecordingIndex, district: str, day: str, kind: Kind, request: LoggedRequest
) -> bool:
    """Whether the app holds anything of an answer; of single records, of all answers alike."""
    key = ("used", district, day, kind, id(request))

    def work() -> bool:
        held = index.holdings(district, day).active_ids[kind]
        deliveries = index.deliveries
        if request.listed is not None:
            return any(clever_id in held for clever_id in deliveries.by_request(district, request))
        alike = ListRead(path=request.path, filters={}).name
        return any(
            not held.isdisjoint(deliveries.by_request(district, answer))
            for answer in deliveries.requests(district, request.day)
            if answer.listed is None and ListRead(path=answer.path, filters={}).name == alike
        )

    return index.cached(key, work)


Sort = frozenset[str]
"""The roles of a user; nothing for every other record."""


def _sorts_held(index: RecordingIndex, district: str, day: str, kind: Kind) -> frozenset[Sort]:
    """The sorts of records the app holds any of."""

    def work() -> frozenset[Sort]:
        records = index.roster(district, day).of(kind)
        held = index.holdings(district, day).active_ids[kind]
        return frozenset(sort_of(records[clever_id]) for clever_id in held if clever_id in records)

    return index.cached(("sorts held", district, day, kind), work)


def sort_of(record: Record | None) -> Sort:
    """The roles of a user; nothing for every other record."""
    roles = record.get("roles") if record else None
    return frozenset(k for k in roles if roles[k]) if isinstance(roles, dict) else frozenset()


def role_of(record: Record | None) -> str:
    """The first role of a user, "" for everything else."""
    roles = record.get("roles") if record else None
    return next(iter(roles), "") if isinstance(roles, dict) else ""
