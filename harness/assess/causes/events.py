"""Why an app that follows events ends elsewhere than a full sync: what is lost, or comes again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, ended_badly, shaped, shared
from harness.assess.causes.members import is_cut
from harness.assess.causes.passed_over import events_passed_over
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.written_values import was_right
from harness.contract.sync import Mode
from harness.plan.day_names import on
from harness.plan.plan import DAYS, LISTS_FAIL, Day, Incident
from harness.prose import counted, one_line
from harness.recording.recording import BisectResult

_AGAIN = (Incident.ALL_WHILE_READ, Incident.BREAKS_OFF)
IN_USE_AGAIN = (
    "Put a record that is deleted and created again back into use, with all its values, whichever "
    "of them are new."
)
_DIFFERENT = (
    FindingKind.MISSING,
    FindingKind.INACTIVE,
    FindingKind.NOT_ARCHIVED,
    FindingKind.FIELD,
    FindingKind.STUDENT,
    FindingKind.UNREAD,
    FindingKind.CHANGED,
    FindingKind.NEW_ACCOUNT,
    FindingKind.LOST,
)


def ended(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Syncs fail by no fault where events come that were met before, and what follows from it."""
    if index.recording.header.mode is not Mode.EVENTS:
        return
    since: dict[str, str] = {}
    for district in index.districts:
        for day in index.days_of(district):
            if _after_again(index, district, day) and ended_badly(index, district, day):
                since.setdefault(district, day)
    broken = {(r.district, r.day): r.what for r in index.bisect_results if _broke(index, r)}
    late = [f for f in findings if f.district in since and not _before(f, since[f.district])]
    syncs = shaped(findings, FindingKind.SYNC)
    late += [f for f in syncs if (f.district, f.day) in broken and f not in late]
    elsewhere = [f for f in syncs if f not in late]
    if len(elsewhere) >= len(late):
        return
    district, day = min((*since.items(), *broken), key=lambda place: DAYS.index(Day(place[1])))
    what = broken.get((district, day)) or index.synced(district, day).final.reason
    yield LikelyCause(
        "fails-on-known-events",
        "Syncs fail on events your app has already applied, or whose record it does not have. "
        f"The first is that of the {district} district {on(day)}: "
        f"{one_line(what, 120) or 'without a reason'}",
        "Look each record up first: treat `created` for a known record as an update, `updated` for "
        "an unknown one as a creation, and ignore `deleted` for one that is gone.",
        [*late, *elsewhere],
    )


def _broke(index: RecordingIndex, bisected: BisectResult) -> bool:
    """Whether a sync was found to fail where events come again, and not without that."""
    again = set(bisected.incidents).intersection((*_AGAIN, Incident.UNHEARD))
    return bool(again) and _after_again(index, bisected.district, bisected.day)


def _before(finding: Finding, day: str) -> bool:
    return DAYS.index(Day(finding.day)) < DAYS.index(Day(day))


def _after_again(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether events come out of turn on a day, or came again or broke off before it."""
    plan = index.recording.header.plan
    return plan.incident(district, day) == Incident.UNHEARD or any(
        incident.district == district
        and incident.what in _AGAIN
        and DAYS.index(Day(incident.day)) < DAYS.index(Day(day))
        for incident in plan.incidents
    )


def doubled(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records are double where events say created of what is there, and nowhere else."""
    twice = shaped(findings, FindingKind.DUPLICATE)
    changed = [f for f in shaped(findings, FindingKind.CHANGED) if f.found.endswith(" now")]
    if twice and all(_created_again(index, finding) for finding in twice):
        yield LikelyCause(
            "creates-at-every-event",
            "Your app creates a record a second time when an event says `created` of one it has.",
            "Look up the Clever ID for every event, `created` events included.",
            [*twice, *changed],
        )


def lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """After events broke off all is as it was before them, or the app goes on behind them."""
    after = [
        f
        for f in different_by_events_alone(index, findings)
        if _is_after_faults(f) or _after(index, f, Incident.BREAKS_OFF)
    ]
    reported = [
        f
        for f in after
        if f.finding_kind in (FindingKind.MISSING, FindingKind.NOT_ARCHIVED, FindingKind.FIELD)
    ]
    passed_over = index.cached("events passed over", lambda: events_passed_over(index))
    if reported and (
        all(_as_before(index, finding) for finding in reported)
        or any(finding.district in passed_over for finding in reported)
    ):
        yield LikelyCause(
            "skips-events-after-failure",
            "After a sync fails midway through events, your app skips the events it had not "
            "applied.",
            "Save the cursor in the same transaction as the change, and resume from it after a "
            "failure.",
            after,
        )


def undone(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Something is amiss where one event outdates another, or comes again, and nowhere else."""
    if not (behind := different_by_events_alone(index, findings)):
        return
    sentence = (
        "When events supersede each other or are delivered twice, your app and Clever diverge."
    )
    remedy = "Apply events in Clever's order, from the stored cursor to the last one."
    if all(_is_after_faults(f) or _after(index, f, Incident.BREAKS_OFF) for f in behind):
        sentence = (
            "Your app and Clever diverge only after syncs that failed midway through the events."
        )
        remedy = (
            "Store the cursor of the last event that was applied, together with what it changed, "
            "and go on from there: what a sync did not get to, the next one has to apply."
        )
    elif all(index.incident(f.district, f.day) == Incident.BACK_BEFORE_SYNC for f in behind):
        sentence = "Your app and Clever diverge only where a record has two events within a second."
        remedy = (
            "Apply every event, in Clever's order: `created` is in whole seconds, and says neither "
            "which is later nor that one is repeated."
        )
    archived = {(f.district, f.clever_id) for f in shaped(behind, FindingKind.UNREAD)}
    if archived and not any(map(is_cut, shaped(behind, FindingKind.UNREAD))):
        records = counted(len(archived), "record")
        sentence = f"{sentence} It has {records} out of use that Clever shares."
        remedy = f"{remedy} {IN_USE_AGAIN}"
    yield LikelyCause("diverges-after-events", sentence, remedy, behind)


def different_by_events_alone(index: RecordingIndex, findings: Sequence[Finding]) -> list[Finding]:
    """What differs only where events alone can tell; nothing when anything differs elsewhere."""
    rows = index.recording.header.plan.scenarios
    theirs = {row.district for row in rows if row.follows_events and row.district}
    different = shaped(findings, *_DIFFERENT)
    apart = [f for f in different if f.district in theirs]
    return different if apart and all(f in apart or _is_after_faults(f) for f in different) else []


def _is_after_faults(finding: Finding) -> bool:
    return finding.day == Day.RECOVERY or finding.district == LISTS_FAIL


def _created_again(index: RecordingIndex, finding: Finding) -> bool:
    """Whether events may have said created of what an app had, at the latest on its day."""
    whats = (*_AGAIN, Incident.UNHEARD)
    return _after_again(index, finding.district, finding.day) or any(
        _after(index, finding, what) for what in whats
    )


def _after(index: RecordingIndex, finding: Finding, what: Incident) -> bool:
    # The plan tells, since a attempt without what broke a sync knows nothing of it any more.
    return any(
        incident.district == finding.district
        and incident.what == what
        and DAYS.index(Day(incident.day)) < DAYS.index(Day(finding.day))
        for incident in index.recording.header.plan.incidents
    )


def _as_before(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the app has what Clever shared of a record before, or nothing if it is new."""
    first = shared(index, finding, index.days_of(finding.district)[0])
    match finding.finding_kind:
        case FindingKind.MISSING:
            return first is None
        case FindingKind.NOT_ARCHIVED:
            return first is not None
        case _:
            return first is not None and was_right(index, finding)


EVENTS: tuple[Rule, ...] = (doubled, lost, undone)
"""Only where events have come again or broken off; they come before what explains more."""
