"""Why things go wrong as the year goes on: archiving, restoring, work, breakdowns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import (
    LikelyCause,
    Rule,
    by_events,
    ended_badly,
    kinds_of,
    part,
    shaped,
    shared,
    was_away,
    was_gone,
)
from harness.assess.causes.removals import in_common
from harness.assess.causes.work import lost_with_a_change, work_lost, work_moved
from harness.assess.findings import ACCOUNT, Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.assess.replay_command import replay_command
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.plan.plan import DAYS, Day
from harness.prose import counted, few, joined, one_line
from harness.recording.recording import BisectOutcome, BisectResult

_DIED = "died: "
"""What was found of a sync in which the app's process died begins with this."""


def breakdowns(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Syncs that did not complete, with what the bisect found."""
    behind = shaped(findings, FindingKind.SYNC)
    if not behind:
        return
    for result in (
        BisectOutcome.NO_ANSWER, BisectOutcome.REQUEST, BisectOutcome.SIZE, BisectOutcome.CULPRIT,
        BisectOutcome.TOGETHER, BisectOutcome.DISTRICT, BisectOutcome.BACKGROUND,
        BisectOutcome.NOT_NARROWED, BisectOutcome.DOES_NOT_REPEAT,
    ):  # fmt: skip
        if bisects := [bisected for bisected in index.bisect_results if bisected.result == result]:
            silent = result is BisectOutcome.NO_ANSWER
            identifier = "no-answer" if silent else "sync-breaks-down"
            yield LikelyCause(identifier, *_breakdown(index, bisects), behind)
            return
    yield LikelyCause(
        "sync-breaks-down",
        _incomplete(behind),
        "Start with the error of the first one; the others may follow from it.",
        behind,
    )


def _incomplete(behind: Sequence[Finding]) -> str:
    """How many syncs did not complete, and in how many of them the app's process died."""
    syncs = {(finding.district, finding.day) for finding in behind}
    deaths = _deaths(behind)
    died = f"; the app's process died in {len(deaths)}: {few([*dict.fromkeys(deaths.values())])}"
    return f"{counted(len(syncs), 'sync')} did not complete{died if deaths else ''}."


def _deaths(behind: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """District and day of each sync in which the app's process died → how it died."""
    return {
        (finding.district, finding.day): finding.found.removeprefix(_DIED)
        for finding in behind
        if finding.found.startswith(_DIED)
    }


def _when_played(index: RecordingIndex, district: str, day: str) -> tuple[int, int]:
    return DAYS.index(Day(day)), index.districts.index(district)


def unfinished(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What follows from syncs that failed though Clever answered, and no bisect explains."""
    if index.bisect_results:
        return
    places = {(f.district, f.day) for f in findings if f.district}
    places = {place for place in places if ended_badly(index, *place)}
    behind = [f for f in findings if (f.district, f.day) in places and f.finding_kind in _AFTER]
    behind += [f for f in shaped(findings, FindingKind.SYNC) if f not in behind]
    if not places or not behind:
        return
    district, day = min(places, key=lambda place: _when_played(index, *place))
    if since := _off_since(index, district, day):
        yield LikelyCause(
            "sync-breaks-down",
            f"{since} your app {_ends(index, district, day)} of the {district} district without "
            f"asking Clever for anything. It says: {_reason(index, district, day)}",
            "Ask Clever in every sync, whatever became of the one before: faults pass.",
            behind,
        )
        return
    reason = one_line(index.synced(district, day).final.reason, 120) or "without a reason"
    asked = index.traffic.asked(district, day)
    refused = [r for r in asked if r.status >= 400]
    last = (
        f" Clever had answered `{refused[-1].path}` with {refused[-1].status}." if refused else ""
    )
    deaths = _deaths(behind).keys() & places
    died = f" (the app's process died in {len(deaths)})" if deaths else ""
    remedy = "Start with the error of the first one; the others may follow from it."
    if refused and refused[-1].status == 404:
        remedy = "When a single record is answered with 404, skip it, report it, and go on."
    yield LikelyCause(
        "sync-breaks-down",
        f"The sync of the {district} district {on(day)} did not complete{died}: "
        f"{reason.rstrip('.')}.{last}"
        if len(places) == 1
        else f"{counted(len(places), 'sync')} did not complete{died}; the first is that of the "
        f"{district} district {on(day)}: {reason.rstrip('.')}.{last}",
        remedy,
        behind,
    )


def _off_since(index: RecordingIndex, district: str, day: str) -> str:
    """The sync with a fault after which no request came any more, in words; "" if one did."""
    if index.traffic.asked(district, day):
        return ""
    for earlier in reversed(index.before(district, day)):
        if hit := index.traffic.requests_hit(district, earlier):
            path, status = hit[-1].path, hit[-1].status
            return f"After the sync {on(earlier)}, in which Clever answered `{path}` with {status},"
        if index.traffic.asked(district, earlier):
            return ""
    return ""


def _ends(index: RecordingIndex, district: str, day: str) -> str:
    """How many syncs from a day on ended so, as the middle of a sentence."""
    later = any(index.traffic.asked(district, each) for each in index.after(district, day))
    return "ends the next sync" if later else "ends every sync"


def _reason(index: RecordingIndex, district: str, day: str) -> str:
    return one_line(index.synced(district, day).final.reason, 120) or "nothing"


_AFTER = (
    FindingKind.SYNC,
    FindingKind.MISSING,
    FindingKind.INACTIVE,
    FindingKind.NOT_ARCHIVED,
    FindingKind.NOT_RESTORED,
    FindingKind.FIELD,
)
"""What can follow from a sync that ended before its time."""


def _breakdown(index: RecordingIndex, bisects: Sequence[BisectResult]) -> tuple[str, str]:
    """What is behind breakdowns of one result, and what to do."""
    first = bisects[0]
    match first.result:
        case BisectOutcome.NO_ANSWER:
            return (
                f"From the day `{first.day}` on your app gives no answer: {first.what}",
                "It fails for an ordinary new district too; read its log from that sync on.",
            )
        case BisectOutcome.REQUEST:
            return (
                f"A sync breaks down at one request: {first.request}. {first.what}",
                f"{_ordinary(first)} breaks it too; read what your app does with that answer.",
            )
        case BisectOutcome.SIZE:
            return (
                f"A sync breaks down by the size of the district: {first.what}",
                f"{_ordinary(first)} breaks it too; a smaller one does not.",
            )
        case BisectOutcome.CULPRIT | BisectOutcome.TOGETHER:
            return _culprits(index, bisects)
        case BisectOutcome.DISTRICT:
            return (
                f"A sync of the {first.district} district breaks down: {first.what}",
                "The district is small and has no edge cases; sync one like it and read the error.",
            )
        case BisectOutcome.BACKGROUND:
            return (
                f"A sync breaks down with ordinary records only: {first.what}",
                "It fails for any district; run one sync yourself and read the error.",
            )
        case BisectOutcome.NOT_NARROWED:
            parts = len(first.edge_cases) + len(first.incidents)
            return (
                f"A sync breaks down with some of {parts} edge cases or incidents: {first.what}",
                "The search ended before it knew which; read your app's log for that day.",
            )
    return (
        f"A sync breaks down intermittently: {first.what}",
        "The same data did not reproduce it; look for a race, a lock or a limit.",
    )


def _ordinary(bisected: BisectResult) -> str:
    records = [f"{bisected.records[kind]:,} {kind}" for kind in ("users", "sections")]
    return f"A district of {joined(records)} without any edge case"


def _culprits(index: RecordingIndex, bisects: Sequence[BisectResult]) -> tuple[str, str]:
    """The first few of those that are certain; one is enough to reproduce it."""
    cases = [case for bisected in bisects for case in bisected.edge_cases]
    incidents = [f"what happens when {what}" for bisected in bisects for what in bisected.incidents]
    named = few(list(dict.fromkeys((*(f"`{case}`" for case in cases), *incidents))))
    remedy = f"It happens in the {bisects[0].district} district; read your app's log for that day."
    if cases:
        remedy = f"Reproduce it with `{replay_command(index.recording.header, cases[0])}`."
    return f"A sync breaks down because of {named}: {bisects[0].what.rstrip('.')}.", remedy


def deletes(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is gone at Clever is gone in the app, and comes back as something new."""
    lost = [f for f in shaped(findings, FindingKind.LOST) if not f.field.startswith(ACCOUNT)]
    lost += [f for f in shaped(findings, FindingKind.NEW_ACCOUNT) if was_gone(index, f)]
    if lost:
        kinds = {f.kind for f in lost}
        still = [f for f in lost if shared(index, f) and not was_away(index, f)]
        anew = [
            f
            for f in shaped(findings, FindingKind.NEW_ACCOUNT, FindingKind.WORK_LOST)
            if f.kind in kinds or f.finding_kind is FindingKind.WORK_LOST
        ]
        anew = [f for f in anew if f not in lost]
        if 2 * len(still) > len(lost):
            yield LikelyCause(
                "deletes-what-is-shared",
                f"Your app has deleted {part(len(still), len(lost))} {kinds_of(lost)} that lost "
                "their record, though Clever never stopped sharing them.",
                "Delete nobody whom you could not read: keep the record, and all that refers to "
                "it, until a complete read no longer has it, and archive it then.",
                [*lost, *anew],
            )
            return
        yield LikelyCause(
            "deletes-instead-of-archiving",
            f"Your app deletes {kinds_of(lost)} that Clever no longer shares.",
            "Mark them as archived instead, and keep everything that refers to them.",
            [*lost, *anew],
        )


def _simple(id: str, finding_kind: FindingKind, sentence: str, remedy: str) -> Rule:
    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        if behind := shaped(findings, finding_kind):
            yield LikelyCause(id, sentence.format(kinds=kinds_of(behind)), remedy, behind)

    return rule


def work_of_archived(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All who lost their work have been away."""
    lost = shaped(findings, FindingKind.WORK_LOST)
    if lost and all(_was_away(index, finding) for finding in lost):
        yield LikelyCause(
            "deletes-work-with-account",
            "Work is deleted when its owner is archived.",
            "Keep the work with the archived account, so that it is there when the account "
            "returns.",
            lost,
        )


def never_kept(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Work was gone as soon as it was done."""
    lost = shaped(findings, FindingKind.WORK_LOST)
    if lost and all(finding.day == finding.field for finding in lost):
        yield LikelyCause(
            "work-never-appears",
            "Finished work never appears in your app.",
            "Store it with the account, or list it under `progress` in the adapter's snapshot.",
            lost,
        )


def _was_away(index: RecordingIndex, finding: Finding) -> bool:
    days = index.days_of(finding.district)
    return any(finding.clever_id not in index.roster(finding.district, d).users for d in days)


def keeps_active(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Left active, or archived a sync too late."""
    kept = shaped(findings, FindingKind.NOT_ARCHIVED)
    late = [
        f
        for f in shaped(findings, FindingKind.CHANGED)
        if "archived" in f.found and not shared(index, f)
    ]
    if behind := [*kept, *late]:
        yield LikelyCause(
            "keeps-active",
            f"Your app keeps {kinds_of(behind)} active that Clever no longer shares."
            f"{in_common(index, behind)}",
            f"{_archiving(index, behind)} {_waiting(index)}",
            behind,
        )


def _waiting(index: RecordingIndex) -> str:
    """What to do if it is for a wait that something is in use for longer."""
    if archiving := index.profile.archiving:
        return f"Your app is declared to archive {archiving}, whatever kind of record it is."
    return "If your app waits on purpose, declare how long in [profile.archiving]."


def _archiving(index: RecordingIndex, kept: Sequence[Finding]) -> str:
    """How an app learns what to archive, by what it read when it did not."""
    if by_events(index, kept):
        kinds = {finding.kind for finding in kept}
        named = joined([f"`{kind}.deleted`" for kind in reversed(KINDS) if kind in kinds], "or")
        whoever = ", whatever roles the user had" if Kind.USERS in kinds else ""
        return f"Archive the record that a {named} event names{whoever}."
    return "After a complete read, archive every record it did not contain, terms and courses too."


def not_restored(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Shared again, and archived in the app, or not there at all."""
    again = shaped(findings, FindingKind.NOT_RESTORED)
    archived = [finding for finding in again if finding.found != "absent"]
    if archived:
        yield LikelyCause(
            "never-restores",
            f"Your app does not restore archived {kinds_of(archived)} when Clever shares them "
            "again.",
            "When a record you read is archived in your app, make it active, changed or not.",
            again,
        )
    elif again:
        yield LikelyCause(
            "never-restores",
            f"Your app does not hold {counted(len(again), 'record')} that Clever shares again, "
            f"such as {again[0].name}.",
            "Keep what is archived until Clever shares it again, and let nobody else have its "
            "account; look it up by Clever ID.",
            again,
        )


TIME: tuple[Rule, ...] = (
    breakdowns,
    deletes,
    never_kept,
    lost_with_a_change,
    work_of_archived,
    work_lost,
    work_moved,
    keeps_active,
    not_restored,
    _simple(
        "requests",
        FindingKind.TRAFFIC,
        "Some requests are not what Clever expects from a new integration.",
        "The checks name the requests.",
    ),
)
