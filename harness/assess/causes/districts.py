"""What the sync of one district does to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, part, shaped, user
from harness.assess.causes.traits import is_repetitive
from harness.assess.findings import OTHER_DISTRICT, Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.identifying_values import IDENTIFYING_VALUES, IdentifyingValue
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldSection, HeldUser
from harness.district.data_model.records import Kind, roles_of
from harness.plan.plan import COMMON, DAYS, SYNCED_TWICE, Day
from harness.prose import counted, joined

_NEARLY = 0.8
_KEYS = [
    key
    for key in IDENTIFYING_VALUES
    if key.kind is Kind.USERS and key.name in ("email", "username", "number", "legacy_id")
]
"""What an app may take for unique among people."""
_FEW = 3
"""Fewer users that are missing in one district alone may have something odd about them."""
_LOSSES = (
    FindingKind.CHANGED,
    FindingKind.UNREAD,
    FindingKind.INACTIVE,
    FindingKind.MISSING,
    FindingKind.LOST,
    FindingKind.NOT_RESTORED,
)


def touched(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records changed between two syncs of their district, while another district synced."""
    behind = [f for f in shaped(findings, *_LOSSES) if _touched(index, f)]
    if behind:
        districts = {finding.district for finding in behind}
        yield LikelyCause(
            "touches-another-district",
            f"The sync of one district changes another: {len(behind)} {kinds_of(behind)} of "
            f"{counted(len(districts), 'district')} changed while that district was not synced.",
            "Limit every lookup, update and archiving step to the district being synced.",
            behind,
        )


def _touched(index: RecordingIndex, finding: Finding) -> bool:
    district, day = finding.district, finding.day
    earlier = index.before(district, day) if day in index.days_of(district) else ()
    if not finding.clever_id or not finding.kind:
        return False
    kind = Kind(finding.kind)
    try:
        if index.has_synced(district, day):
            now = index.holdings(district, day, "publish")
            last = earlier[-1]
        else:
            now = index.holdings(district, day)
            last = [d for d in index.days_of(district) if index.has_synced(district, d)][-1]
        then = index.holdings(district, last)
    except (NotReachedError, IndexError):
        return False
    was = sorted(row.status for row in then.all_of(kind, finding.clever_id))
    if finding.requirement == "G6" and _links(then, finding) != _links(now, finding):
        return True
    if was == sorted(row.status for row in now.all_of(kind, finding.clever_id)):
        return False
    # What agrees with its own last sync only now is late: the date moved on, and may have done it.
    is_shared = finding.clever_id in index.roster(district, last).of(kind)
    active = [bool(held.active_rows(kind, finding.clever_id)) for held in (then, now)]
    return active != [not is_shared, is_shared]


def _links(held: Holdings, finding: Finding) -> Sequence[object]:
    """Whom or what a record is linked to in the app, if it is in use."""
    rows = held.active_rows(Kind(finding.kind), finding.clever_id)
    return [
        (row.roles, row.student_relationships)
        if isinstance(row, HeldUser)
        else (row.teachers, row.students)
        for row in rows
        if isinstance(row, (HeldUser, HeldSection))
    ]


def unique_everywhere(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all users that a district lacks have a value of somebody in another district."""
    missing = shaped(findings, FindingKind.MISSING, kind=Kind.USERS)
    for district, day in dict.fromkeys((f.district, f.day) for f in missing):
        here = [f for f in missing if (f.district, f.day) == (district, day)]
        for key in _KEYS if len(here) > 1 else ():
            theirs = _values_elsewhere(index, key, district, day)
            users = index.roster(district, day).users
            alike = {i for i, user in users.items() if theirs.intersection(key.of(user))}
            behind = [f for f in here if f.clever_id in alike]
            if len(behind) < _NEARLY * max(len(here), len(alike)):
                continue
            yield LikelyCause(
                f"needs-unique:{key.name}",
                f"Your app lacks {part(len(behind), len(alike))} users of the {district} district "
                f"whose {key.words} somebody of another district has: it wants the {key.words} to "
                "be unique among all districts.",
                f"Make the Clever ID unique, and the {key.words} nowhere; two districts know "
                "nothing of each other's.",
                behind,
            )
            missing = [f for f in missing if f not in behind]
            break


def _values_elsewhere(
    index: RecordingIndex, key: IdentifyingValue, district: str, day: str
) -> set[str]:
    """The values that users of other districts have up to a day, whom the app holds."""
    values: set[str] = set()
    for other in index.districts:
        earlier = [d for d in index.days_of(other) if DAYS.index(Day(d)) <= DAYS.index(Day(day))]
        for last in earlier[-1:] if other != district else ():
            try:
                held = index.holdings(other, last).active_ids[Kind.USERS]
            except NotReachedError:
                continue
            users = index.roster(other, last).users
            values.update(value for i in users.keys() & held for value in key.of(users[i]))
    return values


def held_in_part(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Ordinary users of one small district are missing from its first sync on, and of no other."""
    missing = shaped(findings, FindingKind.MISSING, kind=Kind.USERS)
    districts = {finding.district for finding in missing} - {COMMON}
    for district in districts if len(districts) == 1 else ():
        day = index.days_of(district)[0]
        here = [
            finding for finding in missing if (finding.district, finding.day) == (district, day)
        ]
        odd = index.generated(district, day)
        others = [other for other in index.districts if other != district]
        if len(here) < _FEW or any(finding.clever_id in odd for finding in here):
            continue
        if all(_lists_twice(index, finding) for finding in here):
            continue
        if any(_absent_at_first(index, other) for other in others):
            continue
        shared = len(index.expectations.expected_ids(Kind.USERS, index.roster(district, day)))
        yield LikelyCause(
            "district-in-part",
            f"Your app lacks {_absent_at_first(index, district)} of {shared} users of one "
            f"district, {district}, and nobody of {counted(len(others), 'other')}.",
            "Look for what ends early in the sync of one district: a limit of accounts or of "
            "districts, or users that are read and not written.",
            missing,
        )


def _lists_twice(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the user lists a school or a student twice, which an app may refuse."""
    record = user(index, finding)
    roles = roles_of(record).values() if record else ()
    return any(is_repetitive(value) for role in roles for value in role.values())


def _absent_at_first(index: RecordingIndex, district: str) -> int:
    """How many users the app lacks after its first sync with a district."""
    for day in index.days_of(district)[:1]:
        expected = index.expectations.expected_ids(Kind.USERS, index.roster(district, day))
        return len(set(expected) - index.holdings(district, day).active_ids[Kind.USERS])
    return 0


def at_once(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is wrong where two syncs were started at once, and is right in every other district."""
    elsewhere = {finding.finding_kind for finding in findings if finding.district != SYNCED_TWICE}
    here = [finding for finding in findings if finding.district == SYNCED_TWICE]
    behind = [finding for finding in here if finding.finding_kind not in elsewhere]
    if behind:
        number = len({(finding.kind, finding.clever_id) for finding in behind})
        yield LikelyCause(
            "two-syncs-at-once",
            f"Two syncs of one district at the same time leave {number} {kinds_of(behind)} "
            "wrong; one sync leaves none.",
            "Let a district have one running sync: take a lock for it, and refuse or queue the "
            "second. Make the Clever ID unique, so that a record is never created twice.",
            behind,
        )


def without_a_sync(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All that came or went unnoticed did so while Clever had not synced with the district."""
    about = shaped(findings, FindingKind.MISSING, FindingKind.NOT_ARCHIVED)
    if about and all(_stood_still(index, finding) for finding in about):
        yield LikelyCause(
            "waits-for-last-sync",
            f"Your app misses {counted(len(about), 'change')} to what is shared that came without "
            f"a sync of Clever's: the `last_sync` of the district stayed the same"
            f"{_in_state(index, about)}.",
            "Read the lists in every sync, whatever the `state` of the district. `last_sync` says "
            "when Clever read the district's data, not when the district changed what it shares.",
            about,
        )


def _in_state(index: RecordingIndex, about: Sequence[Finding]) -> str:
    """What state the district was in then, if it was never the usual one."""
    states = {index.roster(f.district, f.day).district.get("state") for f in about}
    named = joined([f"`{state}`" for state in sorted(filter(None, states))], "or")
    return f", and its `state` was {named}" if states and "running" not in states else ""


def _stood_still(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the district had the same `last_sync` on the day before."""
    earlier = index.before(finding.district, finding.day)
    if not earlier or finding.day not in index.days_of(finding.district):
        return False
    days = earlier[-1], finding.day
    then, now = (index.roster(finding.district, day).district["last_sync"] for day in days)
    return then == now


def work_of_others(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Work that shows in a district in which nobody did it."""
    behind = [finding for finding in findings if finding.field == OTHER_DISTRICT]
    if behind:
        districts = {finding.district for finding in behind}
        yield LikelyCause(
            "work-of-another-district",
            f"Your app shows work of one district's people in another: {len(behind)} lessons in "
            f"{counted(len(districts), 'district')} whose people did not do them.",
            "Keep work by the account's own ID, or by district and number: numbers, addresses and "
            "names repeat from district to district.",
            behind,
        )


DISTRICTS: tuple[Rule, ...] = (touched, without_a_sync, work_of_others)
IN_PART: tuple[Rule, ...] = (unique_everywhere, held_in_part)
