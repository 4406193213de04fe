"""Why things go wrong as the year goes on: archiving, restoring, work, breakdowns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex


def breakdowns(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Syncs that did not complete, with what isolation found out."""
    behind = shaped(findings, FindingKind.SYNC)
    if not behind:
        return
    culprits = [found for found in index.isolated if found.edge_cases or found.happenings]
    cases = [case for found in culprits for case in found.edge_cases]
    if culprits:
        happenings = [f"what happens when {what}" for f in culprits for what in f.happenings]
        named = " and ".join(dict.fromkeys((*cases, *happenings)))
        sentence = f"A sync breaks down on {named}: {culprits[0].what}"
        remedy = f"It happens in the {culprits[0].district} district; read the log of that day."
        if cases:
            remedy = f"`rosterready replay {cases[0]}` repeats it alone."
    elif whole := [found for found in index.isolated if found.result == "district"]:
        sentence = f"A sync of the {whole[0].district} district breaks down: {whole[0].what}"
        remedy = "It is small and has nothing special in it; try one sync of such a district."
    elif any(found.result == "background" for found in index.isolated):
        sentence = f"A sync breaks down on ordinary records: {index.isolated[0].what}"
        remedy = "It fails with any district; read the reason and try one sync by hand."
    elif index.isolated:
        sentence = f"A sync breaks down now and then: {index.isolated[0].what}"
        remedy = "It did not happen again with the same data; look for a race, a lock or a limit."
    else:
        sentence = f"{len(behind)} syncs did not complete."
        remedy = "Read the reason of the first one; the others may follow from it."
    yield LikelyCause(sentence, remedy, behind)


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
            f"Your app deletes {kinds_of(lost)} that Clever no longer shares.",
            "Mark them archived, and keep them with all that hangs on them.",
            [*lost, *anew],
        )


def _simple(finding_kind: FindingKind, sentence: str, remedy: str) -> Rule:
    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        if behind := shaped(findings, finding_kind):
            yield LikelyCause(sentence.format(kinds=kinds_of(behind)), remedy, behind)

    return rule


def work_of_archived(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All who lost their work have been away."""
    lost = shaped(findings, FindingKind.WORK_LOST)
    if lost and all(_was_away(index, finding) for finding in lost):
        yield LikelyCause(
            "Work is deleted when its owner is archived.",
            "Keep work with the archived account, so that it is there when they come back.",
            lost,
        )


def never_kept(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Work was gone as soon as it was done."""
    lost = shaped(findings, FindingKind.WORK_LOST)
    if lost and all(finding.day == finding.field for finding in lost):
        yield LikelyCause(
            "Work that was finished never shows in your app.",
            "Store it on the account, or let the adapter's snapshot list it under `progress`.",
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
            "Syncs read another district than the one they were for.",
            "Take the token whose `owner.id` is the district that is synced.",
            behind,
        )


TIME: tuple[Rule, ...] = (
    breakdowns,
    deletes,
    never_kept,
    work_of_archived,
    _simple(
        FindingKind.WORK_LOST,
        "Work disappears although its owner is still there: it hangs on a class or an enrolment.",
        "Let progress belong to the account; keep the class on it as a note.",
    ),
    _simple(
        FindingKind.WORK_MOVED,
        "Work of one person ends up with another.",
        "Let progress belong to the account that did it, whatever happens to names and numbers.",
    ),
    _simple(
        FindingKind.NOT_ARCHIVED,
        "Your app keeps {kinds} active that Clever no longer shares.",
        "After a complete read, archive what was not in it; terms and courses too.",
    ),
    _simple(
        FindingKind.NOT_RESTORED,
        "Your app does not bring archived {kinds} back when Clever shares them again.",
        "Make a record active when it is read and its Clever ID is archived, changed or not.",
    ),
    _simple(
        FindingKind.UNREAD,
        "Your app takes {kinds} for gone that it could not read.",
        "Archive only what a sync lacks in which every request was answered well.",
    ),
    of_another_district,
    _simple(
        FindingKind.TRAFFIC,
        "Some requests are not what Clever expects of a new integration.",
        "See the requests named in the checks.",
    ),
)
