"""Why records double, change hands or come as new ones: what the app looks them up by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import (
    LikelyCause,
    Rule,
    kinds_of,
    part,
    shaped,
    was_away,
    was_gone,
)
from harness.assess.findings import ACCOUNT, Finding, FindingKind
from harness.assess.passing_ids import key_of
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind

_REMEDY = "Look records up by Clever ID before adding them, and by nothing else."


def doubled(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The same records are added again: all of them, or those that a sync takes for new."""
    changed = [f for f in shaped(findings, FindingKind.CHANGED) if f.found.endswith(" now")]
    twice = [f for f in shaped(findings, FindingKind.DUPLICATE) if f.expected == "one record"]
    again = [*changed, *twice]
    if not twice:
        return
    every_night = changed and index.recording.header.mode is not Mode.EVENTS
    stayed = [finding for finding in twice if not was_away(index, finding)]
    if every_night or _most_of_all(index, stayed):
        yield LikelyCause(
            "adds-again",
            f"Syncs add {kinds_of(twice)} that your app already holds.",
            _REMEDY,
            again,
        )
        return
    ids = {(f.district, f.clever_id) for f in again}
    new = [
        f for f in shaped(findings, FindingKind.NEW_ACCOUNT) if f.kind in {t.kind for t in twice}
    ]
    back = {(f.district, f.clever_id) for f in again if was_away(index, f)}
    when = f"; {len(back)} of them had been away and came back" if back else ""
    yield LikelyCause(
        "new-record-for-known",
        f"Your app holds {len(ids)} {kinds_of(again)} more than once, and the others of that kind "
        f"once: some syncs add a record whose Clever ID your app knows{when}.",
        f"{_REMEDY} Look among archived records, too.",
        [*again, *new],
    )


def _most_of_all(index: RecordingIndex, twice: Sequence[Finding]) -> bool:
    """Whether the app holds most records of a kind twice on the day of most of these findings."""
    places = Counter((f.district, f.day, f.kind) for f in twice)
    for (district, day, kind), _ in places.most_common(1):
        rows = index.holdings(district, day).rows(Kind(kind))
        return sum(len(several) > 1 for several in rows.values()) > len(rows) / 2
    return False


def rebuilt(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records keep their Clever id and lose the app's own."""
    changed = [f for f in shaped(findings, FindingKind.CHANGED) if "app_id" in f.found]
    if changed:
        kinds = {f.kind for f in changed}
        new = [f for f in shaped(findings, FindingKind.NEW_ACCOUNT) if f.kind in kinds]
        yield LikelyCause(
            "recreates",
            f"Every sync recreates {kinds_of(changed)}, with new IDs in your app.",
            "Update records in place; whatever refers to the old ones is lost. If nothing does, "
            f"declare it under [profile.not_held], such as `{key_of(changed[0].kind)}`.",
            [*changed, *new, *(_gone_with_ids(index, findings) if "users" in kinds else ())],
        )


def _gone_with_ids(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Work and accounts from before that are gone, though the app holds whose they were."""
    for finding in shaped(findings, FindingKind.WORK_LOST, FindingKind.LOST):
        if finding.finding_kind is FindingKind.LOST and not finding.field.startswith(ACCOUNT):
            continue
        try:
            held = index.holdings(finding.district, finding.day)
        except NotReachedError:
            continue
        if held.all_of(Kind.USERS, finding.clever_id):
            yield finding


def replaced(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Who comes back gets another record than before."""
    accounts = shaped(findings, FindingKind.NEW_ACCOUNT)
    if behind := [f for f in accounts if not was_gone(index, f)]:
        lost = shaped(findings, FindingKind.LOST)
        if not lost:
            back = [f for f in behind if was_away(index, f)]
            if len(back) == len(behind):
                when = f" when they come back: {part(len(back), len(behind))} had been away"
                remedy = "Look among archived records, too, and restore the record that you find."
            else:
                when, remedy = "", _REMEDY
            yield LikelyCause(
                "new-record-for-known",
                f"Your app gives {kinds_of(behind)} with a known Clever ID a new record{when}.",
                remedy,
                behind,
            )


IDENTITY: tuple[Rule, ...] = (doubled, rebuilt, replaced)
