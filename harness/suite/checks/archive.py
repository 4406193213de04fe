"""Archive: whether what Clever no longer shares is kept out of use.

*Archived* means marked so, or absent from an export of active rows and back later as the same
account (then the evidence is inferred). *Same account* means its work survived, or the app's own
id, different from the Clever id, is unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.check_result import EvidenceLevel
from harness.assess.findings import STILL_LISTED, Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex, RecordRef
from harness.assess.scope import kinds_of
from harness.contract.snapshot import Status
from harness.contract.sync import APPLIED
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.suite.checks import takeovers
from harness.suite.checks.listed import kept_where_listed
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.presence import undeclared_reason
from harness.suite.checks.same_account import carried_on, passed_on, same
from harness.suite.checks.sentences import short


def archived(
    index: RecordingIndex, district: str, day: str, who: Iterable[RecordRef]
) -> Observation:
    """Each of these is archived on a day, neither active nor lost."""
    observation = Observation()
    holdings = index.holdings(district, day)
    for person in who:
        if declared := undeclared_reason(index, district, day, person):
            observation.leave_out(declared)
            continue
        kinds = kinds_of(index, district, person.kind, person.clever_id)
        rows = holdings.all_of(person.kind, person.clever_id)
        if any(row.status is Status.ACTIVE for row in rows):
            if waits := index.expectations.waits_to_archive(district, day):
                observation.leave_out(waits)
                continue
            observation.saw(kinds)
            observation.findings.append(_still_active(index, district, day, person))
        elif rows or (carried := carried_on(index, district, day, person)):
            observation.saw(kinds)
        elif handed_on := _handed_on(index, district, day, person):
            observation.block(kinds, person, handed_on)
        elif carried is None:
            observation.leave_out(
                f"Whether the account of {person.name} was deleted or goes on under the new "
                "Clever ID cannot be told: no work in it is known, and its own id does not say."
            )
        elif holdings.snapshot.includes_archived:
            observation.saw(kinds)
            observation.findings.append(_lost(district, day, person))
        else:
            observation.add(_inferred(index, district, day, person))
    return observation


def _handed_on(index: RecordingIndex, district: str, day: str, person: RecordRef) -> Finding | None:
    """That the app's own record of somebody is another's by now: then nothing was deleted."""
    for since in index.before(district, day)[-1:]:
        if passed_on(index, district, day, since, person):
            findings = takeovers.none_taken_over(index).findings
            own = (
                f for f in findings if f.clever_id == person.clever_id and f.district == district
            )
            return next(own, next(iter(findings), None))
    return None


def _inferred(index: RecordingIndex, district: str, day: str, person: RecordRef) -> Observation:
    """Whether an absent record proves to have been archived by coming back as the same."""
    for later in index.after(district, day):
        if person.clever_id not in index.roster(district, later).of(person.kind):
            continue
        if _awaits_a_sync(index, district, later, person):
            continue
        kept = same(index, district, day, later, person)
        if kept is None:
            break
        observation = Observation(evidence_level=EvidenceLevel.INFERRED)
        observation.saw(kinds_of(index, district, person.kind, person.clever_id))
        observation.findings += [] if kept else [_lost(district, day, person)]
        return observation
    return Observation(
        not_applicable="The app's export holds active rows only, and nothing later tells whether "
        "the record was archived or deleted."
    )


def _awaits_a_sync(index: RecordingIndex, district: str, day: str, person: RecordRef) -> bool:
    """Whether an app lacks somebody on a day whose sync did not complete, or was killed."""
    if not index.has_synced(district, day):
        return True
    ended = index.synced(district, day).final.state
    active = index.holdings(district, day).active(person.kind, person.clever_id)
    return ended not in APPLIED and active is None


def gone_records(
    index: RecordingIndex, district: str, day: str, since: str = ""
) -> list[RecordRef]:
    """What the app held as active on a day, or just before one, and Clever shares no longer."""
    then, gone = _gone(index, district, day, since)
    held = index.holdings(district, then).active_ids if then else {}
    return [index.record_of(kind, clever_id) for kind, clever_id in gone if clever_id in held[kind]]


def declared_of_gone(index: RecordingIndex, district: str, day: str, since: str = "") -> list[str]:
    """Why the app held nothing of what Clever shares no longer, if all of it is declared."""
    then, gone = _gone(index, district, day, since)
    return index.expectations.all_left_out(gone, index.roster(district, then)) if then else []


def _gone(
    index: RecordingIndex, district: str, day: str, since: str
) -> tuple[str, list[tuple[Kind, str]]]:
    """A day, or the one just before another, and what Clever shared then and shares no longer."""
    then = since or next(reversed(index.before(district, day)), "")
    if not then:
        return "", []
    last, now = index.roster(district, then), index.roster(district, day)
    return then, [
        (kind, clever_id)
        for kind in KINDS
        for clever_id in last.of(kind)
        if clever_id not in now.of(kind)
    ]


def inactive(
    index: RecordingIndex, district: str, day: str, who: Iterable[RecordRef]
) -> Observation:
    """None of these is active on a day."""
    observation = Observation()
    holdings = index.holdings(district, day)
    for person in who:
        active = holdings.active(person.kind, person.clever_id) is not None
        if active and (waits := index.expectations.waits_to_archive(district, day)):
            observation.leave_out(waits)
            continue
        observation.saw(kinds_of(index, district, person.kind, person.clever_id))
        if active:
            observation.findings.append(_still_active(index, district, day, person))
    return observation


def _still_active(index: RecordingIndex, district: str, day: str, person: RecordRef) -> Finding:
    words = (
        f"Clever no longer shares {short(person.name)} {on(day)}, your app still has the record "
        "active."
    )
    if declared := index.profile.archiving:
        words = (
            f"Clever has not shared {short(person.name)} for longer than you declare ({declared}), "
            f"your app still has the record active {on(day)}."
        )
    return about(
        person,
        district,
        day,
        FindingKind.NOT_ARCHIVED,
        words,
        field=STILL_LISTED if kept_where_listed(index, district, day, person) else "",
        expected="archived",
        found="active",
    )


def _lost(district: str, day: str, person: RecordRef) -> Finding:
    return about(
        person,
        district,
        day,
        FindingKind.LOST,
        f"Clever no longer shares {short(person.name)} {on(day)}, your app deleted the record "
        "instead of archiving it.",
        expected="archived",
        found="absent",
    )
