"""Why things go wrong as the year goes on: archiving, restoring, work, breakdowns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.prose import joined
from harness.recording.recording import BisectOutcome


def breakdowns(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Syncs that did not complete, with what the bisect found."""
    behind = shaped(findings, FindingKind.SYNC)
    if not behind:
        return
    culprits = [found for found in index.bisect_results if found.edge_cases or found.incidents]
    cases = [case for found in culprits for case in found.edge_cases]
    if culprits:
        incidents = [f"what happens when {what}" for f in culprits for what in f.incidents]
        named = joined(list(dict.fromkeys((*cases, *incidents))))
        sentence = f"A sync breaks down because of {named}: {culprits[0].what}"
        remedy = (
            f"It happens in the {culprits[0].district} district; read your app's log for that day."
        )
        if cases:
            remedy = f"Reproduce it with `rosterready replay {cases[0]}`."
    elif whole := [
        found for found in index.bisect_results if found.result == BisectOutcome.DISTRICT
    ]:
        sentence = f"A sync of the {whole[0].district} district breaks down: {whole[0].what}"
        remedy = "The district is small and has no edge cases; sync one like it and read the error."
    elif any(found.result == BisectOutcome.BACKGROUND for found in index.bisect_results):
        sentence = f"A sync breaks down with ordinary records only: {index.bisect_results[0].what}"
        remedy = "It fails for any district; run one sync yourself and read the error."
    elif index.bisect_results:
        sentence = f"A sync breaks down intermittently: {index.bisect_results[0].what}"
        remedy = "The same data did not reproduce it; look for a race, a lock or a limit."
    else:
        sentence = f"{len(behind)} syncs did not complete."
        remedy = "Start with the error of the first one; the others may follow from it."
    yield LikelyCause("sync-breaks-down", sentence, remedy, behind)


def deletes(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is gone at Clever is gone in the app, and comes back as something new."""
    if lost := shaped(findings, FindingKind.LOST):
        kinds = {f.kind for f in lost}
        anew = [
            f
            for f in shaped(findings, FindingKind.NEW_ACCOUNT, FindingKind.WORK_LOST)
            if f.kind in kinds or f.finding_kind is FindingKind.WORK_LOST
        ]
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


def of_another_district(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Syncs used the token of a district they were not for."""
    if behind := [f for f in shaped(findings, FindingKind.TRAFFIC) if f.field == "token"]:
        yield LikelyCause(
            "token-of-another-district",
            "Syncs read a different district from the one they were started for.",
            "Use the token whose `owner.id` is the district being synced.",
            behind,
        )


TIME: tuple[Rule, ...] = (
    breakdowns,
    deletes,
    never_kept,
    work_of_archived,
    _simple(
        "work-tied-to-class",
        FindingKind.WORK_LOST,
        "Work disappears although its owner is still active: it is stored with a class or "
        "enrollment.",
        "Store progress with the account; keep the class as an attribute of it.",
    ),
    _simple(
        "work-moves",
        FindingKind.WORK_MOVED,
        "One person's work ends up with another.",
        "Store progress with the account that did it, even when names and numbers change.",
    ),
    _simple(
        "keeps-active",
        FindingKind.NOT_ARCHIVED,
        "Your app keeps {kinds} active that Clever no longer shares.",
        "After a complete read, archive every record it did not contain, terms and courses too.",
    ),
    _simple(
        "never-restores",
        FindingKind.NOT_RESTORED,
        "Your app does not restore archived {kinds} when Clever shares them again.",
        "When a record you read is archived in your app, make it active, changed or not.",
    ),
    _simple(
        "failure-as-removal",
        FindingKind.UNREAD,
        "Your app treats {kinds} that it failed to read as removed.",
        "Archive missing records only after a sync in which every request succeeded.",
    ),
    of_another_district,
    _simple(
        "requests",
        FindingKind.TRAFFIC,
        "Some requests are not what Clever expects from a new integration.",
        "The checks name the requests.",
    ),
)
